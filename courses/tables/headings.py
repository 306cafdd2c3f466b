"""Which column of a table is which: headings in Japanese or English, in any order, forgiving how they are written."""

import re
from collections.abc import Mapping, Sequence

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


def find_headings(grid: Grid, headings: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """The row with the most known headings among the first, and its columns; no columns where there is none."""
    known = [(columns_of(row, headings), number) for number, row in enumerate(grid[:HEAD_ROWS])]
    columns, number = max(known, key=lambda one: (len(one[0]), -one[1]), default=({}, 0))
    return number, columns


def asks_for_my_number(grid: Grid) -> bool:
    return any(plain(cell) in FORBIDDEN for row in grid[:HEAD_ROWS] for cell in row if isinstance(cell, str))
