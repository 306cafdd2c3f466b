"""A signature on the instructor's tablet: the picture is looked at, kept once, and named by the mark."""

from dataclasses import replace

from django.db import transaction

from courses.actions.attendance.attendance import locked_lesson
from courses.actions.attendance.marking import MarkLine, guard_held, lock_runs, mark_for, write_marks
from courses.models import AttendanceMark, Lesson
from courses.models.attendance.attendance import MarkSource
from courses.queries import newest_marks
from firms.acting import Acting
from firms.files import store as files
from firms.signing.pictures import PNG, signature_png


@transaction.atomic
def sign_attendance(lesson: Lesson, line: MarkLine, *, picture: str, by: Acting) -> AttendanceMark | None:
    """Writes a present mark with the signature; None where the same stands already with a signature."""
    content = signature_png(picture)
    lock_runs([lesson.run_id])
    lesson = locked_lesson(lesson.pk)
    guard_held(lesson, by=by)
    newest = newest_marks([lesson.pk], [line.enrolment.pk])
    signed = replace(line, source=MarkSource.SIGNATURE, signature=files.store(content, media_type=PNG))
    mark = mark_for(lesson, signed, newest=newest, by=by)
    return write_marks([mark], by=by)[0] if mark else None
