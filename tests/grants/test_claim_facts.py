"""What a claim takes from its plan and what from reality; the plan that was filed, not the one that was frozen last."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from grants.actions.statements import answer
from grants.facts import filed_plan, finished_early, gather_claim
from grants.facts.claim import claimed_enrolments, excused_minutes, never_held, said, time_facts, times_facts
from grants.facts.drift import told_events
from grants.models import Deadline, PlanVersion
from grants.queries.drawn import Drawn
from grants.queries.outside import Outside
from tests.factories import at
from tests.grants.conftest import CLAIM_DAY, fresh, mark
from tests.grants.test_changes import IN_DECEMBER, told
from tests.grants.test_lines import change


def test_plan_frozen_after_the_filing_does_not_take_its_place(filed, advisor):
    first = filed_plan(filed)
    PlanVersion.objects.create(
        case=filed, number=9, facts=first.facts, outcome={}, digest="0" * 64, frozen_by=advisor.person
    )

    assert filed_plan(filed) == first


def shortened(run):
    """The last lesson ends an hour sooner."""
    lesson = run.lessons.last()
    lesson.ends_at -= timedelta(hours=1)
    lesson.save()


def rows(case):
    return [
        (row["planned_minutes"], row["attended_minutes"])
        for row in gather_claim(fresh(case), CLAIM_DAY)["workers"][0]["lessons"]
    ]


def test_lesson_shortened_without_notice_keeps_its_planned_minutes(filed, run, enrolled):
    shortened(run)
    for lesson in run.lessons.all():
        mark(enrolled[0], lesson)

    assert rows(filed) == [(360, 360), (360, 0)]


def test_lesson_shortened_by_notice_counts_as_it_was_held(filed, run, enrolled, advisor):
    shortened(run)
    told(filed, on=IN_DECEMBER, by=advisor)
    for lesson in run.lessons.all():
        mark(enrolled[0], lesson)

    assert rows(filed) == [(360, 360), (300, 300)]


def test_class_is_never_finished_early(attended):
    assert finished_early(attended, on=CLAIM_DAY) is None


@pytest.mark.parametrize(
    ("changes", "claimed"),
    [
        ([], [1]),
        ([change(subject="worker-2", event="added", is_told=True)], [1, 2]),
        ([change(subject="worker-2", event="added")], [1]),
        ([change(subject="worker-2", event="left", is_told=True)], [1]),
    ],
    ids=["of the plan", "joined by notice", "joined without", "another change"],
)
def test_who_joined_by_notice_is_claimed_beside_the_plan(changes, claimed):
    people = [{"key": key, "insured_number": key * 11} for key in "12"]
    enrolled = [SimpleNamespace(pk=pk) for pk in (1, 2)]

    found = claimed_enrolments({"workers": people[:1]}, {"workers": people}, changes, enrolled)

    assert [one.pk for one in found] == claimed


def test_lesson_that_was_never_held_counts_its_planned_minutes_alone():
    lesson = {
        **{"id": 1, "number": 2, "on": "2027-02-03", "topic": "配線", "starts_at": "10:00", "ends_at": "17:00"},
        **{"minutes": 360, "counted_minutes": 350, "instructor": "講師", "room": "A"},
    }

    assert never_held(lesson) == {
        **{"id": 1, "number": 2, "on": "2027-02-03", "topic": "配線", "starts_at": "10:00", "ends_at": "17:00"},
        **{"excluded_minutes": 10, "planned_minutes": 350, "came_at": "", "left_at": "", "attended_minutes": 0},
        **{"wage_minutes": 0, "lecturer": "講師", "source": "never_held", "mark_id": None, "away": []},
    }


def test_excuses_of_one_enrolment_add_up():
    told_of = [SimpleNamespace(enrolment_id=pk, minutes=minutes) for pk, minutes in ((1, 60), (2, 30), (1, 15))]

    assert excused_minutes(told_of) == {1: 75, 2: 30}


def test_times_are_unknown_until_the_firm_has_said():
    drawn = Drawn(0, {1: 2}, {1: 1})

    unknown = times_facts(drawn, 1, nothing_else=False)

    assert unknown == {"grants_this_year": None, "e_learning_grants_this_year": None}
    assert times_facts(drawn, 1, nothing_else=True) == {"grants_this_year": 2, "e_learning_grants_this_year": 1}
    assert times_facts(drawn, 2, nothing_else=True) == {"grants_this_year": 0, "e_learning_grants_this_year": 0}


def test_times_told_of_outside_are_known_of_that_person_alone():
    drawn = Drawn(0, {1: 2}, {1: 1}, Outside(times={1: 1}))

    assert times_facts(drawn, 1, nothing_else=False) == {"grants_this_year": 2, "e_learning_grants_this_year": 1}
    assert times_facts(drawn, 2, nothing_else=False) == {"grants_this_year": None, "e_learning_grants_this_year": None}


def test_time_of_a_class_is_the_longest_of_its_people():
    assert time_facts([{"planned_minutes": 300}, {"planned_minutes": 360}], {"units": None}) == {"planned_minutes": 360}
    assert time_facts([], {"units": None}) == {"planned_minutes": 0}
    assert time_facts([], {"units": [], "standard_hours": 12}) == {"standard_hours": 12}


@pytest.mark.parametrize(("value", "meant"), [("yes", True), ("no", False), ("unsure", None)])
def test_answer_is_yes_no_or_open(value, meant):
    assert said({"no_rebate": SimpleNamespace(value=value)}, "no_rebate") is meant
    assert said({}, "no_rebate") is None


@pytest.mark.parametrize(("value", "rebate", "trial"), [("yes", False, False), ("no", True, True)])
def test_answers_of_the_firm_reach_the_reckoning(attended, manager, value, rebate, trial):
    for code in ("no_rebate", "not_in_trial"):
        answer(fresh(attended), code, value=value, by=manager.acting(CLAIM_DAY))

    grant = gather_claim(fresh(attended), CLAIM_DAY)["grant"]

    assert grant["cost"]["provider_rebate"] is rebate
    assert {worker["in_trial_support_period"] for worker in grant["workers"]} == {trial}


def test_only_change_notices_tell_of_changes(filed):
    other = filed.deadlines.exclude(code=Deadline.Code.CHANGE_NOTICE).first()
    Deadline.objects.filter(pk=other.pk).update(
        subject="lesson-1", event="removed", state="met", closed_at=at(CLAIM_DAY, "10:00")
    )

    assert told_events(filed) == {}
