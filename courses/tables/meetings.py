"""Participant lists of meeting tools: who was there when, as Zoom, Teams, Webex and Google Meet write it down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from courses.tables.grids import Cell, Grid, Unreadable
from courses.tables.headings import columns_of, table_of
from courses.tables.moments import days_told, order_of
from courses.tables.stays import Attendee, Clockwork, Line, events_of, stays_of
from courses.tables.values import Unclear, words
from firms.words.saying import said as _

HEADINGS = table_of(
    {
        "name": "名前 氏名 表示名 参加者 参加者名 ユーザー名 ユーザ名 name fullname displayname participant participantname "
        "attendeename username",
        "given": "名 firstname",
        "family": "姓 lastname",
        "mail": "メール メールアドレス eメール 電子メール ユーザーのメール ユーザーのメールアドレス email useremail emailaddress "
        "attendeeemail participantemail",
        "join": "参加時刻 参加時間 参加日時 入室時刻 入室時間 jointime timejoined joined jointimestamp",
        "leave": "退出時刻 退出時間 退出日時 退室時刻 退室時間 leavetime timeexited timeleft left leavetimestamp",
        "first": "最初の参加 最初の参加時刻 最初に参加した時刻 firstjoin firstjointime",
        "last": "最後の退出 最後の退出時刻 最後に退出した時刻 lastleave lastleavetime",
        "action": "ユーザーアクション ユーザーの操作 操作 useraction action",
        "stamp": "タイムスタンプ timestamp",
        "day": "日付 参加日 開催日 実施日 date",
        "waiting": "待機室 待機室内 inwaitingroom",
    }
)
# How a list tells its spans, the most exact first: each stay, each event, or only the first and the last moment.
EVENTS = ("action", "stamp")
SHAPES = (("join", "leave"), EVENTS, ("first", "last"))
YES = {"yes", "はい", "true"}
WHOLE_DAY = re.compile(r"(?<!\d)\d{1,4}[/.\-年]\d{1,2}[/.\-月]\d{1,4}日?(?!\d)")
# The day a list was written out on is not the day it is about.
WRITTEN_OUT = re.compile("出力|作成|印刷|export|generated|created|printed", re.I)
TITLE = re.compile(r"\d+\.\s")


@dataclass
class Meeting:
    """Everybody in the list in the order of their first row, and the lines that were passed by with the reason."""

    people: list[Attendee]
    left_out: list[tuple[int, str, str]]


def meeting_of(grid: Grid, *, on: date, zone: tzinfo) -> Meeting:
    """Times without an offset are in `zone`; a list whose days are not the lesson's refuses each of its lines."""
    section = section_of(grid)
    lines, left_out = lines_of(grid, section)
    clockwork = clockwork_of(lines, section.shape, before=grid[: section.head], on=on, zone=zone)
    read = events_of if section.shape == EVENTS else stays_of
    by_person: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        by_person.setdefault(line.who, []).append(line)
    people = [one for own in by_person.values() for one in read(own, section.shape, clockwork)]
    return Meeting(sorted(people, key=lambda one: one.rows[0]), left_out + other_sections(grid, section))


@dataclass(frozen=True)
class Section:
    """The list that is read: where its headings stand (from 0), its columns, and how it tells of coming and going."""

    head: int
    columns: dict[str, int]
    shape: tuple[str, str]


def section_of(grid: Grid) -> Section:
    """The most exact list of the file; some tools put several below each other."""
    heads = heads_in(grid)
    for shape in SHAPES:
        for number, columns in heads.items():
            if set(shape) <= set(columns):
                return Section(number, columns, shape)
    raise Unreadable(
        _(
            "参加者の一覧として読み取れません。名前と、参加・退出の時刻の列があるCSVを、会議ツールから書き出してください。"
        )
    )


def heads_in(grid: Grid) -> dict[int, dict[str, int]]:
    """The rows that are headings of a list of people."""
    found = {number: columns_of(row, HEADINGS) for number, row in enumerate(grid)}
    return {
        number: columns
        for number, columns in found.items()
        if {"name", "family", "mail"} & set(columns) and any(set(shape) <= set(columns) for shape in SHAPES)
    }


def is_list(grid: Grid) -> bool:
    return bool(heads_in(grid))


def end_of(grid: Grid, section: Section) -> int:
    """Where the list ends: at the title or the headings of the next one; an empty line inside does not end it."""
    heads = heads_in(grid)
    after = range(section.head + 1, len(grid))
    return next((number for number in after if number in heads or is_title(grid[number])), len(grid))


def is_title(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell != ""]
    return len(filled) == 1 and bool(TITLE.match(words(filled[0])))


def lines_of(grid: Grid, section: Section) -> tuple[list[Line], list[tuple[int, str, str]]]:
    lines, left_out = [], []
    for number, row in enumerate(grid[section.head + 1 : end_of(grid, section)], start=section.head + 2):
        if not any(cell != "" for cell in row):
            continue
        cells = {name: row[column] for name, column in section.columns.items() if column < len(row)}
        said = {name: words(cell) for name, cell in cells.items()}
        name = said.get("name") or f"{said.get('family', '')} {said.get('given', '')}".strip()
        mail = said.get("mail", "")
        if not name and not mail:
            left_out.append((number, "", _("名前がない行です。")))
        elif said.get("waiting", "").lower() in YES:
            left_out.append((number, name or mail, _("待機室にいた時間は数えません。")))
        else:
            lines.append(Line(number, name, mail, cells))
    return lines, left_out


def other_sections(grid: Grid, section: Section) -> list[tuple[int, str, str]]:
    """What else stands in the file: lists that tell less exactly of the same people, and whatever follows under a title."""
    heads = heads_in(grid)
    less = _("もっと細かい一覧（%(row)s行目から）を読んだので、この一覧は読んでいません。") % {"row": section.head + 1}
    beside = _("参加者の一覧ではないので、この部分は読んでいません。")
    after = range(end_of(grid, section), len(grid))
    titles = [number for number in after if is_title(grid[number]) and number + 1 not in heads]
    return [
        *((number + 1, "", less) for number in heads if number != section.head),
        *((number + 1, words(next(cell for cell in grid[number] if cell != "")), beside) for number in titles),
    ]


def clockwork_of(lines: list[Line], shape: tuple[str, str], *, before: Grid, on: date, zone: tzinfo) -> Clockwork:
    plain = Clockwork(on, zone)
    told = []
    for line in lines:
        for part in shape:
            try:
                told.append(plain.told(line, part))
            except Unclear:
                # Told with its line when the line itself is read.
                continue
    return Clockwork(on, zone, order_of(told, on=on, zone=zone), another_day_in(before, on=on))


def another_day_in(before: Grid, *, on: date) -> str:
    """A day above the list, where none of those there is the lesson's; the day it was written out on says nothing."""
    found: list[tuple[str, set[date]]] = []
    for row in before:
        if any(WRITTEN_OUT.search(words(cell)) for cell in row):
            continue
        for cell in row:
            days = {cell.date() if isinstance(cell, datetime) else cell} if isinstance(cell, date) else days_named(cell)
            if days:
                found.append((words(cell), days))
    return "" if not found or any(on in days for _text, days in found) else found[0][0][:40]


def days_named(cell: Cell) -> set[date]:
    match = WHOLE_DAY.search(words(cell)) if isinstance(cell, str) else None
    try:
        return set(days_told(match.group(), on=date.max).values()) if match else set()
    except Unclear:
        return set()
