"""Which column of a table is which: headings in Japanese or English, in any order, forgiving how they are written."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from courses.tables.grids import Cell, Grid
from courses.tables.values import words

# How far down the headings may stand, below a title and remarks.
HEAD_ROWS = 30
BESIDE = re.compile(r"\([^)]*\)|[\s_・:：*※.\-]")

ATTENDANCE = {
    "run": "開講番号 開講コード 開講 コース番号 run runcode code",
    "lesson": "回 回数 第何回 コマ コマ番号 lesson lessonnumber session",
    "day": "日付 実施日 受講日 出席日 年月日 date day",
    "name": "氏名 受講者氏名 受講者名 受講者 名前 お名前 name fullname",
    "family": "姓 氏 familyname lastname",
    "given": "名 givenname firstname",
    "kana": "フリガナ ふりがな カナ 氏名カナ カナ氏名 氏名フリガナ kana",
    "mail": "メール メールアドレス eメール email mail emailaddress",
    "status": "出欠 出席 出席状況 出欠状況 状況 status attendance",
    "came": "入室 入室時刻 入室時間 開始 出席時刻 来た時刻 came in timein arrival checkin",
    "left": "退室 退室時刻 退室時間 終了 退席時刻 left out timeout departure checkout",
    "late": "遅刻 遅刻分 遅刻時間 late lateminutes",
    "early": "早退 早退分 早退時間 early earlyminutes",
    "remark": "備考 理由 訂正の理由 訂正理由 メモ remark remarks note notes reason",
}
# What is told of each lesson anew, where lessons stand side by side; a column with nothing but the lesson above it tells
# the attendance as a whole.
WHOLE = "status"
OF_ONE_LESSON = frozenset({WHOLE, "came", "left", "late", "early", "remark"})
A_DAY = r"\d{4}[/.\-年]\d{1,2}[/.\-月]\d{1,2}日?"
LESSON_LABEL = re.compile(
    rf"第?\s*\d{{1,3}}\s*回目?\s*(?:\(.*\)|{A_DAY}|\d{{1,2}}[/月]\d{{1,2}}日?)?(?:\([^)]*\))?|{A_DAY}(?:\([^)]*\))?"
)
# The number of the person itself never comes in by a table.
FORBIDDEN = frozenset("マイナンバー 個人番号 mynumber".split())


def table_of(named: Mapping[str, str]) -> dict[str, str]:
    return {heading: field for field, names in named.items() for heading in names.split()}


ATTENDANCE_HEADINGS = table_of(ATTENDANCE)


def plain(cell: Cell) -> str:
    return BESIDE.sub("", words(cell)).lower()


def columns_of(row: Sequence[Cell], headings: Mapping[str, str]) -> dict[str, int]:
    """Field → column; of two columns for one field the first."""
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        field = headings.get(plain(cell)) if isinstance(cell, str) else None
        if field:
            found.setdefault(field, column)
    return found


@dataclass(frozen=True)
class Head:
    """The heading rows of a table, counted from 0: `last` is the one above the first person.

    `columns` is field → column for what is said once a row; `beside` is lesson → its own columns, where lessons stand side by side.
    """

    first: int
    last: int
    columns: dict[str, int]
    beside: dict[str, dict[str, int]]

    @property
    def known(self) -> int:
        return len(self.columns) + sum(map(len, self.beside.values()))


def head_of(grid: Grid, headings: Mapping[str, str]) -> Head:
    """The row, or the two rows one below the other, with the most known headings among the first."""
    found = [one_row(grid, number, headings) for number in range(min(len(grid), HEAD_ROWS))]
    found += [both for single in found[:-1] if (both := two_rows(grid, single, headings))]
    return max(found, key=lambda one: (one.known, one.first - one.last, -one.first), default=Head(0, 0, {}, {}))


def one_row(grid: Grid, number: int, headings: Mapping[str, str]) -> Head:
    beside = {label: {WHOLE: column} for column, cell in enumerate(grid[number]) if (label := lesson_label(cell))}
    columns = columns_of(grid[number], headings)
    return Head(number, number, columns, beside if columns else {})


def two_rows(grid: Grid, upper: Head, headings: Mapping[str, str]) -> Head | None:
    """The row below as a second row of headings; None where it is a row of the table itself."""
    both_rows = grid[upper.first : upper.first + 2]
    above, below = (padded(row, max(map(len, both_rows))) for row in both_rows)
    if not any(map(field_of(headings), below)) or not all(map(field_below(headings), above, below)):
        return None
    columns: dict[str, int] = {}
    beside: dict[str, dict[str, int]] = {}
    label = ""
    for column, (over, under) in enumerate(zip(above, below, strict=True)):
        if over != "":
            label = lesson_label(over)
        field = field_of(headings)(under) or field_of(headings)(over) or (WHOLE if label and over != "" else "")
        if field in OF_ONE_LESSON and label:
            beside.setdefault(label, {}).setdefault(field, column)
        elif field:
            columns.setdefault(field, column)
    both = Head(upper.first, upper.first + 1, columns, beside)
    return both if both.known > upper.known else None


def padded(row: Sequence[Cell], width: int) -> list[Cell]:
    return [*row, *[""] * (width - len(row))]


def field_of(headings: Mapping[str, str]) -> Callable[[Cell], str]:
    return lambda cell: headings.get(plain(cell), "") if isinstance(cell, str) else ""


def field_below(headings: Mapping[str, str]) -> Callable[[Cell, Cell], bool]:
    """Whether what stands below a heading may be a heading too; below a known one only another known one may."""
    known = field_of(headings)

    def may_be(over: Cell, under: Cell) -> bool:
        if under in ("", over) or known(under):
            return True
        return isinstance(under, str) and not known(over) and not lesson_label(over)

    return may_be


def lesson_label(cell: Cell) -> str:
    """第2回 or a whole day, as the head of a column tells which lesson it is about."""
    if isinstance(cell, date):
        return f"{cell:%Y/%m/%d}"
    text = words(cell) if isinstance(cell, str) else ""
    return text if LESSON_LABEL.fullmatch(text) else ""


def asks_for_my_number(grid: Grid) -> bool:
    return any(plain(cell) in FORBIDDEN for row in grid[:HEAD_ROWS] for cell in row if isinstance(cell, str))
