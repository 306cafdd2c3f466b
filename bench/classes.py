"""Classes as large as the peers were measured with: people with a seat, lessons behind them, and marks for each."""

from datetime import datetime, timedelta

from django.utils import timezone

from courses.models import AttendanceMark, Course, Enrolment, Lesson, Run
from courses.models.attendance.attendance import MarkSource
from courses.states import EnrolmentState, RunState
from courses.terms import with_terms
from firms.acting import Acting
from firms.models import Employment
from firms.queries import today

HOURS = timedelta(hours=3)


def employees(count: int) -> list[Employment]:
    """Raises RuntimeError where the world has not as many."""
    employed = Employment.objects.on(today()).filter(person__memberships__role="employee").distinct()
    found = list(employed.order_by("pk")[:count])
    if len(found) < count:
        raise RuntimeError(f"There are {len(found)} employees and not {count}: measure at a larger --scale.")
    return found


def class_of(people: list[Employment], *, lessons: int, by: Acting) -> Run:
    """A run of the college `by` acts for, its lessons on the days before today, taught by that person."""
    course = Course.objects.filter(college=by.organisation_id, state="listed").earliest("pk")
    run = Run.objects.create(
        course=course,
        code=f"P{len(people)}-{lessons}",
        seats=len(people),
        fee_yen=0,
        venue="実習室",
        apply_until=today() - timedelta(days=200),
        state=RunState.OPEN,
    )
    held = {"run": run, "state": EnrolmentState.ACCEPTED, "applied_by": by.person}
    Enrolment.objects.bulk_create(
        Enrolment(**with_terms(held), person_id=one.person_id, employment=one) for one in people
    )
    Lesson.objects.bulk_create(lesson(run, number, by=by) for number in range(1, lessons + 1))
    return run


def lesson(run: Run, number: int, *, by: Acting) -> Lesson:
    """Two a day, the last of them yesterday at the earliest."""
    starts_at = first_hour() - timedelta(days=number // 2 + 1) + HOURS * (number % 2)
    return Lesson(
        run=run,
        number=number,
        topic="計測",
        starts_at=starts_at,
        ends_at=starts_at + HOURS,
        room="101",
        instructor=by.person,
    )


def copies_of(run: Run, *, count: int) -> None:
    """The same run a week later each time, with its lessons, open for applications."""
    week, lessons, code = timedelta(weeks=1), list(run.lessons.all()), run.code
    for number in range(1, count + 1):
        run.pk, run.code, run.apply_until = None, f"{code[:9]}P{number}", run.apply_until + week
        run.save(force_insert=True)
        for one in lessons:
            one.pk, one.run, one.starts_at, one.ends_at = None, run, one.starts_at + week, one.ends_at + week
        Lesson.objects.bulk_create(lessons)


def first_hour() -> datetime:
    return timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)


def mark_all(run: Run, *, but: Lesson, by: Acting) -> None:
    """Everybody was there from the beginning to the end, in each lesson but that one."""
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            enrolment=one,
            lesson=each,
            came_at=each.starts_at,
            left_at=each.ends_at,
            minutes=each.minutes,
            source=MarkSource.ROSTER,
            recorded_by=by.person,
        )
        for each in run.lessons.exclude(pk=but.pk).prefetch_related("breaks")
        for one in run.enrolments.all()
    )
