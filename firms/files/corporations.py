"""The CSV of 法人番号公表サイト (全件データ): thirty columns without a heading, Shift_JIS or Unicode, often in a zip; read as a stream."""

import csv
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from typing import IO

from stdnum.jp import cn

from firms.errors import Refused
from firms.files.opening import ARCHIVE_TROUBLE, parts_of
from firms.words.saying import said as _

# Its places in a line. As far as the thirteenth item (addresses included) a public reader of these files has the same order;
# closing, newest line and フリガナ follow the lists of items the site's API gives, and no line of a real file was tried yet.
NUMBER, NAME, PREFECTURE, CITY, STREET, POSTAL, ABROAD, CLOSED, LATEST, KANA = 1, 6, 9, 10, 11, 15, 16, 18, 23, 28
COLUMNS = 30
# As much as surely holds a Japanese name, by which the coding is known.
BEGINNING = 65_536


@dataclass(frozen=True)
class PublishedCorporation:
    number: str
    name: str
    name_kana: str
    postal_code: str
    address: str
    closed_on: date | None


def corporations_in(file: IO[bytes]) -> Iterator[PublishedCorporation]:
    """Raises Refused with the line that is none of such a file."""
    line = 0
    try:
        with text_in(file) as text:
            lines = csv.reader(text, strict=True)
            for row in lines:
                line = lines.line_num
                yield corporation_of(row, line)
    except (csv.Error, *ARCHIVE_TROUBLE) as trouble:
        raise Refused(
            _("%(line)d行目の先を読めません。公表サイトからダウンロードし直してください。") % {"line": line}
        ) from trouble


@contextmanager
def text_in(file: IO[bytes]) -> Iterator[TextIOWrapper]:
    """Of the file itself, or of the one CSV of the archive it is; whoever opened the file closes it."""
    with csv_in(file) as content:
        text = TextIOWrapper(content, encoding=coding_of(content), newline="")
        try:
            yield text
        finally:
            text.detach()


@contextmanager
def csv_in(file: IO[bytes]) -> Iterator[IO[bytes]]:
    with parts_of(file) as archive:
        if archive is None:
            yield file
            return
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(names) != 1:
            raise Refused(_("zipの中のCSVファイルが一つではありません。都道府県ごとの全件データを選んでください。"))
        with archive.open(names[0]) as part:
            yield part


def coding_of(content: IO[bytes]) -> str:
    beginning = content.read(BEGINNING)
    content.seek(0)
    if beginning.startswith(BOM_UTF8):
        return "utf-8-sig"
    try:
        getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8"


def corporation_of(row: list[str], line: int) -> PublishedCorporation:
    if len(row) != COLUMNS or not cn.is_valid(row[NUMBER]):
        raise Refused(
            _("%(line)d行目は、法人番号公表サイトの全件データの並び（30項目、見出しなし）ではありません。")
            % {"line": line}
        )
    if row[LATEST] != "1":
        raise Refused(
            _("%(line)d行目は過去の履歴です。差分データではなく、全件データを選んでください。") % {"line": line}
        )
    postal = row[POSTAL]
    return PublishedCorporation(
        number=row[NUMBER],
        name=row[NAME],
        name_kana=row[KANA],
        postal_code=f"{postal[:3]}-{postal[3:]}" if postal.isdecimal() else "",
        address=row[ABROAD] or f"{row[PREFECTURE]}{row[CITY]}{row[STREET]}",
        closed_on=day_of(row[CLOSED], line),
    )


def day_of(text: str, line: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(_("%(line)d行目の閉鎖の日付を読めません。") % {"line": line}) from None
