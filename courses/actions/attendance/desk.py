"""The room screen of a lesson, opened and closed by whoever keeps its roster."""

from secrets import token_hex

from django.db import transaction
from django.utils import timezone

from courses.actions.attendance.marking import guard_held
from courses.models import CheckInDesk, Lesson
from firms.acting import Acting
from firms.journal import record


@transaction.atomic
def open_desk(lesson: Lesson, *, by: Acting) -> CheckInDesk:
    """From the lesson's day on; opening an open one changes nothing, opening a closed one gives it a new secret."""
    lesson = locked(lesson)
    guard_held(lesson, by=by)
    desk = CheckInDesk.objects.filter(lesson=lesson).first()
    if desk and desk.closed_at is None:
        return desk
    fresh = {"secret": token_hex(32), "opened_by": by.person, "closed_at": None}
    desk, _is_new = CheckInDesk.objects.update_or_create(lesson=lesson, defaults=fresh)
    record(lesson, "desk.open", by=by, concerns=lesson.run.course.college_id)
    return desk


@transaction.atomic
def close_desk(lesson: Lesson, *, by: Acting) -> None:
    """The code of a closed desk is good for nothing; closing twice is once."""
    lesson = locked(lesson)
    if CheckInDesk.objects.filter(lesson=lesson, closed_at=None).update(closed_at=timezone.now()):
        record(lesson, "desk.close", by=by, concerns=lesson.run.course.college_id)


def locked(lesson: Lesson) -> Lesson:
    lessons = Lesson.objects.select_for_update(of=("self",)).select_related("run__course__college")
    return lessons.get(pk=lesson.pk)
