"""The same run once more: everything moved by as many days, nobody in it, and no way into the old room."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses.models import Run
from courses.states import RunState
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory

LATER = timedelta(days=56)
FIRST = date(2027, 2, 3)


def copied(coordinator, run, first_on):
    url = reverse("courses:run_copy", args=[run.pk])
    return coordinator.client().post(url, {"first_on": first_on.isoformat() if first_on else ""})


def lessons(run):
    return [
        (one.number, one.topic, one.starts_at, one.ends_at, one.room, [(str(b), b.is_meal) for b in one.breaks.all()])
        for one in run.lessons.order_by("number")
    ]


def test_lessons_breaks_and_days_are_moved_together(coordinator, run, people):
    Run.objects.filter(pk=run.pk).update(link="https://room.example.jp/1", state=RunState.OPEN)
    (employment,) = people(1)
    EnrolmentFactory(run=run, employment=employment)
    run.refresh_from_db()

    copied(coordinator, run, FIRST + LATER)

    made = Run.objects.exclude(pk=run.pk).get()
    assert (made.state, made.link, made.enrolments.count()) == (RunState.PREPARING, "", 0)
    assert (made.course, made.fee_yen, made.seats) == (run.course, run.fee_yen, run.seats)
    assert made.apply_until == run.apply_until + LATER
    assert [
        (number, topic, start - LATER, end - LATER, room, breaks)
        for number, topic, start, end, room, breaks in lessons(made)
    ] == lessons(run)


def test_instructor_who_teaches_elsewhere_by_then_is_left_to_be_chosen(coordinator, run, college, instructor):
    other = RunFactory(course__college=college)
    LessonFactory(run=other, number=1, day=FIRST + LATER, instructor=instructor.person)
    run.lessons.update(instructor=instructor.person)

    copied(coordinator, run, FIRST + LATER)

    made = Run.objects.exclude(pk__in=[run.pk, other.pk]).get()
    assert [one.instructor for one in made.lessons.order_by("number")] == [None, instructor.person]


@pytest.mark.parametrize(
    ("first_on", "sentence"),
    [(date(2026, 11, 20), "明日以後"), (None, "")],
    ids=["today", "no day"],
)
def test_day_that_cannot_be_is_refused_and_nothing_is_made(coordinator, run, first_on, sentence):
    page = copied(coordinator, run, first_on)

    assert sentence in page.context["form"].errors["first_on"][0]
    assert Run.objects.count() == 1


def test_run_without_days_cannot_be_copied(coordinator, college):
    run = RunFactory(course__college=college)

    assert "日程のない開講は写せません" in copied(coordinator, run, FIRST).content.decode()


def test_double_click_makes_one(coordinator, run):
    client = coordinator.client()
    url = reverse("courses:run_copy", args=[run.pk])
    mark = "6f2f1f2e-8f58-4a2d-9a5b-0d6a5f0b7c11"

    for _click in range(2):
        client.post(url, {"first_on": (FIRST + LATER).isoformat(), "once_mark": mark})

    assert Run.objects.count() == 2


def test_nobody_else_copies_it(manager, run):
    assert copied(manager, run, FIRST + LATER).status_code == 404
