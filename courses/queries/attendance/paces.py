"""How the people of a run stand against its line, and which runs the sweep has to look at."""

from collections.abc import Collection
from datetime import date, timedelta

from courses.models import Enrolment, Lesson, Run
from courses.models.catalogue.runs import RunQuerySet
from courses.pace import LessonMinutes, Pace, pace_of
from courses.queries.attendance.attendance import AttendanceRow, attendance_rows, lessons_of
from courses.queries.seats.people import leaves_of
from courses.states import EnrolmentState, RunState
from firms.models import Leave

# How long after its last lesson a run is still looked at: late marks of its last day come within these days.
LOOKED_AT_AFTER = timedelta(days=14)


def pace_of_row(row: AttendanceRow, leaves: Collection[Leave], *, on: date) -> Pace:
    """Against the share of the terms the person applied under."""
    lessons = [minutes_of(cell.lesson, cell.mark.minutes if cell.mark else None, leaves, on=on) for cell in row.cells]
    return pace_of(lessons, needed_percent=row.enrolment.terms.needed_percent)


def minutes_of(lesson: Lesson, attended: int | None, leaves: Collection[Leave], *, on: date) -> LessonMinutes:
    is_away = any(leave.covers(lesson.on) for leave in leaves)
    return LessonMinutes(lesson.minutes, attended, is_over=lesson.on < on, is_away=is_away)


def paces(enrolments: Collection[Enrolment], run: Run, *, on: date) -> dict[int, Pace]:
    """By enrolment id. Four queries, however many people."""
    rows = attendance_rows(enrolments, lessons_of(run))
    leaves = leaves_of(enrolments)
    return {row.enrolment.pk: pace_of_row(row, leaves.get(row.enrolment.pk, ()), on=on) for row in rows}


def runs_to_watch(*, on: date) -> RunQuerySet:
    """Those with a lesson behind them that are not long over."""
    begun = Run.objects.filter(lessons__starts_at__date__lte=on, lessons__marks__isnull=False)
    recent = Run.objects.filter(lessons__ends_at__date__gte=on - LOOKED_AT_AFTER)
    live = Run.objects.exclude(state=RunState.CANCELLED)
    return live.filter(pk__in=begun.values("pk")).filter(pk__in=recent.values("pk")).select_related("course")


def worrying(run: Run, *, on: date) -> list[Enrolment]:
    """Those of a run who miss its line or are about to."""
    people = list(Enrolment.objects.filter(run=run, state=EnrolmentState.ACCEPTED))
    found = paces(people, run, on=on)
    return [one for one in people if found[one.pk].is_worrying]
