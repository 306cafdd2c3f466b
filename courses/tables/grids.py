"""Text becomes a grid of cells, in whatever coding and with whatever sign between the columns."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import PurePath

from firms.words.saying import said as _

Cell = str | float | int | bool | date | datetime | time | timedelta
Grid = list[list[Cell]]

ROW_LIMIT = 200_000
COLUMN_LIMIT = 100
TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
ENDINGS = {".xlsx", *TEXT_ENDINGS}
SEPARATORS = ",\t;"
# The first line by which Excel is told the sign.
SEPARATOR_TOLD = re.compile(r"sep=(.)\r?\n", re.I)
UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class Sheet:
    """One grid of a file; text has but one, without a name."""

    grid: Grid
    name: str = ""
    is_hidden: bool = False


class Unreadable(Exception):
    """The file as a whole cannot be read; the sentence says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def as_checked(content: bytes, name: str) -> tuple[bytes, str]:
    """What `firms.files.media` is asked about: text of any coding and ending as the one kind of text it knows."""
    if PurePath(name).suffix.lower() not in TEXT_ENDINGS:
        return content, name
    coding = UTF16.get(content[:2])
    return (content.decode(coding, errors="replace").encode() if coding else content), "table.csv"


def too_many_rows() -> Unreadable:
    return Unreadable(
        _("行が多すぎます。1つのファイルは%(limit)s行までです。分けて取り込んでください。")
        % {"limit": f"{ROW_LIMIT:,}"}
    )


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
    """The cells between the sign that parts the most lines into equally many."""
    told = SEPARATOR_TOLD.match(text)
    grids = list(filter(None, (parted(text, sign) for sign in (told.group(1) if told else SEPARATORS))))
    if not grids:
        raise Unreadable(_('CSVの区切りを読み取れません。引用符（"）が閉じていないところがないか確かめてください。'))
    return max(grids, key=evenness)


def parted(text: str, sign: str) -> Grid | None:
    """None where the quotes do not agree with this sign."""
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=sign, strict=True))  # type: ignore[arg-type]
    except csv.Error:
        return None


def evenness(grid: Grid) -> tuple[int, int]:
    """How many lines have the width that most lines of more than one column have, and that width."""
    widths = Counter(len(row) for row in grid if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
