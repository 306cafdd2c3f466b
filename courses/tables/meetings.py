"""Participant lists of meeting tools: who was there when, as Zoom, Teams, Webex and Google Meet write it down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from django.utils.translation import gettext as _

from courses.minutes import whole_minute, whole_minute_after
from courses.tables.grids import Cell, Grid, Unreadable
from courses.tables.headings import columns_of, table_of
from courses.tables.people import name_key
from courses.tables.values import words

Span = tuple[datetime, datetime]

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
        "waiting": "待機室 待機室内 inwaitingroom",
    }
)
# How a list tells its spans, the most exact first: each stay, each event, or only the first and the last moment.
SHAPES = (("join", "leave"), ("action", "stamp"), ("first", "last"))
YES = {"yes", "はい", "true"}
LEFT = {"left", "退出", "退出済み", "退室"}
FORMULA = re.compile(r'^="?(.*?)"?$')
DAY = re.compile(r"(\d{1,4})[/.\-年](\d{1,2})[/.\-月](\d{1,4})日?")
CLOCK = re.compile(r"(午前|午後)?\s*(\d{1,2})[:時](\d{2})(?:[:分](\d{2}))?(?:\.\d+)?\s*([AP])?\.?M?\.?", re.I)
OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?\)?\s*$")
UNIVERSAL = re.compile(r"(?:Z|UTC|GMT)\)?\s*$")
CENTURY = 2000


@dataclass
class Attendee:
    """One person of the list, however often they came and went."""

    key: str
    name: str
    mail: str
    spans: list[Span] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def attendees_of(grid: Grid, *, on: date, zone: tzinfo) -> list[Attendee]:
    """Everybody in the list in the order of their first row; times without an offset are in `zone`."""
    head, columns, shape = section_of(grid)
    people: dict[str, Attendee] = {}
    opened: dict[str, datetime] = {}
    for number, row in enumerate(grid[head + 1 :], start=head + 2):
        said = {name: words(row[column]) for name, column in columns.items() if column < len(row)}
        name = said.get("name") or f"{said.get('family', '')} {said.get('given', '')}".strip()
        if is_over(row):
            break
        if not name and not said.get("mail"):
            continue
        if said.get("waiting", "").lower() in YES:
            continue
        key = said.get("mail", "").casefold() or name_key(name)
        person = people.setdefault(key, Attendee(key, name, said.get("mail", "")))
        person.rows.append(number)
        add(person, said, shape, number=number, opened=opened, on=on, zone=zone)
    for key, start in opened.items():
        people[key].problems.append((people[key].rows[-1], no_leave(start)))
    return list(people.values())


def section_of(grid: Grid) -> tuple[int, dict[str, int], tuple[str, str]]:
    """Where the most exact list of the file begins; some tools put several below each other."""
    heads = [(number, columns_of(row, HEADINGS)) for number, row in enumerate(grid)]
    for shape in SHAPES:
        for number, columns in heads:
            if set(shape) <= set(columns) and {"name", "family", "mail"} & set(columns):
                return number, columns, shape
    raise Unreadable(
        _(
            "参加者の一覧として読み取れません。名前と、参加・退出の時刻の列があるCSVを、会議ツールから書き出してください。"
        )
    )


def is_list(grid: Grid) -> bool:
    try:
        section_of(grid)
    except Unreadable:
        return False
    return True


def is_over(row: Sequence[Cell]) -> bool:
    """An empty line, or the title of the next section."""
    filled = [cell for cell in row if cell != ""]
    return not filled or (len(filled) == 1 and bool(re.match(r"\d+\.\s", words(filled[0]))))


def add(
    person: Attendee,
    said: dict[str, str],
    shape: tuple[str, str],
    *,
    number: int,
    opened: dict[str, datetime],
    on: date,
    zone: tzinfo,
) -> None:
    """One stay, or one half of it where the list tells events."""
    try:
        if shape == ("action", "stamp"):
            moment = moment_of(said.get("stamp", ""), on=on, zone=zone)
            if said.get("action", "").lower() not in LEFT:
                opened.setdefault(person.key, moment)
            elif person.key in opened:
                person.spans.append((opened.pop(person.key), moment))
            return
        start = moment_of(said.get(shape[0], ""), on=on, zone=zone)
        if not said.get(shape[1]):
            person.problems.append((number, no_leave(start)))
            return
        end = moment_of(said[shape[1]], on=on, zone=zone)
        if end < start:
            problem = _("退出（%(end)s）が参加（%(start)s）より前です。この部分は数えません。")
            person.problems.append((number, problem % {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}))
            return
        person.spans.append((start, end))
    except ValueError:
        text = " ".join(said.get(part, "") for part in shape)
        problem = _("参加・退出の時刻「%(text)s」を読み取れません。") % {"text": text[:60]}
        person.problems.append((number, problem))


def no_leave(start: datetime) -> str:
    return _("%(clock)sに参加したあとの退出の時刻がありません。この部分は数えません。") % {"clock": f"{start:%H:%M}"}


def moment_of(text: str, *, on: date, zone: tzinfo) -> datetime:
    """ISO, or day and clock in any order of day, month and year: the order that gives the day of the lesson is meant."""
    plain = FORMULA.sub(r"\1", text.strip()).strip() if text.startswith("=") else text.strip()
    try:
        found = datetime.fromisoformat(plain)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(zone)
    except ValueError:
        pass
    without_day = DAY.sub("", plain, count=1)
    clock = clock_in(without_day)
    offset = offset_in(without_day)
    days = days_in(plain) or [on]
    moments = [datetime.combine(day, clock, offset or zone).astimezone(zone) for day in days]
    return next((moment for moment in moments if moment.date() == on), moments[0])


def clock_in(text: str) -> time:
    match = CLOCK.search(text)
    if match is None:
        raise ValueError(text)
    before, hour, minute, second, letter = match.groups()
    hours = int(hour)
    if before or letter:
        is_afternoon = before == "午後" or (letter or "").upper() == "P"
        hours = hours % 12 + (12 if is_afternoon else 0)
    return time(hours, int(minute), int(second or 0))


def offset_in(text: str) -> tzinfo | None:
    if match := OFFSET.search(text):
        sign, hours, minutes = match.groups()
        shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(shift if sign == "+" else -shift)
    return timezone(timedelta(0)) if UNIVERSAL.search(text) else None


def days_in(text: str) -> list[date]:
    """Every day three numbers may mean: year first, month first, day first."""
    match = DAY.search(text)
    if match is None:
        return []
    first, second, third = (int(part) for part in match.groups())
    found = []
    for year, month, day in ((first, second, third), (third, first, second), (third, second, first)):
        try:
            found.append(date(year + CENTURY if year < 100 else year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError(text)
    return found


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
