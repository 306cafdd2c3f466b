"""A paper roster typed in, and the signed sheet kept as its proof."""

from collections.abc import Collection

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from courses.actions.attendance.attendance import save_roster
from courses.actions.attendance.marking import MarkLine
from courses.models import AttendanceMark, Lesson
from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.errors import Refused
from firms.journal import record

KIND = "attendance_sheet"


@transaction.atomic
def save_paper(
    lesson: Lesson, lines: Collection[MarkLine], *, sheet: UploadedFile | None, by: Acting
) -> list[AttendanceMark]:
    """All lines or none; the sheet is named in the journal beside the marks it proves, once however often it comes."""
    written = save_roster(lesson, lines, by=by)
    if sheet:
        attach(lesson, sheet, written, by=by)
    return written


def attach(lesson: Lesson, sheet: UploadedFile, written: list[AttendanceMark], *, by: Acting) -> None:
    try:
        evidence = hand_in(sheet, owner=lesson.run.course.college, kind=KIND, by=by)
    except Refused as refused:
        raise Refused(refused.sentence, field="sheet") from refused
    record(
        lesson,
        "attendance.attach_paper",
        by=by,
        concerns=lesson.run.course.college_id,
        evidence=evidence.pk,
        sheet=evidence.name,
        sha256=evidence.file.sha256,
        mark_ids=[mark.pk for mark in written],
    )
