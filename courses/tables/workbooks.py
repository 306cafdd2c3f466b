"""Excel: the sheets of a workbook as grids, with merged cells filled in and cells without a value told apart from empty ones."""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from courses.tables.grids import COLUMN_LIMIT, ROW_LIMIT, Grid, Sheet, Unreadable, too_many_rows
from firms.files.opening import Broken, archive_in, workbook_in
from firms.words.saying import said as _

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# Cells with something in them that stand far out, and cells that do not say first where they stand.
FAR = re.compile(rb"""\br\s*=\s*["'](?=[A-Za-z]{2}|[A-Za-z]\d{6})([A-Za-z]+)(\d+)["'](?:[^<>"'/]|"[^"]*"|'[^']*')*>""")
NAMELESS = re.compile(rb"""<(?:\w+:)?c(?=[\s>/])(?!\s+r\s*=\s*["'])(?!\s*/>)""")
# Kinds of workbook the reader would open too, with ways of their own to be far too large.
OTHER_BOOKS = {"content.xml", "xl/workbook.bin"}
# What an archive may unfold to: a sheet of that many rows, not a bomb.
UNFOLDED_LIMIT = 400 * 1024 * 1024
CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*?)(?<!/)>(.*?)</(?:\w+:)?c>", re.S)
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)(\d+)["']""")
IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
IS_TEXT = re.compile(rb"""\bt\s*=\s*["']str["']""")
VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
ATTRIBUTE = re.compile(rb"""(?:\w+:)?(\w+)\s*=\s*(["'])(.*?)\2""", re.S)
# Said by a program that wrote formulas without reckoning them: Excel is to do so when it opens the book.
TO_BE_RECKONED = re.compile(rb"""\bfullCalcOnLoad\s*=\s*["'](?:1|true)["']""")


def workbook(content: bytes) -> list[Sheet]:
    """Every sheet with anything in it, the hidden ones too."""
    from python_calamine import SheetVisibleEnum

    try:
        guard_extent(content)
        with workbook_in(content) as book, archive_in(content) as archive:
            unread = Unreckoned(archive)
            shown = {one.name: one.visible == SheetVisibleEnum.Visible for one in book.sheets_metadata}
            found = [(name, filled(book.get_sheet_by_name(name), unread.of(name))) for name in book.sheet_names]
    except Broken as broken:
        raise Unreadable(
            _("Excelのファイルを開けません。壊れているか、パスワードが付いています。保存し直してください。")
        ) from broken
    return [
        Sheet(grid, name, is_hidden=not shown.get(name, True))
        for name, grid in found
        if any(cell != "" for row in grid for cell in row)
    ]


def filled(sheet: "CalamineSheet", unread: dict[tuple[int, int], str]) -> Grid:
    grid: Grid = sheet.to_python(skip_empty_area=False)
    for (row, column), text in unread.items():
        if row < len(grid) and column < len(grid[row]):
            grid[row][column] = text
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(grid) or left >= len(grid[top]):
            continue
        for line in grid[top : bottom + 1]:
            line[left : right + 1] = [grid[top][left]] * len(line[left : right + 1])
    return grid


class Unreckoned:
    """Cells that hold an error, or a formula nobody has reckoned: the reader would show them as empty, or as 0."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts = sheet_parts(self.archive)
        self.is_to_be_reckoned = bool(TO_BE_RECKONED.search(part(self.archive, "xl/workbook.xml")))

    def of(self, name: str) -> dict[tuple[int, int], str]:
        """Row and column, from 0 → what stands there instead of a value."""
        xml = part(self.archive, self.parts.get(name, ""))
        if not FORMULA.search(xml) and not IS_ERROR.search(xml):
            return {}
        return dict(self.told(xml))

    def told(self, xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
        for attributes, inner in CELL.findall(xml):
            place = PLACE.search(attributes)
            if place is None:
                continue
            value = VALUE.search(inner)
            text = value.group(1).decode(errors="replace") if value else ""
            at = int(place.group(2)) - 1, column_number(place.group(1)) - 1
            if IS_ERROR.search(attributes):
                yield at, text or "#VALUE!"
            elif FORMULA.search(inner) and self.is_unreckoned(attributes, text, has_value=value is not None):
                yield at, _("計算されていない数式")

    def is_unreckoned(self, attributes: bytes, text: str, *, has_value: bool) -> bool:
        """A reckoned empty text says so; a 0 in a book still to be reckoned is no 0."""
        if not text:
            return not (IS_TEXT.search(attributes) and has_value)
        return text == "0" and self.is_to_be_reckoned


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of a sheet → the part of the archive it is in."""
    relations = (attributes_of(one) for one in RELATION.findall(part(archive, "xl/_rels/workbook.xml.rels")))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    sheets = (attributes_of(one) for one in SHEET.findall(part(archive, "xl/workbook.xml")))
    return {one.get("name", ""): in_archive(targets.get(one.get("id"), "")) for one in sheets}


def attributes_of(told: bytes) -> dict[str, str]:
    """By their names without a namespace."""
    return {name.decode(): html.unescape(value.decode()) for name, _quote, value in ATTRIBUTE.findall(told)}


def in_archive(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def guard_extent(content: bytes) -> None:
    """Before anything is read: the reader lays out every cell up to the farthest, and a few bytes can name one far away.

    Each part is unfolded, which also proves the size the archive claims for it.
    """
    with archive_in(content) as archive:
        parts = archive.infolist()
        if OTHER_BOOKS & {part.filename for part in parts}:
            raise Unreadable(_("Excelブック（xlsx）として保存し直してください。"))
        if sum(part.file_size for part in parts) > UNFOLDED_LIMIT:
            raise Unreadable(_("Excelのファイルが大きすぎます。行を分けて保存し直してください。"))
        for part in parts:
            guard_cells(archive.read(part))


def guard_cells(sheet: bytes) -> None:
    if NAMELESS.search(sheet):
        raise Unreadable(_("Excelのファイルを読み取れません。Excelで開き、保存し直してから選んでください。"))
    for column, row in set(FAR.findall(sheet)):
        if int(row) > ROW_LIMIT:
            raise too_many_rows()
        if column_number(column) > COLUMN_LIMIT:
            raise Unreadable(_("列が多すぎます。表の外（右のほう）に残っている文字を消し、保存し直してください。"))


def column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
