"""Every box of every form is filled, or asked for in the missing list, or written by hand and named so on the checklist."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from grants.cases.missing import missing_for_claim, missing_for_plan
from grants.papers import forms_of_claim, forms_of_plan
from grants.papers.boxes import boxes, boxes_of
from grants.papers.change_notice import change_notice
from grants.papers.pieces import Tick
from grants.shapes import lifted_claim, lifted_plan
from grants.subjects import trainings
from tests.grants.papers import facts
from tests.grants.papers.conftest import read_back, squeezed, unsaved_claim, unsaved_plan
from tests.grants.subjects.test_papers import under

NUMBER = re.compile(r'<td class="no"[^>]*>([^<]+)</td>')
COLLEGE_OF_ITS_OWN = {**facts.COURSE, "college": facts.FIRM["name"]}
PROXY = {**facts.AGENT, "capacity": "proxy", "capacity_label": "代理人"}
# What is empty while the firm has said nothing; the college, the register of trainings and the records are there.
NOTHING = {
    "firm": {
        name: None if value is None or isinstance(value, (int, bool)) else "" for name, value in facts.FIRM.items()
    },
    "contact": None,
    "answers": {},
}
UNSAID_PLAN = {"notice": None, "confirmation": None, "lecturers": [], "reskilling_plan": None, "conversion_plan": None}
UNSAID_CLAIM = {"directors": [], "account": None, "houses": [], "price": None, "standing": None, "channel": ""}
EDITIONS = [(entry, edition) for entry in trainings() for edition in entry.editions]


def plans(**changes):
    for entry, edition in EDITIONS:
        for agent in (facts.AGENT, PROXY):
            for course in (facts.COURSE, COLLEGE_OF_ITS_OWN):
                told = facts.whole_plan(**{**under(entry, edition), "agent": agent, "course": course, **changes})
                yield unsaved_plan(**told)


def claims(plan_changes=(), **changes):
    for entry, edition in EDITIONS:
        for agent in (facts.AGENT, PROXY):
            plan = facts.whole_plan(**{**under(entry, edition), **dict(plan_changes)})
            yield unsaved_claim(**facts.whole_claim(**{"plan": plan, "agent": agent, **changes}))


def forms(plan_changes=(), **changes):
    found = {}
    for plan in plans(**dict(plan_changes)):
        found |= {spec.sheet: spec for spec in forms_of_plan(plan)}
    for claim in claims(plan_changes, **changes):
        found |= {f"{spec.sheet}": spec for spec in forms_of_claim(claim)}
    return {sheet: spec for sheet, spec in found.items() if sheet}


WHOLE = forms()
# Numbers that stand in a table of the sheet, not at the head of a row of their own.
OF_TABLES = {
    "lecturers": {"(1)・(2)", "(2)"},
    "confirmation": {"(1)～"},
    "standing": {"4～16", "別紙"},
    "cost_sheet_by_step": {"1", "2", "3", "4", "5", "7"},
}


def is_empty(value) -> bool:
    if isinstance(value, Tick):
        return not value.is_ticked
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, Tick) for one in value):
        return not any(one.is_ticked for one in value)
    return value is None or value == "" or value == [] or value == {}


def found_at(context, path):
    """The values a path leads to: one, or one of each row; none where the list has no rows."""
    held = [context]
    for part in path.split("."):
        rows = [row for one in held for row in (one if isinstance(one, list) else [one])]
        held = [row.get(part) if isinstance(row, dict) else None for row in rows]
    return held


def empty_boxes(spec):
    context = spec.context()
    for box in boxes_of(spec.sheet):
        values = found_at(context, box.filled) if box.filled else []
        if box.filled and (not values or all(is_empty(value) for value in values)):
            yield box


def test_every_form_has_a_list_of_boxes():
    assert set(WHOLE) - set(boxes()) == set()
    # What no case of the above has: e-learning and correspondence, the notice of a change, and the shared head.
    assert set(boxes()) - set(WHOLE) == {"head", "learning", "letters", "change"}


@pytest.mark.parametrize("name", boxes())
def test_every_box_is_one_of_the_four(name):
    wrong = [box for box in boxes_of(name) if sum(map(bool, (box.filled, box.hand, box.none))) != 1]

    assert wrong == []
    assert [box for box in boxes_of(name) if box.asked and not box.filled] == []


@pytest.mark.parametrize("sheet", WHOLE)
def test_the_numbers_on_the_sheet_are_the_numbers_of_the_list(sheet):
    spec = WHOLE[sheet]

    printed = NUMBER.findall(render_to_string(spec.template, {**spec.context(), "spec": spec}))

    listed = dict.fromkeys(box.no for box in boxes_of(sheet) if box.no)
    assert list(dict.fromkeys(printed)) == [no for no in listed if no in printed]
    assert set(listed) - set(printed) <= OF_TABLES.get(sheet, set())


@pytest.mark.parametrize("sheet", WHOLE)
def test_what_is_known_fills_its_box_and_is_read_on_the_paper(sheet):
    spec = WHOLE[sheet]
    text = read_back(spec.pdf()).run_on

    assert list(empty_boxes(spec)) == []
    words = [
        value
        for box in boxes_of(sheet)
        if box.filled
        for value in found_at(spec.context(), box.filled)
        if isinstance(value, str)
    ]
    unread = [word for word in words if squeezed(word) not in text and squeezed(word).replace("-", "") not in text]
    assert [word for word in unread if word not in {"ordinary", "checking", "はい"}] == []


def asked_places(plan, claim):
    told, claimed = lifted_plan(plan.facts), lifted_claim(claim.facts)
    return {one.where for one in [*missing_for_plan(told), *missing_for_claim(claimed)]}


def unsaid_claim():
    """Nothing stated, no number of a worker, an advisor without licence, no proof of a payment."""
    workers = [{**one, "insured_number": ""} for one in facts.WORKERS]
    agent = {**facts.AGENT, "licence_number": "", "advisor": ""}
    house = {**facts.ESTABLISHMENT, "insurance_number": "", "address": "", "phone": ""}
    lessons = {
        **facts.plan_facts()["training"],
        "lessons": [],
        "starts_on": None,
        "ends_on": None,
        "planned_minutes": 0,
    }
    own = {"workers": workers, "agent": agent, "establishment": house}
    paid = {"costs": [{**facts.PAYMENT, "evidence": ""}], "evidence": []}
    return {**NOTHING, **UNSAID_PLAN, **own, "training": lessons}, {**NOTHING, **UNSAID_CLAIM, **own, **paid}


def test_what_is_empty_is_asked_for():
    plan_changes, claim_changes = unsaid_claim()
    claim_changes.pop("workers")
    plan = unsaved_plan(**facts.plan_facts(**plan_changes))
    claim = unsaved_claim(
        **facts.whole_claim(
            plan=facts.plan_facts(**{**plan_changes, "training": facts.plan_facts()["training"]}), **claim_changes
        )
    )
    asked = asked_places(plan, claim)
    asked |= {"costs"} if any(row["is_missing"] and "支払" in row["title"] for row in documents_of(claim)) else set()
    nobody = unsaved_plan(**facts.plan_facts(**{**plan_changes, "workers": []}))
    asked |= asked_places(nobody, claim)
    fixed = unsaved_plan(**facts.plan_facts(conversion_plan=None))
    asked |= asked_places(fixed, claim)
    own = unsaved_plan(**facts.plan_facts(course=COLLEGE_OF_ITS_OWN))
    asked |= asked_places(own, claim)

    open_boxes = [
        (spec.label, box.label, box.asked)
        for spec in [*forms_of_plan(plan)[1:], *forms_of_claim(claim)[1:]]
        if spec.sheet
        for box in empty_boxes(spec)
    ]
    assert [row for row in open_boxes if row[2] not in asked] == []
    assert {"notice", "standing", "directors", "houses", "account"} <= {row[2] for row in open_boxes}
    every = {box.asked for name in boxes() for box in boxes_of(name) if box.asked}
    assert every - asked == set()


def documents_of(claim):
    return forms_of_claim(claim)[0].context()["documents"]


@pytest.mark.parametrize("make", [plans, claims])
def test_what_is_written_by_hand_stands_on_the_checklist(make):
    one = next(iter(make()))
    cover, *sheets = forms_of_plan(one) if make is plans else forms_of_claim(one)
    text = read_back(cover.pdf()).run_on

    hands = [box for spec in sheets for box in boxes_of(spec.sheet) if box.hand]
    assert hands
    assert [box for box in hands if squeezed(f"{box.label}（{box.hand}）") not in text] == []


def test_a_notice_of_a_change_has_its_boxes():
    plan = unsaved_plan(**facts.whole_plan())
    now = lifted_plan(facts.whole_plan())
    context = change_notice(plan, now, ["venue"], receipt_number="東リ-1", on=date(2027, 1, 8))

    numbers = NUMBER.findall(render_to_string("grants/papers/change_notice.html", context))
    assert numbers == [box.no for box in boxes_of("change")]
