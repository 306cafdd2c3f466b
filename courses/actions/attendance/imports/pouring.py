"""Marks of a whole file written at once, past the ORM: it takes three times as long for 100,000 rows as the database does.

Constraints and triggers hold all the same: they are the database's own.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field
from django.utils import timezone

from courses.actions.attendance.imports.plans import Draft
from courses.actions.attendance.marking import as_json
from courses.models import AttendanceImport, AttendanceMark, Enrolment
from courses.models.attendance.attendance import FileKind, MarkSource
from firms.acting import Acting
from firms.journal import one_act, record
from firms.words.saying import said as _

FIELDS = [one for one in AttendanceMark._meta.concrete_fields if not one.primary_key]
REASON_LENGTH = 200
# Names told in one entry of the journal.
NAMES_TOLD = 200


@dataclass(frozen=True, slots=True)
class NewMark:
    """The values of one new mark; the rest of its columns follow from the file."""

    enrolment: Enrolment
    lesson_id: int
    came_at: datetime | None
    left_at: datetime | None
    minutes: int
    source: str
    batch_id: int | None
    corrects_id: int | None = None
    reason: str = ""
    is_void: bool = False
    signature_id: int | None = None
    gaps: list[Any] = field(default_factory=list)


def new_marks(drafts: Iterable[Draft], *, batch: AttendanceImport, reason: str) -> Iterator[NewMark]:
    source = MarkSource.MEETING.value if batch.kind == FileKind.MEETING else MarkSource.FILE.value
    for one in drafts:
        row = one.row
        yield NewMark(
            enrolment=row.enrolment,
            lesson_id=row.lesson.pk,
            came_at=row.came_at,
            left_at=row.left_at,
            minutes=one.minutes,
            source=source,
            batch_id=batch.pk,
            corrects_id=one.before.pk if one.before else None,
            reason=reason_for(one, reason),
            gaps=as_json(row.gaps),
        )


def reason_for(draft: Draft, reason: str) -> str:
    """The one given for the file with the row's own remark; what follows a record taken back says so itself."""
    if draft.before is None:
        return ""
    if not reason:
        return _("取り消された記録のあとの記録")
    return (f"{reason}（{draft.row.remark}）" if draft.row.remark else reason)[:REASON_LENGTH]


@one_act()
def pour(marks: Collection[NewMark], *, batch: AttendanceImport, verb: str, by: Acting) -> None:
    """In the caller's transaction and under the lock of the runs; the journal says once for the college and once for
    each firm how many there were and of whom."""
    insert(marks, by=by)
    told: dict[int, list[NewMark]] = {batch.college_id: list(marks)}
    for mark in marks:
        if employment := mark.enrolment.employment:
            told.setdefault(employment.establishment.organisation_id, []).append(mark)
    for organisation, own in told.items():
        names = sorted({mark.enrolment.person.full_name for mark in own})
        record(batch, verb, by=by, concerns=organisation, rows=len(own), people=names[:NAMES_TOLD])


def insert(marks: Iterable[NewMark], *, by: Acting) -> None:
    columns = ", ".join(connection.ops.quote_name(one.column) for one in FIELDS)  # type: ignore[arg-type]
    table = connection.ops.quote_name(AttendanceMark._meta.db_table)
    rows = prepared(marks, by=by, now=timezone.now())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(FIELDS))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own columns
            cursor.executemany(statement, list(rows))


def prepared(marks: Iterable[NewMark], *, by: Acting, now: datetime) -> Iterator[list[Any]]:
    """Each value as the database takes it; moments and words that come again and again are turned once."""
    known: dict[tuple[str, Any], Any] = {}

    def turned(one: "Field[Any, Any]", value: Any) -> Any:
        if one.is_relation:
            return value
        key = (one.name, repr(value) if isinstance(value, list) else value)
        if key not in known:
            known[key] = one.get_db_prep_save(value, connection)
        return known[key]

    given = {"enrolment_id": None, "recorded_by_id": by.person.pk, "recorded_at": now}
    for mark in marks:
        given["enrolment_id"] = mark.enrolment.pk
        yield [
            turned(one, given[one.attname] if one.attname in given else getattr(mark, one.attname)) for one in FIELDS
        ]
