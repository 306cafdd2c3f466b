"""Attendance as it stands: the marks in force, their sums, and the table of a run. Grants reads minutes from here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.models import AttendanceMark, Enrolment, Lesson, Run
from courses.models.catalogue.runs import LessonQuerySet
from courses.models.seats.enrolments import EnrolmentQuerySet
from courses.states import SEATED, RunState
from firms.queries.prepared import Prepared

MarkMap = dict[tuple[int, int], AttendanceMark]


def current_marks(enrolments: Iterable[Enrolment] | Iterable[int]) -> MarkMap:
    """The mark in force of each (enrolment id, lesson id): corrected ones are left out. One query, however many."""
    marks = AttendanceMark.objects.current().filter(enrolment__in=list(enrolments)).select_related("lesson")
    return {(mark.enrolment_id, mark.lesson_id): mark for mark in marks}


def minutes_marked(enrolments: Iterable[Enrolment] | Iterable[int]) -> dict[int, dict[int, int]]:
    """The minutes of the marks in force, by enrolment id and lesson id. One query, however many."""
    marks = AttendanceMark.objects.current().filter(enrolment__in=list(enrolments)).order_by("lesson", "pk")
    found: dict[int, dict[int, int]] = {}
    for enrolment, lesson, minutes in marks.values_list("enrolment_id", "lesson_id", "minutes"):
        found.setdefault(enrolment, {})[lesson] = minutes
    return found


def newest_marks(lessons: Collection[int], enrolments: Collection[int]) -> MarkMap:
    """The end of each chain, what was taken back among them: what the next mark has to name. One query, however many."""
    marks = AttendanceMark.objects.newest().filter(lesson__in=lessons, enrolment__in=enrolments)
    return {(mark.enrolment_id, mark.lesson_id): mark for mark in marks.select_related("recorded_by")}


def attended_totals(enrolments: Iterable[Enrolment]) -> dict[int, int]:
    """Attended minutes by enrolment id, 0 where nothing is marked. One query."""
    held = list(enrolments)
    marked = minutes_marked(held)
    return {enrolment.pk: sum(marked.get(enrolment.pk, {}).values()) for enrolment in held}


def lessons_of(run: Run) -> list[Lesson]:
    """The lessons of a run in order, with breaks and instructor. Two queries."""
    found = lessons_in_order(run.pk)
    for lesson in found:
        lesson.run = run
    return found


@Prepared
def lessons_in_order(run: int) -> QuerySet[Lesson]:
    return Lesson.objects.filter(run=run).select_related("instructor").prefetch_related("breaks").order_by("starts_at")


def in_same_room(lesson: Lesson) -> LessonQuerySet:
    """Other lessons of the college held at the same time in a room of the same name and place; online there is none."""
    if not lesson.room:
        return Lesson.objects.none()
    run = lesson.run
    held = Lesson.objects.filter(run__course__college=run.course.college_id, room=lesson.room, run__venue=run.venue)
    live = held.exclude(run__state=RunState.CANCELLED).exclude(pk=lesson.pk)
    return live.overlapping(lesson.starts_at, lesson.ends_at)


def roster_enrolments(lesson: Lesson) -> EnrolmentQuerySet:
    """Who sits in the lesson, by kana."""
    held = Enrolment.objects.accepted().filter(run=lesson.run_id)
    people = held.select_related("person", "employment__establishment__organisation")
    return people.order_by("person__family_kana", "person__given_kana", "pk")


def history_of(lesson: Lesson) -> dict[int, list[AttendanceMark]]:
    """Every mark of a lesson by enrolment, the oldest first. One query."""
    histories: dict[int, list[AttendanceMark]] = {}
    related = AttendanceMark.objects.filter(lesson=lesson).select_related("recorded_by", "lesson", "confirmation")
    marks = related.order_by("pk")
    for mark in marks:
        histories.setdefault(mark.enrolment_id, []).append(mark)
    return histories


def mark_counts(lessons: QuerySet[Lesson]) -> QuerySet[Any]:
    """Adds `seated` (accepted enrolments of the run) and `marked` (of those with a mark) to each lesson."""
    seated = (
        Enrolment.objects.filter(run=OuterRef("run"), state__in=SEATED)
        .order_by()
        .values("run")
        .annotate(n=Count("pk"))
        .values("n")
    )
    marked = (
        AttendanceMark.objects.current()
        .filter(lesson=OuterRef("pk"), enrolment__state__in=SEATED)
        .order_by()
        .values("lesson")
        .annotate(n=Count("pk"))
        .values("n")
    )
    counted = lessons.annotate(seated=Coalesce(Subquery(seated), 0), marked=Coalesce(Subquery(marked), 0))
    return counted.annotate(unmarked=F("seated") - F("marked"))


@dataclass(frozen=True)
class Cell:
    """One lesson of one person: the mark, or none yet."""

    lesson: Lesson
    mark: AttendanceMark | None


@dataclass(frozen=True)
class AttendanceRow:
    """One person of a run: a cell for each lesson, and the share of the scheduled minutes attended so far."""

    enrolment: Enrolment
    cells: list[Cell]
    attended: int
    planned: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: what is not reached is not shown as reached."""
        return self.attended * 100 // self.planned if self.planned else 0


def attendance_rows(enrolments: Collection[Enrolment], lessons: list[Lesson]) -> list[AttendanceRow]:
    """The table person × lesson of one run. One query for the marks."""
    marks = current_marks(cast("Iterable[Enrolment]", enrolments))
    planned = sum(lesson.minutes for lesson in lessons)
    return [attendance_row(enrolment, lessons, marks, planned=planned) for enrolment in enrolments]


def attendance_row(enrolment: Enrolment, lessons: list[Lesson], marks: MarkMap, *, planned: int) -> AttendanceRow:
    cells = [Cell(lesson, marks.get((enrolment.pk, lesson.pk))) for lesson in lessons]
    attended = sum(cell.mark.minutes for cell in cells if cell.mark)
    return AttendanceRow(enrolment=enrolment, cells=cells, attended=attended, planned=planned)
