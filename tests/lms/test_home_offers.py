"""What an employee may apply for: the same cards for everybody, without one's own runs, and never an old one."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from courses.models import Run
from lms.homes.employee import OFFERS_DRAWN, OFFERS_SHOWN
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory


@pytest.fixture
def runs(college):
    """One more than are drawn for everybody; the first closes first."""
    made = [
        RunFactory(course__college=college, apply_until=localdate() + timedelta(days=n + 1))
        for n in range(OFFERS_DRAWN + 1)
    ]
    for run in made:
        LessonFactory(run=run, day=localdate() + timedelta(days=60))
    return made


def offered(member) -> list[str]:
    page = member.client().get("/")
    return [
        run.course.title for run in Run.objects.order_by("pk") if run.course.title in "".join(page.context["offers"])
    ]


def titles(runs):
    return [run.course.title for run in runs]


def test_those_that_close_first_are_offered(runs, trainee):
    assert offered(trainee) == titles(runs[:OFFERS_SHOWN])
    assert offered(trainee) == titles(runs[:OFFERS_SHOWN])


def test_a_run_one_is_in_is_not_offered(runs, trainee):
    offered(trainee)

    EnrolmentFactory(run=runs[0], person=trainee.person, employment=trainee.person.employments.get())

    assert offered(trainee) == titles(runs[1 : OFFERS_SHOWN + 1])


def test_who_is_in_nearly_all_of_them_is_offered_the_others(runs, trainee):
    for run in runs[: OFFERS_DRAWN - 1]:
        EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())

    assert offered(trainee) == titles(runs[OFFERS_DRAWN - 1 :])


def test_a_change_is_seen_at_once(runs, trainee):
    offered(trainee)

    Run.objects.filter(pk=runs[0].pk).update(state="cancelled")

    assert offered(trainee) == titles(runs[1 : OFFERS_SHOWN + 1])


def test_a_day_later_what_has_closed_is_gone(runs, trainee, clock):
    offered(trainee)

    clock.shift(timedelta(days=2))

    assert offered(trainee) == titles(runs[1 : OFFERS_SHOWN + 1])
