"""Reading the file of an import: the content becomes rows, and rows become a plan."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from courses.actions.attendance.imports.meetings import matched_list
from courses.actions.attendance.imports.plans import Plan, RefusedRow, Tell, lay_out
from courses.actions.attendance.imports.tabled import matched, register_for
from courses.models import AttendanceImport
from courses.models.attendance.attendance import FileKind
from courses.queries.attendance.imports import register_of_lesson
from courses.tables.books import book_of
from courses.tables.grids import Grid, Unreadable
from courses.tables.meetings import is_list
from courses.tables.rows import Table, TableRow, is_table, refuse_my_number_column, rows_of, table_of
from firms.acting import Acting
from firms.files import store as files
from firms.files.scanning import found_virus
from firms.models import Membership, Person
from firms.queries import acting_for
from firms.words.saying import said as _


@dataclass(frozen=True)
class Contents:
    """A file read but not yet held against anything; `left_out` are its sheets that were not read."""

    grid: Grid
    table: Table | None = None
    rows: list[TableRow] = field(default_factory=list)
    left_out: list[RefusedRow] = field(default_factory=list)

    @property
    def heads(self) -> Grid:
        return self.table.heads if self.table else self.grid[:1]


def contents_of(batch: AttendanceImport) -> Contents:
    content = files.read(batch.file)
    if virus := found_virus(content):
        raise Unreadable(
            _("ウイルス「%(virus)s」が見つかりました。このファイルは使えません。") % {"virus": virus[:100]}
        )
    return contents_in(content, kind=batch.kind, lesson_is_known=batch.lesson_id is not None)


def contents_in(content: bytes, *, kind: str, lesson_is_known: bool) -> Contents:
    book = book_of(content, fits=is_list if kind == FileKind.MEETING else is_table)
    for sheet in book.sheets:
        refuse_my_number_column(sheet.grid)
    grid, left_out = book.grid, [RefusedRow(0, name, why) for name, why in book.left_out]
    if kind == FileKind.MEETING:
        return Contents(grid, left_out=left_out)
    table = table_of(grid, lesson_is_known=lesson_is_known)
    rows = list(rows_of(table))
    if not rows:
        raise Unreadable(_("見出しのほかに行がありません。出席を書き入れてから取り込んでください。"))
    return Contents(grid, table, rows, left_out)


def plan_of(
    batch: AttendanceImport,
    contents: Contents,
    *,
    by: Acting,
    assigned: dict[str, str] | None = None,
    tell: Tell = lambda done: None,
) -> tuple[Plan, list[int]]:
    """The plan, and the runs it touches."""
    if batch.lesson and contents.table is None:
        register = register_of_lesson(batch.lesson)
        plan, rows = matched_list(contents.grid, batch.lesson, register, assigned or {})
    else:
        register = register_for(batch, contents.rows)
        fields = contents.table.fields if contents.table else set()
        plan, rows = matched(batch, contents.rows, register, fields)
    plan.left_out += contents.left_out
    lay_out(plan, rows, by=by, tell=tell)
    return plan, sorted(run.pk for run in register.runs.values())


def payload_of(batch: AttendanceImport, by: Acting, **more: Any) -> dict[str, Any]:
    """Who asked and on which day travels with the job: it acts for them."""
    membership = by.membership.pk if by.membership else None
    return {"import": batch.pk, "person": by.person.pk, "membership": membership, "on": by.today.isoformat(), **more}


def acting_of(payload: dict[str, Any]) -> Acting:
    person = Person.objects.get(pk=payload["person"])
    membership = Membership.objects.select_related("organisation").filter(pk=payload["membership"]).first()
    return acting_for(person, membership, on=date.fromisoformat(payload["on"]))
