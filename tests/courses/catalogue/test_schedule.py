"""The month of a college's instructors."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from courses.models import Lesson, Run
from courses.policies import may_see_schedule
from courses.states import RunState
from tests.factories import LessonFactory, RunFactory

FEBRUARY = "/courses/schedule/?month=2027-02"


def rows(member, url=FEBRUARY):
    found = member.client().get(url).context["rows"]
    return [(row.instructor and row.instructor.family_name, row.minutes, len(row.lessons)) for row in found]


def test_month_adds_up_the_minutes_of_each_instructor(run, instructor, coordinator):
    assert rows(coordinator) == [("講元", 720, 2)]
    assert rows(instructor) == [("講元", 720, 2)]


def test_what_nobody_teaches_yet_comes_first(run, coordinator):
    Lesson.objects.filter(number=2).update(instructor=None)

    assert rows(coordinator) == [(None, 360, 1), ("講元", 360, 1)]


def test_other_months_cancelled_runs_and_other_colleges_stay_out(run, coordinator):
    LessonFactory(run=RunFactory(), day=date(2027, 2, 4))
    assert rows(coordinator, "/courses/schedule/?month=2027-03") == []

    Run.objects.filter(pk=run.pk).update(state=RunState.CANCELLED)

    assert rows(coordinator) == []


@pytest.mark.parametrize("text", ["", "2027", "2027-13", "来月", "2027-02-01", "9999-12", "0001-01"])
def test_a_month_that_makes_no_sense_is_this_one(text, coordinator):
    page = coordinator.client().get("/courses/schedule/", {"month": text})

    assert page.context["first"] == localdate().replace(day=1)


def test_schedule_is_for_the_college(coordinator, instructor, manager, officer, advisor, trainee):
    others = (manager, officer, advisor, trainee)

    assert [may_see_schedule(one.acting()) for one in (coordinator, instructor)] == [True, True]
    assert [one.client().get(FEBRUARY).status_code for one in others if not may_see_schedule(one.acting())] == [403] * 4


@pytest.mark.parametrize("lessons", [1, 3])
def test_schedule_takes_the_same_queries_with_more_lessons(
    lessons, college, instructor, coordinator, django_assert_num_queries
):
    run = RunFactory(course__college=college)
    for number in range(1, lessons + 1):
        LessonFactory(run=run, number=number, day=date(2027, 2, number), instructor=instructor.person)
    browser = coordinator.client()

    with django_assert_num_queries(6):
        browser.get(FEBRUARY)
