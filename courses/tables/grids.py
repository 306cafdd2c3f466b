"""Bytes become a grid of cells: Excel, and text in whatever coding and with whatever sign between the columns."""

import csv
import re
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import PurePath

from django.utils.translation import gettext as _

Cell = str | float | int | bool | date | datetime | time | timedelta
Grid = list[list[Cell]]

ROW_LIMIT = 200_000
COLUMN_LIMIT = 100
# Cells with something in them that stand far out, and cells that do not say first where they stand.
FAR = re.compile(rb"""\br\s*=\s*["'](?=[A-Za-z]{2}|[A-Za-z]\d{6})([A-Za-z]+)(\d+)["'](?:[^<>"'/]|"[^"]*"|'[^']*')*>""")
NAMELESS = re.compile(rb"""<(?:\w+:)?c(?=[\s>/])(?!\s+r\s*=\s*["'])(?!\s*/>)""")
# Kinds of workbook the reader would open too, with ways of their own to be far too large.
OTHER_BOOKS = {"content.xml", "xl/workbook.bin"}
# What an archive may unfold to: a sheet of that many rows, not a bomb.
UNFOLDED_LIMIT = 400 * 1024 * 1024
TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
ENDINGS = {".xlsx", *TEXT_ENDINGS}
UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Unreadable(Exception):
    """The file as a whole cannot be read; the sentence says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def as_checked(content: bytes, name: str) -> tuple[bytes, str]:
    """What `firms.media` is asked about: text of any coding and ending as the one kind of text it knows."""
    if PurePath(name).suffix.lower() not in TEXT_ENDINGS:
        return content, name
    coding = UTF16.get(content[:2])
    return (content.decode(coding, errors="replace").encode() if coding else content), "table.csv"


def grid_of(content: bytes) -> Grid:
    grid = sheet(content) if content.startswith(b"PK\x03\x04") else lines(text_of(content))
    if len(grid) > ROW_LIMIT:
        raise too_many_rows()
    return grid


def too_many_rows() -> Unreadable:
    return Unreadable(
        _("行が多すぎます。1つのファイルは%(limit)s行までです。分けて取り込んでください。")
        % {"limit": f"{ROW_LIMIT:,}"}
    )


def sheet(content: bytes) -> Grid:
    """The first sheet with anything in it."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        guard_extent(content)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = (book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names)
        return next((found for found in sheets if any(cell != "" for row in found for cell in row)), [])
    except (CalamineError, zipfile.BadZipFile) as broken:
        raise Unreadable(
            _("Excelのファイルを開けません。壊れているか、パスワードが付いています。保存し直してください。")
        ) from broken


def guard_extent(content: bytes) -> None:
    """Before anything is read: the reader lays out every cell up to the farthest, and a few bytes can name one far away.

    Each part is unfolded, which also proves the size the archive claims for it.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
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


def text_of(content: bytes) -> str:
    coding = UTF16.get(content[:2])
    for name in (coding,) if coding else ("utf-8-sig", "cp932"):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        _("文字コードを読み取れません。Excelで開き、「CSV UTF-8」または「Excelブック」で保存し直してください。")
    )


def lines(text: str) -> Grid:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True))  # type: ignore[arg-type]
    except csv.Error as broken:
        raise Unreadable(
            _('CSVの区切りを読み取れません。引用符（"）が閉じていないところがないか確かめてください。')
        ) from broken


def delimiter_of(text: str) -> str:
    """The sign that stands most often in the first lines; a comma where none does."""
    head = text[:4000]
    return max(",\t;", key=head.count)
