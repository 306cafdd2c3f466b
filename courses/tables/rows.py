"""A table of attendance read row by row: what each row says, or the sentence why it says nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from courses.tables.grids import Cell, Grid, Unreadable
from courses.tables.headings import A_DAY, ATTENDANCE_HEADINGS, Head, asks_for_my_number, head_of
from courses.tables.values import (
    Presence,
    Unclear,
    came_of,
    day_beside_clock,
    day_of,
    left_of,
    minutes_of,
    presence_of,
    spelt_day,
    words,
)
from firms.numbers import refuse_my_number_inside
from firms.words.saying import said as _

SAID = ("status", "came", "left", "late", "early")
LESSON_NUMBER = re.compile(r"第?\s*(\d{1,3})\s*回")
WHOLE_DAY = re.compile(A_DAY)
LABELS = {
    "lesson": "回",
    "day": "日付",
    "status": "出欠",
    "came": "入室",
    "left": "退室",
    "late": "遅刻",
    "early": "早退",
}


@dataclass(slots=True)
class TableRow:
    """`number` as Excel counts; `problem` is a sentence where the row cannot be used; nothing said is `is_blank`.

    `parts` names what is missing of the whole without the minutes of it (`late`, `early`, or `either`); `came_on` and `left_on`
    are days that stand with the clocks. `beside` is the head of the columns, where several lessons stand side by side.
    """

    number: int
    run: str = ""
    lesson: int | None = None
    day: date | None = None
    name: str = ""
    kana: str = ""
    mail: str = ""
    present: bool | None = None
    parts: frozenset[str] = frozenset()
    came: time | None = None
    came_on: date | None = None
    left: time | None = None
    left_on: date | None = None
    late: int | None = None
    early: int | None = None
    remark: str = ""
    beside: str = ""
    is_blank: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """The whole grid and its heading rows."""

    grid: Grid
    heading: Head

    @property
    def head(self) -> int:
        return self.heading.last

    @property
    def heads(self) -> Grid:
        return self.grid[self.heading.first : self.heading.last + 1]

    @property
    def fields(self) -> set[str]:
        """What its columns tell, of whichever lesson."""
        beside = self.heading.beside
        told = {field for columns in beside.values() for field in columns}
        return {*self.heading.columns, *told, *(("lesson",) if beside else ())}


def refuse_my_number_column(grid: Grid) -> None:
    if asks_for_my_number(grid):
        raise Unreadable(_("マイナンバー（個人番号）の列があります。列を消して保存し直してから取り込んでください。"))


def table_of(grid: Grid, *, lesson_is_known: bool) -> Table:
    """Refuses a file without the columns it takes to know who, where and whether."""
    table = Table(grid, head_of(grid, ATTENDANCE_HEADINGS))
    missing = [
        label
        for label, fields in (
            (_("「開講番号」"), () if lesson_is_known else ("run",)),
            (_("「回」か「日付」"), () if lesson_is_known else ("lesson", "day")),
            (_("「氏名」「フリガナ」「メール」のどれか"), ("name", "family", "kana", "mail")),
            (_("「出欠」「入室」「退室」「遅刻」「早退」のどれか"), SAID),
        )
        if fields and not set(fields) & table.fields
    ]
    if missing:
        raise Unreadable(
            _("見出しの行に%(missing)sの列が見つかりません。見本のファイルの見出しに合わせてください。")
            % {"missing": "、".join(missing)}
        )
    return table


def is_table(grid: Grid) -> bool:
    """Whether people and their attendance stand in it, of whichever lesson."""
    try:
        table_of(grid, lesson_is_known=True)
    except Unreadable:
        return False
    return True


def rows_of(table: Table) -> Iterator[TableRow]:
    """Rows without a single entry are passed by; where lessons stand side by side, a row tells of each."""
    blocks = [(label, readers_of(table.heading.columns | own)) for label, own in table.heading.beside.items()]
    blocks = blocks or [("", readers_of(table.heading.columns))]
    for number, cells in enumerate(table.grid[table.head + 1 :], start=table.head + 2):
        if any(cell != "" for cell in cells):
            yield from (row_of(number, cells, readers, beside=label) for label, readers in blocks)


Reader = tuple[str, Callable[[Cell], object], int]


def readers_of(columns: dict[str, int]) -> list[Reader]:
    return [(field, READERS[field], column) for field, column in columns.items()]


def row_of(number: int, cells: list[Cell], readers: list[Reader], *, beside: str = "") -> TableRow:
    said: dict[str, object] = {}
    problem = ""
    for field, read, column in readers:
        cell = cells[column] if column < len(cells) else ""
        if cell == "":
            continue
        try:
            said[field] = read(cell)
            if field in ("came", "left"):
                said[f"{field}_on"] = day_beside_clock(cell)
        except Unclear:
            problem = problem or unclear(field, cell)
        except ValidationError as refused:
            problem = problem or refused.messages[0]
    family, given = said.pop("family", ""), said.pop("given", "")
    if family and not said.get("name"):
        said["name"] = f"{family} {given}".strip()
    is_blank = not problem and not any(said.get(field) is not None for field in SAID)
    at_odds = with_presence(said)
    problem = problem or at_odds
    if beside:
        said |= {"beside": beside, **lesson_told(beside)}
    return TableRow(number=number, is_blank=is_blank, problem=problem, **said)  # type: ignore[arg-type]


def with_presence(said: dict[str, Any]) -> str:
    """Minutes told with the mark itself stand with those of their own columns; the sentence where the two are at odds."""
    mark: Presence | None = said.pop("status", None)
    if mark is None:
        return ""
    said |= {"present": mark.present, "parts": mark.parts}
    for field in ("late", "early"):
        told, own = getattr(mark, field), said.get(field)
        if told is not None and own is not None and told != own:
            return _("出欠に書かれた%(column)sの分（%(told)s分）と、%(column)sの列（%(own)s分）が違います。") % {
                "column": LABELS[field],
                "told": told,
                "own": own,
            }
        if told is not None:
            said[field] = told
    return ""


def lesson_told(label: str) -> dict[str, object]:
    """What the head of the columns says of the lesson: its number, its day, or both."""
    number = LESSON_NUMBER.match(label)
    day = WHOLE_DAY.search(label)
    return ({"lesson": int(number.group(1))} if number else {}) | ({"day": spelt_day(day.group())} if day else {})


def unclear(field: str, cell: Cell) -> str:
    return _("「%(column)s」の「%(cell)s」を読み取れません。%(example)s") % {
        "column": LABELS[field],
        "cell": str(cell)[:40],
        "example": EXAMPLES[field](),
    }


EXAMPLES: dict[str, Callable[[], str]] = {
    "lesson": lambda: _("「1」や「第1回」のように書いてください。"),
    "day": lambda: _("「2027/2/3」や「令和9年2月3日」のように書いてください。"),
    "status": lambda: _("「出席」「欠席」か、「遅刻30分」のように書いてください。"),
    "came": lambda: _("「10:05」や「10時5分」のように書いてください。"),
    "left": lambda: _("「16:55」や「16時55分」のように書いてください。"),
    "late": lambda: _("分を数字で書いてください。"),
    "early": lambda: _("分を数字で書いてください。"),
}


def lesson_number(cell: Cell) -> int:
    text = words(cell).replace(" ", "").removeprefix("第").removesuffix("回").removesuffix("コマ")
    if not text.isdecimal() or len(text) > 4:
        raise Unclear(text)
    return int(text)


def safe_words(cell: Cell) -> str:
    text = words(cell)
    refuse_my_number_inside(text)
    return text[:200]


READERS: dict[str, Callable[[Cell], object]] = {
    "run": lambda cell: words(cell).upper(),
    "lesson": lesson_number,
    "day": day_of,
    "name": words,
    "family": words,
    "given": words,
    "kana": words,
    "mail": words,
    "status": presence_of,
    "came": came_of,
    "left": left_of,
    "late": minutes_of,
    "early": minutes_of,
    "remark": safe_words,
}
