"""What the import would make of a file, told line by line: the import's own reading, and nothing is kept or written."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from courses.actions.attendance.imports.looking import Contents, contents_in, plan_of
from courses.actions.attendance.imports.plans import Draft, Plan, RefusedRow
from courses.actions.attendance.imports.taking import accepted
from courses.models import AttendanceImport, Lesson
from courses.models.attendance.attendance import FileKind
from courses.queries import coordinators_of
from courses.tables.grids import Unreadable
from courses.tables.headings import ATTENDANCE_HEADINGS, head_of
from courses.tables.meetings import is_list
from firms.acting import Acting
from firms.errors import Refused
from firms.models import Membership
from firms.queries import acting_for, today

# Headings no meeting tool writes: who keeps them keeps a table.
OF_TABLES = {"run", "lesson", "status", "late", "early"}


def preview(content: bytes, name: str, lesson: Lesson) -> Plan:
    """Raises Refused or Unreadable, each with the sentence the page would show."""
    content = accepted(SimpleUploadedFile(name, content), name)
    contents = contents_of_either(content)
    kind = FileKind.TABLE if contents.table else FileKind.MEETING
    batch = AttendanceImport(college=lesson.run.course.college, lesson=lesson, kind=kind, name=name)
    plan, _runs = plan_of(batch, contents, by=one_who_may(lesson))
    return plan


def contents_of_either(content: bytes) -> Contents:
    """A page asks which kind of file it is; here the headings say so."""
    try:
        found = contents_in(content, kind=FileKind.MEETING, lesson_is_known=True)
    except Unreadable:
        return contents_in(content, kind=FileKind.TABLE, lesson_is_known=True)
    head = head_of(found.grid, ATTENDANCE_HEADINGS)
    if is_list(found.grid) and not OF_TABLES & set(head.columns) and not head.beside:
        return found
    return contents_in(content, kind=FileKind.TABLE, lesson_is_known=True)


def one_who_may(lesson: Lesson) -> Acting:
    """A coordinator of the college, on the day after the lesson where that has not come yet."""
    college, day = lesson.run.course.college, max(today(), lesson.on + timedelta(days=1))
    person = coordinators_of(college.pk, on=day).first()
    if person is None:
        raise Refused("この開講の連携校に、出席を取り込める担当者がいません。")
    membership = Membership.objects.on(day).filter(person=person, organisation=college).first()
    return acting_for(person, membership, on=day)


def lines_of(plan: Plan) -> Iterator[dict[str, Any]]:
    """In the order of the file, and at the end what was left out and how many lines were read."""
    told = [*map(counted, (*plan.drafts, *plan.standing)), *map(not_counted, plan.refused)]
    yield from sorted(told, key=lambda one: one["line"])
    left_out = [{"line": one.number or None, "name": one.who, "why": one.why} for one in plan.left_out]
    yield {"left_out": left_out, "read": plan.read}


def counted(draft: Draft) -> dict[str, Any]:
    row = draft.row
    return line(row.number, row.told, person=row.enrolment.person.full_name, minutes=draft.minutes)


def not_counted(one: RefusedRow) -> dict[str, Any]:
    return line(one.number, one.who, person=one.person or None, refused=one.why, asks=one.asks)


def line(
    number: int,
    name: str,
    *,
    person: str | None = None,
    minutes: int | None = None,
    refused: str | None = None,
    asks: bool = False,
) -> dict[str, Any]:
    return {"line": number, "name": name, "person": person, "minutes": minutes, "refused": refused, "asks": asks}
