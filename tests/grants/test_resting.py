"""A plan rests on the rules of the day it was frozen for; filed on a day of other rules it is frozen anew first."""

from dataclasses import replace
from datetime import date

import pytest

from firms.errors import Refused
from grants.actions import plans
from grants.actions.cases import open_case
from grants.actions.plans import file_plan, freeze_plan
from grants.actions.statements import answer
from grants.facts import resting
from grants.rules import training
from grants.rules.editions import Schemes
from grants.subjects import entry_of
from tests.grants.conftest import FILED_ON, fresh
from tests.grants.test_changes import move_lesson

GENERAL = entry_of("hrd_support", "general")
# The forms and limits of 人材育成支援コース changed on 3 August 2026.
OLD, NEW, LATER = date(2026, 8, 2), date(2026, 8, 3), date(2026, 8, 5)


@pytest.fixture
def support(run, establishment, manager, enrolled):
    """人材育成訓練 in November, so that its plan may be filed on either side of the change."""
    for lesson, day in zip(run.lessons.all(), (date(2026, 11, 10), date(2026, 11, 17)), strict=True):
        move_lesson(lesson, day)
    case = open_case(run, establishment, entry=GENERAL, by=manager.acting())
    for declared in GENERAL.questions:
        if declared.at_plan:
            answer(case, declared.code, value="yes", by=manager.acting())
    return fresh(case)


def freeze(case, advisor, on):
    return freeze_plan(fresh(case), by=advisor.acting(on))


def file(case, advisor, filed_on, *, today=LATER):
    return file_plan(fresh(case), filed_on=filed_on, receipt_number="", by=advisor.acting(today))


def test_filed_on_a_day_of_other_forms_it_is_frozen_anew_first(support, advisor):
    assert freeze(support, advisor, OLD).lifted["form_edition"] == "R8.4"

    with pytest.raises(Refused, match=r"2026年8月2日に出す前提.*2026年8月3日に届いた.*もう一度確定") as refused:
        file(support, advisor, NEW)
    assert refused.value.field == "filed_on"
    assert fresh(support).state == "planned"

    anew = freeze(support, advisor, LATER)
    assert (anew.number, anew.lifted["form_edition"]) == (2, "R8.8")
    assert file(support, advisor, NEW).plan == anew


@pytest.mark.parametrize(("frozen", "filed"), [(OLD, OLD), (NEW, NEW), (NEW, LATER)])
def test_filed_under_the_rules_it_was_frozen_for_it_stands(frozen, filed, support, advisor):
    plan = freeze(support, advisor, frozen)

    assert file(support, advisor, filed).plan == plan


def test_the_version_of_the_day_is_the_one_that_rests_on_its_rules(support, advisor):
    first = freeze(support, advisor, OLD)
    freeze(support, advisor, NEW)

    assert file(support, advisor, OLD).plan == first


def test_what_was_filed_before_the_change_and_frozen_after_it_is_frozen_for_its_day(support, advisor):
    freeze(support, advisor, NEW)

    filing = file(support, advisor, OLD)

    assert (filing.plan.number, filing.plan.lifted["form_edition"]) == (2, "R8.4")


def test_freezing_the_same_under_the_same_rules_makes_no_version(support, advisor):
    assert freeze(support, advisor, NEW) == freeze(support, advisor, LATER)


# --- figures that change while the forms stay ---


def raised_from(day, known):
    """The schemes with another rate of expense aid from that day on."""
    scheme = known.by_name["reskilling"]
    rates = scheme.figures["expense_rate.sme"]
    higher = replace(rates[-1], value=rates[-1].whole + 5, effective_from=day)
    figures = {**scheme.figures, higher.name: (*rates, higher)}
    return Schemes({**known.by_name, "reskilling": replace(scheme, figures=figures)})


@pytest.fixture
def raised(monkeypatch):
    known = raised_from(FILED_ON, training.current_schemes())
    for module in (training, resting, plans):
        monkeypatch.setattr(module, "current_schemes", lambda: known)


def test_filed_on_a_day_of_other_figures_it_is_frozen_anew_first(stated, advisor, raised):
    eve = date(2026, 11, 23)
    plan = freeze_plan(fresh(stated), by=advisor.acting(eve))

    with pytest.raises(Refused, match="2026年11月23日に出す前提"):
        file_plan(fresh(stated), filed_on=FILED_ON, receipt_number="", by=advisor.acting(FILED_ON))
    anew = freeze_plan(fresh(stated), by=advisor.acting(FILED_ON))
    filing = file_plan(fresh(stated), filed_on=FILED_ON, receipt_number="", by=advisor.acting(FILED_ON))

    assert (anew.number, filing.plan) == (2, anew)
    assert anew.outcome["expense_aid"] > plan.outcome["expense_aid"] > 0
