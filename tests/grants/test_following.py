"""What is done to a run shows in the deadlines of its cases at once, and before it is done the page says what it asks for."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from courses.actions.catalogue.lessons import remove_lesson
from courses.actions.seats.enrolments import enrol
from courses.models import Run
from courses.terms import Terms
from grants.cases.following import TOUCHING
from tests.factories import EmploymentFactory, at

ON = date(2026, 12, 21)


@pytest.fixture
def newcomer(establishment, pattern):
    return EmploymentFactory(establishment=establishment, pattern=pattern, insured_number="5001-000077-2")


def seat(run, employment, by):
    run.refresh_from_db()
    return enrol(run, [employment], seen=Terms.offered_by(run).fingerprint, by=by)


def notices(case):
    return list(case.deadlines.filter(code="change_notice").values_list("state", "last_on"))


def test_person_added_to_a_filed_run_has_a_deadline_at_once(
    filed, run, newcomer, manager, django_capture_on_commit_callbacks
):
    Run.objects.filter(pk=run.pk).update(apply_until=ON + timedelta(days=20), seats=20)

    with django_capture_on_commit_callbacks(execute=True):
        seat(run, newcomer, manager.acting(ON))

    assert notices(filed) == [("open", date(2027, 2, 2))]


def test_removed_lesson_moves_the_deadlines_at_once(filed, run, coordinator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove_lesson(run.lessons.last(), by=coordinator.acting(ON))

    assert [state for state, _day in notices(filed)] == ["open"]


def test_many_entries_of_one_action_are_followed_once(
    filed, run, newcomer, manager, django_capture_on_commit_callbacks
):
    Run.objects.filter(pk=run.pk).update(apply_until=ON + timedelta(days=20), seats=20)

    with django_capture_on_commit_callbacks() as callbacks:
        seat(run, newcomer, manager.acting(ON))

    assert len([one for one in callbacks if getattr(one, "run_id", None) == run.pk]) == 1


def test_every_verb_followed_is_one_of_courses():
    from courses.verbs import VERBS

    assert VERBS.keys() >= TOUCHING


@pytest.mark.parametrize(("today", "is_late"), [(ON, False), (date(2027, 2, 3), True)])
def test_confirm_page_says_what_adding_somebody_to_a_filed_plan_asks_for(filed, run, newcomer, manager, today, is_late):
    Run.objects.filter(pk=run.pk).update(apply_until=date(2027, 2, 28), seats=20)
    chosen = {"establishment": newcomer.establishment_id, "employments": newcomer.pk, "next": "1"}
    with time_machine.travel(at(today, "09:00")):
        page = manager.client().get(reverse("courses:enrol", args=[run.pk]), chosen).content.decode()

    assert "計画届を出した開講です" in page
    assert ("期限（2027年2月2日（火））は過ぎました" in page) is is_late
    assert filed.number in page
