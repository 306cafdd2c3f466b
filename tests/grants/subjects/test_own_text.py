"""Whatever a case is told stands in the text of its own scheme: no check, window, page or paper quotes another grant's."""

import itertools
import json
import re
from datetime import date

import pytest
from django.urls import get_resolver, reverse

from grants.actions.deadlines import refresh
from grants.facts import drift_of
from grants.models import Deadline
from grants.papers import forms_of_claim, forms_of_plan
from grants.rules import CAUSES, assess, check, claim_window, current_schemes, plan_window, training_facts
from grants.rules.facts import EMPLOYMENTS, MENUS, METHODS, PRACTICE_MENUS
from grants.rules.windows import EVENTS
from grants.subjects import trainings
from tests.grants.conftest import fresh
from tests.grants.papers.conftest import read_back
from tests.grants.test_changes import move_lesson

SCHEMES = sorted({one.scheme for one in trainings()})


def foreign(scheme):
    """How the texts of all other grants begin."""
    known = current_schemes().by_name
    names = [name for one in known.values() for name in one.documents if name not in known[scheme].documents]
    assert names
    return re.compile("|".join(map(re.escape, names)))


def quoted_of(value):
    """Every text in a value of JSON."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in quoted_of(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in quoted_of(one)]
    return [value] if isinstance(value, str) else []


# --- the rules ---


def assessed(scheme, menu, method, filed, employment):
    is_class = method in ("class", "live_online")
    worker = {
        "employment": employment,
        **({"attended_minutes": 500, "wage_minutes": 400} if is_class else {"completed": True}),
        **({"ojt_passed": False} if menu in PRACTICE_MENUS else {}),
        **({"converted": False} if menu == "fixed_term_practice" else {}),
    }
    return assess(
        training_facts(
            {
                "scheme": scheme, "menu": menu, "plan_filed": filed, "claim_filed": "2027-04-01", "sme": True,
                "method": method, "planned_minutes": 660 if is_class else None,
                **({} if is_class else {"standard_hours": 11}),
                "cost": {"kind": "external", "fee_per_person": 110_000}, "workers": [worker], "uplift": True,
            }
        )
    )  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_condition_or_line_of_the_rules_names_another_text(scheme):
    others = foreign(scheme)
    days = ("2025-06-01", "2026-11-01")
    wrong = {
        row.source
        for menu, method, filed, employment in itertools.product(MENUS[scheme], METHODS, days, EMPLOYMENTS)
        if menu != "subscription"
        for outcome in [assessed(scheme, menu, method, filed, employment)]
        for row in (*outcome.conditions, *outcome.lines, *outcome.uplift_lines)
        if others.search(row.source)
    }

    assert wrong == set()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_window_or_cause_names_another_text(scheme):
    others = foreign(scheme)
    found = [
        *(claim_window(event, date(2027, 2, 1), scheme=scheme).source for event in EVENTS),
        *(plan_window(day, scheme=scheme).source for day in (date(2025, 9, 1), date(2027, 2, 1))),
        *(check(code, None, scheme=scheme).source for code in CAUSES),
        *(source for one in trainings() if one.scheme == scheme for e in one.editions for source in e.sources.values()),
    ]

    assert [source for source in found if others.search(source)] == []
    assert all(found)


def test_what_stands_in_no_text_of_its_own_is_quoted_whole():
    known = current_schemes()

    assert known.quoted("人への投資支給要領R7.4.1 06013ト", "reskilling") == "人への投資支給要領R7.4.1 06013ト"
    assert known.quoted("様式第5号; 人への投資Q&A R6.10 Q21", "reskilling") == "様式第5号"


# --- a case, its pages and its papers ---


def case_pages(case):
    """Every address that asks for one thing alone; where it is no case's, it is not found or another page of ours."""
    grants = next(one for one in get_resolver().url_patterns if getattr(one, "app_name", "") == "grants")
    for pattern in grants.url_patterns:
        if list(pattern.pattern.converters) == ["pk"]:
            yield pattern.name, reverse(f"grants:{pattern.name}", args=[case.pk])


def printed(forms):
    return {form.code: read_back(form.pdf()).run_on for form in forms}


@pytest.mark.parametrize("which", ["frozen", "support_frozen"])
def test_nothing_of_a_case_names_another_text(which, request, advisor, manager):
    case = fresh(request.getfixturevalue(which))
    others = foreign(case.scheme)
    move_lesson(case.run.lessons.last(), date(2027, 2, 12))
    refresh(case, by=None)
    claim, plan = case.claims.latest("pk"), case.plans.latest("pk")
    said = {
        "plan": json.dumps(plan.lifted, ensure_ascii=False, default=str),
        "claim": json.dumps(claim.lifted, ensure_ascii=False, default=str),
        "outcome": json.dumps(claim.outcome, ensure_ascii=False, default=str),
        "deadlines": " ".join(Deadline.objects.filter(case=case).values_list("source", flat=True)),
        "drift": " ".join(change.source for change in drift_of(case, plan)),
        **printed(forms_of_plan(plan)),
        **printed(forms_of_claim(claim)),
    }
    for who, (name, address) in itertools.product((advisor, manager), case_pages(case)):
        answer = who.client().get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            said[f"{who.person} {name}"] = answer.content.decode()

    assert len(said) > 12
    assert {place: others.findall(text) for place, text in said.items() if others.search(text)} == {}
