"""A file becomes its sheets, and one of them is read; the others are named."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import ngettext

from courses.tables.grids import ROW_LIMIT, Grid, Sheet, Unreadable, lines, text_of, too_many_rows
from courses.tables.workbooks import workbook
from firms.words.saying import said as _


@dataclass(frozen=True)
class Book:
    """The grid that is read, each sheet that is not with the sentence why, and all sheets there are."""

    grid: Grid
    left_out: list[tuple[str, str]]
    sheets: list[Sheet]


def sheets_of(content: bytes) -> list[Sheet]:
    """Every sheet with anything in it."""
    sheets = workbook(content) if content.startswith(b"PK\x03\x04") else [Sheet(lines(text_of(content)))]
    if any(len(sheet.grid) > ROW_LIMIT for sheet in sheets):
        raise too_many_rows()
    return sheets


def book_of(content: bytes, *, fits: Callable[[Grid], bool]) -> Book:
    """The first sheet in sight that fits, else the first in sight."""
    sheets = sheets_of(content)
    seen = [sheet for sheet in sheets if not sheet.is_hidden]
    if sheets and not seen:
        raise Unreadable(_("表示されているシートに行がありません。読み取るシートを再表示し、保存し直してください。"))
    chosen = next((sheet for sheet in seen if fits(sheet.grid)), seen[0] if seen else Sheet([]))
    left_out = [(sheet.name, why_unread(sheet, chosen)) for sheet in sheets if sheet is not chosen]
    return Book(chosen.grid, left_out, sheets)


def why_unread(sheet: Sheet, chosen: Sheet) -> str:
    if sheet.is_hidden:
        return _("非表示のシート「%(name)s」は読んでいません。") % {"name": sheet.name}
    rows = len([row for row in sheet.grid if any(cell != "" for cell in row)])
    return ngettext(
        "シート「%(name)s」（%(rows)s行）は読んでいません。「%(chosen)s」だけを読みました。出席があれば、別のファイルにして取り込んでください。",
        "シート「%(name)s」（%(rows)s行）は読んでいません。「%(chosen)s」だけを読みました。出席があれば、別のファイルにして取り込んでください。",
        rows,
    ) % {"name": sheet.name, "rows": rows, "chosen": chosen.name}
