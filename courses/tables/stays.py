"""Lines of a participant list become stays: whole ones, or joins and leaves to be paired; what is left over is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from itertools import pairwise

from courses.minutes import whole_minute, whole_minute_after
from courses.tables.grids import Cell
from courses.tables.moments import Told, told_of
from courses.tables.people import name_key
from courses.tables.values import Unclear, words
from firms.words.days import day_words
from firms.words.saying import said as _

Span = tuple[datetime, datetime]

JOINED = frozenset("joined join joinedbefore 参加 参加済み 参加しました 以前に参加 入室 入室しました".split())
LEFT = frozenset("left leave 退出 退出済み 退出しました 退室 退室しました".split())


@dataclass
class Attendee:
    """One person of the list, however often they came and went.

    `row` is set where several of one name and no mail were there at once: each stay is then somebody of its own.
    """

    name: str
    mail: str
    row: int | None = None
    spans: list[Span] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    is_several: bool = False

    @property
    def key(self) -> str:
        """What a choice by hand is kept under."""
        told = f"{self.mail.casefold()} {name_key(self.name)}".strip()
        return told if self.row is None else f"{told}#{self.row}"


@dataclass(frozen=True)
class Line:
    """One line of the list: who, and what it tells of coming and going."""

    number: int
    name: str
    mail: str
    cells: dict[str, Cell]

    @property
    def who(self) -> tuple[str, str]:
        return self.mail.casefold(), name_key(self.name)

    def words(self, field: str) -> str:
        return words(self.cells.get(field, ""))

    def told(self, *fields: str) -> str:
        return " ".join(self.words(field) for field in fields)[:60]


@dataclass(frozen=True)
class Clockwork:
    """How the moments of one list are read: the lesson's day, the zone, and the one order of day, month and year."""

    on: date
    zone: tzinfo
    order: str = ""
    another_day: str = ""

    def of(self, line: Line, field: str) -> datetime:
        """Raises Unclear where the text is not understood, or its day not in the order of the list."""
        moments = self.told(line, field).moments(on=self.on, zone=self.zone)
        if self.order not in moments:
            raise Unclear(line.told(field))
        return moments[self.order]

    def told(self, line: Line, field: str) -> Told:
        told = told_of(line.cells.get(field, ""), on=self.on, day=line.cells.get("day", ""))
        if self.another_day and not told.days:
            raise AnotherDay(self.another_day)
        return told

    def touches(self, start: datetime, end: datetime) -> bool:
        return start.date() <= self.on <= end.date()


class AnotherDay(Exception):
    """The list is of another day than the lesson; the day as it is told."""


def person_of(lines: Sequence[Line], *, row: int | None = None) -> Attendee:
    return Attendee(lines[0].name, lines[0].mail, row, rows=[line.number for line in lines])


def stays_of(lines: list[Line], shape: tuple[str, str], clockwork: Clockwork) -> list[Attendee]:
    """Where nothing but a name tells people apart, stays at one time may be of several: each is kept by itself."""
    alone = [person_of([line], row=line.number) for line in lines]
    for one, line in zip(alone, lines, strict=True):
        stay(one, line, shape, clockwork)
    spans = sorted(span for one in alone for span in one.spans)
    is_several = not lines[0].mail and any(after[0] < before[1] for before, after in pairwise(spans))
    if is_several:
        for one in alone:
            one.is_several = True
        return alone
    whole = person_of(lines)
    whole.spans = spans
    whole.problems = [problem for one in alone for problem in one.problems]
    return [whole]


def stay(one: Attendee, line: Line, shape: tuple[str, str], clockwork: Clockwork) -> None:
    try:
        start = clockwork.of(line, shape[0])
        if not line.words(shape[1]):
            one.problems.append((line.number, no_leave(start)))
            return
        end = clockwork.of(line, shape[1])
    except (Unclear, AnotherDay) as unread:
        one.problems.append((line.number, not_read(unread, line.told(*shape), clockwork.on)))
        return
    if end < start:
        problem = _("退出（%(end)s）が参加（%(start)s）より前です。この部分は数えません。")
        one.problems.append((line.number, problem % {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}))
    elif not clockwork.touches(start, end):
        one.problems.append((line.number, other_day(day_words(start.date()), clockwork.on)))
    else:
        one.spans.append((start, end))


def events_of(lines: list[Line], shape: tuple[str, str], clockwork: Clockwork) -> list[Attendee]:
    """Joins and leaves in whatever order the lines are: as many leaves as joins before anybody is gone."""
    one = person_of(lines)
    told: list[tuple[datetime, bool, int]] = []
    for line in lines:
        action = line.words(shape[0]).replace(" ", "").lower()
        try:
            if action not in JOINED | LEFT:
                one.problems.append((line.number, unknown_action(line.words(shape[0]))))
                continue
            moment = clockwork.of(line, shape[1])
            if clockwork.touches(moment, moment):
                told.append((moment, action in LEFT, line.number))
            else:
                one.problems.append((line.number, other_day(day_words(moment.date()), clockwork.on)))
        except (Unclear, AnotherDay) as unread:
            one.problems.append((line.number, not_read(unread, line.told(shape[1]), clockwork.on)))
    pair(one, told)
    return [one]


def pair(one: Attendee, told: list[tuple[datetime, bool, int]]) -> None:
    """A leave ends the last join still open: what is left over is unknown and is not counted."""
    opened: list[tuple[datetime, int]] = []
    for moment, is_leave, number in sorted(told):
        if not is_leave:
            opened.append((moment, number))
            one.is_several = one.is_several or (len(opened) > 1 and not one.mail)
        elif opened:
            one.spans.append((opened.pop()[0], moment))
        else:
            one.problems.append((number, no_join(moment)))
    one.problems += [(number, no_leave(moment)) for moment, number in opened]


def no_leave(start: datetime) -> str:
    return _("%(clock)sに参加したあとの退出の時刻がありません。この部分は数えません。") % {"clock": f"{start:%H:%M}"}


def no_join(end: datetime) -> str:
    return _("%(clock)sに退出する前の参加の時刻がありません。この部分は数えません。") % {"clock": f"{end:%H:%M}"}


def unknown_action(text: str) -> str:
    return _("「%(text)s」が参加か退出か分かりません。この行は数えません。") % {"text": text[:40]}


def other_day(told: str, on: date) -> str:
    return _("コマの日（%(on)s）ではなく、別の日（%(told)s）の記録です。このコマには数えません。") % {
        "on": day_words(on),
        "told": told,
    }


def not_read(unread: Exception, text: str, on: date) -> str:
    if isinstance(unread, AnotherDay):
        return other_day(str(unread), on)
    return _("参加・退出の時刻「%(text)s」を読み取れません。") % {"text": text}


def merged(spans: Sequence[Span], *, start: datetime, end: datetime) -> list[Span]:
    """The union of stays inside the lesson in whole minutes: from the first whole minute there to the last."""
    union: list[Span] = []
    for came, left in sorted((max(came, start), min(left, end)) for came, left in spans):
        if came >= left:
            continue
        if union and came <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], left))
        else:
            union.append((came, left))
    whole = ((whole_minute_after(came), whole_minute(left)) for came, left in union)
    return [span for span in whole if span[0] < span[1]]
