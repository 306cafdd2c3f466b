"""The roster of a lesson saved at once, all lines or none."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from courses.actions.attendance.marking import MarkLine, guard_held, mark_for, write_marks
from courses.actions.seats.seats import locked_run
from courses.models import AttendanceMark, Enrolment, Lesson
from courses.queries import newest_marks
from firms.acting import Acting
from firms.errors import Refused
from firms.words.saying import said as _


class RosterRefused(Refused):
    """Some lines cannot be written, so none was; `lines` holds the refusal of each, by enrolment id."""

    def __init__(self, lines: dict[int, Refused]) -> None:
        super().__init__(_("保存していません。赤い行を直して、もう一度保存してください。"))
        self.lines = lines


def line_from_minutes(
    enrolment: Enrolment, lesson: Lesson, *, late: int, early: int, reason: str = "", seen: int | None = None
) -> MarkLine:
    """Present, so many minutes late and so many gone early."""
    return MarkLine(
        enrolment=enrolment,
        came_at=lesson.starts_at + timedelta(minutes=late),
        left_at=lesson.ends_at - timedelta(minutes=early),
        reason=reason,
        seen=seen,
    )


@transaction.atomic
def save_roster(lesson: Lesson, lines: Collection[MarkLine], *, by: Acting) -> list[AttendanceMark]:
    """Writes what is new or different, all lines or none; answers with the marks written.

    Under the run's lock, so that no run is cancelled while its first minutes are written.
    """
    locked_run(lesson.run)
    lesson = locked_lesson(lesson.pk)
    guard_held(lesson, by=by)
    newest = newest_marks([lesson.pk], [line.enrolment.pk for line in lines])
    refused: dict[int, Refused] = {}
    wanted = []
    for line in lines:
        try:
            if mark := mark_for(lesson, line, newest=newest, by=by):
                wanted.append(mark)
        except Refused as refusal:
            refused[line.enrolment.pk] = refusal
    if refused:
        raise RosterRefused(refused)
    return write_marks(wanted, by=by)


def locked_lesson(pk: int) -> Lesson:
    """The lesson under its lock, with what the reckoning of minutes asks for."""
    lessons = Lesson.objects.select_for_update(of=("self",)).select_related("run__course__college")
    return lessons.prefetch_related("breaks").get(pk=pk)
