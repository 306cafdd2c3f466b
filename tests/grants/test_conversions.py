"""A plan that stands in for a キャリアアップ計画書 names the manager, the measure and its month, on the page and on paper."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.errors import Refused
from firms.models import Employment
from grants.actions.conversions import StatedConversion, save_conversion_plan
from grants.actions.plans import freeze_plan
from grants.cases.missing import missing_for_plan
from grants.facts import gather_plan
from grants.models import ConversionPlan
from grants.papers import forms_of_plan
from tests.grants.conftest import FILED_ON, fresh
from tests.grants.papers.conftest import read_back, squeezed, unsaved_plan

APRIL = date(2027, 4, 1)
WHOLE = StatedConversion(is_wanted=True, manager_name="大森 花", is_conversion=True, month=APRIL)
LABELS = ["キャリアアップ管理者の氏名", "講ずる措置：訓練を修了した人の正社員への転換", "措置を講ずる予定の年月"]


def lacks(case):
    found = missing_for_plan(gather_plan(fresh(case), on=FILED_ON))
    return [(one.label.partition("（様式")[0], one.is_needed) for one in found if one.where == "conversion"]


def printed(plan):
    return read_back(forms_of_plan(plan)[1].pdf()).run_on


def test_paper_names_manager_measure_and_month(stated, manager, advisor):
    save_conversion_plan(stated, WHOLE, by=manager.acting(FILED_ON))

    text = printed(freeze_plan(fresh(stated), by=advisor.acting(FILED_ON)))

    assert squeezed("キャリアアップ管理者　大森 花") in text
    assert squeezed("講ずる措置　☑ 訓練を修了した有期等の労働者を正社員に転換する　時期　令和9年4月ごろ") in text


def test_paper_of_a_plan_that_stands_in_for_nothing_says_so():
    assert squeezed("キャリアアップ計画 該当なし") in printed(
        unsaved_plan(conversion_plan={"is_wanted": False, "manager_name": "", "is_conversion": False, "month": None})
    )


def test_paper_frozen_before_it_was_asked_leaves_the_row_to_the_pen():
    text = printed(unsaved_plan())

    assert squeezed("（キャリアアップ計画書に代える場合に記入）") in text
    assert squeezed("☐ 訓練を修了した有期等の労働者を正社員に転換する") in text


@pytest.mark.parametrize(
    ("told", "labels"),
    [
        (StatedConversion(is_wanted=True), LABELS),
        (StatedConversion(is_wanted=True, manager_name="大森 花"), LABELS[1:]),
        (StatedConversion(is_wanted=True, manager_name="大森 花", is_conversion=True), LABELS[2:]),
        (WHOLE, []),
        (StatedConversion(is_wanted=False), []),
    ],
    ids=["nothing", "no measure", "no month", "whole", "not wanted"],
)
def test_what_lacks_is_named_and_needed(stated, manager, told, labels):
    save_conversion_plan(stated, told, by=manager.acting(FILED_ON))

    assert lacks(stated) == [(label, True) for label in labels]


def test_plan_that_lacks_the_month_is_not_frozen(stated, manager, advisor):
    told = StatedConversion(is_wanted=True, manager_name="大森 花", is_conversion=True)
    save_conversion_plan(stated, told, by=manager.acting(FILED_ON))

    with pytest.raises(Refused, match="措置を講ずる予定の年月"):
        freeze_plan(fresh(stated), by=advisor.acting(FILED_ON))


def test_nobody_is_asked_unless_somebody_could_be_converted(stated, enrolled):
    assert lacks(stated) == []

    Employment.objects.filter(pk=enrolled[0].employment_id).update(contract="fixed_term")

    assert lacks(stated) == [("計画届をキャリアアップ計画書に代えるかどうか（有期雇用などの受講者がいます）", False)]


@pytest.mark.parametrize(
    ("month", "sentence"),
    [(date(2027, 1, 1), "訓練が終わる2027年2月以後"), (date(2031, 12, 1), "2031年11月までの年月")],
    ids=["before the training ends", "past the years it counts"],
)
def test_month_that_cannot_be_is_refused_at_the_field(stated, manager, month, sentence):
    told = StatedConversion(is_wanted=True, manager_name="大森 花", is_conversion=True, month=month)

    with pytest.raises(Refused, match=sentence) as refused:
        save_conversion_plan(stated, told, by=manager.acting(FILED_ON))

    assert refused.value.field == "month"


@pytest.mark.parametrize("month", [date(2027, 2, 1), date(2031, 11, 1)], ids=["first", "last"])
def test_first_and_last_month_are_taken(stated, manager, month):
    told = StatedConversion(is_wanted=True, manager_name="大森 花", is_conversion=True, month=month)

    assert save_conversion_plan(stated, told, by=manager.acting(FILED_ON)).month == month


def test_what_is_no_longer_wanted_is_emptied(stated, manager):
    save_conversion_plan(stated, WHOLE, by=manager.acting(FILED_ON))

    told = StatedConversion(is_wanted=False, manager_name="大森 花", is_conversion=True, month=APRIL)
    kept = save_conversion_plan(stated, told, by=manager.acting(FILED_ON))

    assert (kept.is_wanted, kept.manager_name, kept.is_conversion, kept.month) == (False, "", False, None)


def test_filed_plan_is_closed(filed, manager):
    with pytest.raises(Refused, match="計画届を出した後は書き換えられません"):
        save_conversion_plan(filed, WHOLE, by=manager.acting(FILED_ON))


def test_page_keeps_what_was_entered(stated, manager):
    address = reverse("grants:conversion_plan", args=[stated.pk])
    given = {"is_wanted": "yes", "manager_name": "大森 花", "is_conversion": "on", "month": "2027-04"}

    kept = manager.client().post(address, given)

    assert (kept.status_code, kept["Location"]) == (302, reverse("grants:case", args=[stated.pk]))
    assert fresh(stated).conversion_plan.month == APRIL
    assert manager.client().get(address).context["form"].initial["manager_name"] == "大森 花"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("conversion_plan_unwanted_is_empty", {"is_wanted": False, "manager_name": "大森 花"}),
        ("conversion_plan_month_is_its_first_day", {"is_wanted": True, "month": date(2027, 4, 2)}),
    ],
)
def test_database_refuses_what_cannot_be(case, name, told):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK"), transaction.atomic():
        ConversionPlan.objects.create(case=case, **told)
