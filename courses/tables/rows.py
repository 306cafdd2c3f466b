"""A table of attendance read row by row: what each row says, or the sentence why it says nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.tables.grids import Cell, Grid, Unreadable
from courses.tables.headings import ATTENDANCE_HEADINGS, asks_for_my_number, find_headings
from courses.tables.values import Unclear, came_of, day_of, left_of, minutes_of, presence_of, words
from firms.numbers import refuse_my_number_inside

SAID = ("status", "came", "left", "late", "early")
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
    """`number` as Excel counts; `problem` is a sentence where the row cannot be used; nothing said is `is_blank`."""

    number: int
    run: str = ""
    lesson: int | None = None
    day: date | None = None
    name: str = ""
    kana: str = ""
    mail: str = ""
    present: bool | None = None
    came: time | None = None
    left: time | None = None
    late: int | None = None
    early: int | None = None
    remark: str = ""
    is_blank: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """The whole grid, the row its headings stand in, and which column is which."""

    grid: Grid
    head: int
    columns: dict[str, int]

    @property
    def count(self) -> int:
        return len(self.grid) - self.head - 1


def table_of(grid: Grid, *, lesson_is_known: bool) -> Table:
    """Refuses a file without the columns it takes to know who, where and whether."""
    if asks_for_my_number(grid):
        raise Unreadable(_("マイナンバー（個人番号）の列があります。列を消して保存し直してから取り込んでください。"))
    head, columns = find_headings(grid, ATTENDANCE_HEADINGS)
    missing = [
        label
        for label, fields in (
            (_("「開講番号」"), () if lesson_is_known else ("run",)),
            (_("「回」か「日付」"), () if lesson_is_known else ("lesson", "day")),
            (_("「氏名」「フリガナ」「メール」のどれか"), ("name", "family", "kana", "mail")),
            (_("「出欠」「入室」「退室」「遅刻」「早退」のどれか"), SAID),
        )
        if fields and not set(fields) & set(columns)
    ]
    if missing:
        raise Unreadable(
            _("見出しの行に%(missing)sの列が見つかりません。見本のファイルの見出しに合わせてください。")
            % {"missing": "、".join(missing)}
        )
    return Table(grid, head, columns)


def rows_of(table: Table) -> Iterator[TableRow]:
    """Rows without a single entry are passed by."""
    readers = [(field, READERS[field], column) for field, column in table.columns.items()]
    for number, cells in enumerate(table.grid[table.head + 1 :], start=table.head + 2):
        if any(cell != "" for cell in cells):
            yield row_of(number, cells, readers)


def row_of(number: int, cells: list[Cell], readers: list[tuple[str, Callable[[Cell], object], int]]) -> TableRow:
    said: dict[str, object] = {}
    problem = ""
    for field, read, column in readers:
        cell = cells[column] if column < len(cells) else ""
        if cell == "":
            continue
        try:
            said[field] = read(cell)
        except Unclear:
            problem = problem or unclear(field, cell)
        except ValidationError as refused:
            problem = problem or refused.messages[0]
    family, given = said.pop("family", ""), said.pop("given", "")
    if family and not said.get("name"):
        said["name"] = f"{family} {given}".strip()
    present = said.pop("status", None)
    row = TableRow(number=number, present=present, problem=problem, **said)  # type: ignore[arg-type]
    row.is_blank = not problem and present is None and not any(said.get(field) is not None for field in SAID)
    return row


def unclear(field: str, cell: Cell) -> str:
    return _("「%(column)s」の「%(cell)s」を読み取れません。%(example)s") % {
        "column": LABELS[field],
        "cell": str(cell)[:40],
        "example": EXAMPLES[field](),
    }


EXAMPLES: dict[str, Callable[[], str]] = {
    "lesson": lambda: _("「1」や「第1回」のように書いてください。"),
    "day": lambda: _("「2027/2/3」や「令和9年2月3日」のように書いてください。"),
    "status": lambda: _("「出席」か「欠席」と書いてください。"),
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
