"""The moments of a meeting tool: day, clock and zone in whatever order and language; a text not understood whole is none."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from courses.tables.grids import Cell
from courses.tables.values import Unclear, clock_of, day_beside_clock, folded, spelt_day

FORMULA = re.compile(r'^="?(.*?)"?$')
CLOCK = re.compile(
    r"(?<![\d:])(?:(午前|午後|\b[AP]\.?M\b\.?)\s*)?(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d+)?)?|時(?:(\d{1,2})分(?:(\d{1,2})秒)?)?)"
    r"(?![\d:])(?:\s*([AP])\.?\s?M\b\.?)?",
    re.I,
)
OFFSET = re.compile(r"^\s*\(?(?:GMT|UTC)?\s*([+\-−])(\d{1,2})(?::?(\d{2}))?\)?(?=$|[\s,)])")
ZONE_IN_WORDS = re.compile(r"^\s*\([^)]*\)")
LETTERS = re.compile(r"[A-Za-z]+(?:/[A-Za-z_]+)+|[A-Za-z]+")
HOUR = 60
# Letters that mean one thing alone: CST, BST and IST are hours of several countries each.
ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT"), 0),
    **dict.fromkeys(("JST", "KST"), 9 * HOUR),
    **dict.fromkeys(("HKT", "SGT", "AWST"), 8 * HOUR),
    "ICT": 7 * HOUR,
    "AEST": 10 * HOUR,
    "AEDT": 11 * HOUR,
    "ACST": 9 * HOUR + 30,
    "ACDT": 10 * HOUR + 30,
    "NZST": 12 * HOUR,
    "NZDT": 13 * HOUR,
    "WET": 0,
    **dict.fromkeys(("CET", "WEST"), 1 * HOUR),
    **dict.fromkeys(("CEST", "EET"), 2 * HOUR),
    "EEST": 3 * HOUR,
    "MSK": 3 * HOUR,
    "EDT": -4 * HOUR,
    **dict.fromkeys(("EST", "CDT"), -5 * HOUR),
    "MDT": -6 * HOUR,
    **dict.fromkeys(("MST", "PDT"), -7 * HOUR),
    **dict.fromkeys(("PST", "AKDT"), -8 * HOUR),
    "AKST": -9 * HOUR,
    "HST": -10 * HOUR,
}
ZONE_NAMES = {
    "日本標準時": 9 * HOUR,
    "東京(標準時)": 9 * HOUR,
    "Japan Standard Time": 9 * HOUR,
    "Tokyo Standard Time": 9 * HOUR,
    "協定世界時": 0,
    "Coordinated Universal Time": 0,
    "Greenwich Mean Time": 0,
}
MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
ERA_DAY = re.compile(r"(?:令和|平成|[RH])\.?(?:元|\d{1,2})[年./-]\d{1,2}[月./-]\d{1,2}日?")
NUMBERS_DAY = re.compile(r"(?<!\d)(\d{1,4})\s?[/.\-年]\s?(\d{1,2})\s?[/.\-月]\s?(\d{1,4})日?(?!\d)")
PACKED_DAY = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
MONTH_FIRST = re.compile(rf"\b{MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s*(\d{{4}}))?(?!\d)", re.I)
DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s\-]{MONTH}[\s\-,]*(\d{{4}})?(?!\d)", re.I)
NO_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s?[/月]\s?(\d{1,2})日?(?![\d/])")
WEEKDAYS = re.compile(
    r"[日月火水木金土]曜日?|(?<![^\s(])[日月火水木金土](?![^\s),])|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?",
    re.I,
)
BETWEEN = re.compile(r"[\s,、()\[\]・\-]|\bat\b|(?<=\s)T(?=\s)", re.I)
CENTURY = 2000
# The ways three numbers may be a day, as the places of year, month and day.
ORDERS = {"ymd": (0, 1, 2), "mdy": (2, 0, 1), "dmy": (2, 1, 0)}
ORDERS_OF_TWO = {"mdy": (0, 1), "dmy": (1, 0)}


@dataclass(frozen=True)
class Told:
    """A clock, its zone if one is told, and the days that may be meant, by the order they are read in; none is no day told."""

    clock: time
    zone: tzinfo | None = None
    days: dict[str, date] = field(default_factory=dict)

    def moments(self, *, on: date, zone: tzinfo) -> dict[str, datetime]:
        days = self.days or dict.fromkeys(ORDERS, on)
        return {
            order: datetime.combine(day, self.clock, self.zone or zone).astimezone(zone) for order, day in days.items()
        }


def told_of(cell: Cell, *, on: date, day: Cell = "") -> Told:
    """`day` is what a column of its own says of it; a day without a year is the nearest to `on`. Raises Unclear."""
    if isinstance(cell, datetime | time | timedelta | float):
        clock, beside = clock_of(cell), day_beside_clock(cell)
        if clock is None:
            raise Unclear(str(cell))
        told = Told(clock, days=dict.fromkeys(ORDERS, beside) if beside else {})
    elif isinstance(cell, str):
        told = told_in(cell, on=on)
    else:
        raise Unclear(str(cell))
    return told if told.days or day == "" else Told(told.clock, told.zone, days_told(day, on=on))


def days_told(cell: Cell, *, on: date) -> dict[str, date]:
    if isinstance(cell, date):
        return dict.fromkeys(ORDERS, cell.date() if isinstance(cell, datetime) else cell)
    if not isinstance(cell, str):
        raise Unclear(str(cell))
    days, rest = day_in(folded(cell), on=on)
    if not days or not_understood(rest):
        raise Unclear(cell)
    return days


def told_in(text: str, *, on: date) -> Told:
    """Whatever is no day, no clock, no zone and no weekday makes the whole text unknown."""
    plain = folded(text)
    plain = FORMULA.sub(r"\1", plain).strip() if plain.startswith("=") else plain
    days, without_day = day_in(re.sub(r"(?<=\d)T(?=\d)", " ", plain), on=on)
    clock = CLOCK.search(without_day)
    if clock is None:
        raise Unclear(text)
    zone, after = zone_in(without_day[clock.end() :])
    if not_understood(without_day[: clock.start()]) or not_understood(after):
        raise Unclear(text)
    return Told(clock_told(clock), zone, days)


def not_understood(rest: str) -> str:
    return BETWEEN.sub("", WEEKDAYS.sub("", rest))


def clock_told(match: re.Match[str]) -> time:
    before, hour, minute, second, spelt, spelt_second, letter = match.groups()
    hours = int(hour)
    half = "P" if before == "午後" else "A" if before == "午前" else (before or letter or "")[:1].upper()
    if half:
        if hours > 12 and half == "A":
            raise Unclear(match.group())
        hours = hours % 12 + (12 if half == "P" else 0)
    try:
        return time(hours, int(minute or spelt or 0), int(second or spelt_second or 0))
    except ValueError:
        raise Unclear(match.group()) from None


def zone_in(after: str) -> tuple[tzinfo | None, str]:
    """The zone behind a clock, and what is left of the text."""
    if match := OFFSET.match(after):
        sign, hours, minutes = match.groups()
        shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(shift if sign == "+" else -shift), ZONE_IN_WORDS.sub("", after[match.end() :])
    for name, minutes_east in ZONE_NAMES.items():
        if name in after:
            return timezone(timedelta(minutes=minutes_east)), after.replace(name, " ", 1)
    for match in LETTERS.finditer(after):
        if WEEKDAYS.fullmatch(match.group()):
            continue
        return zone_named(match.group()), after[: match.start()] + " " + after[match.end() :]
    return None, after


def zone_named(letters: str) -> tzinfo:
    if letters.upper() in ZONES:
        return timezone(timedelta(minutes=ZONES[letters.upper()]))
    try:
        if "/" in letters:
            return ZoneInfo(letters)
    except (ZoneInfoNotFoundError, ValueError):
        pass
    raise Unclear(letters)


def day_in(text: str, *, on: date) -> tuple[dict[str, date], str]:
    """The days a text may name, and the text without them. A day that is none, as 2/30, raises Unclear."""
    for pattern, days_of in READERS:
        if match := pattern.search(text):
            days = days_of(match, on)
            if not days:
                raise Unclear(text)
            return days, text[: match.start()] + " " + text[match.end() :]
    return {}, text


def era_day(match: re.Match[str], _on: date) -> dict[str, date]:
    try:
        return dict.fromkeys(ORDERS, spelt_day(match.group()))
    except Unclear:
        return {}


def numbers_day(match: re.Match[str], _on: date) -> dict[str, date]:
    numbers = [int(part) for part in match.groups()]
    places = ORDERS if len(match.group(1)) < 3 else {"ymd": ORDERS["ymd"]}
    found = {order: possible(*(numbers[place] for place in at)) for order, at in places.items()}
    return {order: day for order, day in found.items() if day}


def packed_day(match: re.Match[str], _on: date) -> dict[str, date]:
    day = possible(*map(int, match.groups()))
    return dict.fromkeys(ORDERS, day) if day else {}


def month_first(match: re.Match[str], on: date) -> dict[str, date]:
    month, day, year = match.groups()
    return named_day(month, day, year, on)


def day_first(match: re.Match[str], on: date) -> dict[str, date]:
    day, month, year = match.groups()
    return named_day(month, day, year, on)


def named_day(month: str, day: str, year: str | None, on: date) -> dict[str, date]:
    number = MONTHS[month[:3].lower()]
    found = possible(int(year), number, int(day)) if year else nearest(number, int(day), on)
    return dict.fromkeys(ORDERS, found) if found else {}


def no_year(match: re.Match[str], on: date) -> dict[str, date]:
    numbers = [int(part) for part in match.groups()]
    is_spelt = "月" in match.group()
    orders = {"ymd": (0, 1)} | ({} if is_spelt else ORDERS_OF_TWO)
    found = {order: nearest(numbers[month], numbers[day], on) for order, (month, day) in orders.items()}
    told = {order: day for order, day in found.items() if day}
    return dict.fromkeys(ORDERS, told["ymd"]) if is_spelt and told else told


READERS = (
    (ERA_DAY, era_day),
    (NUMBERS_DAY, numbers_day),
    (PACKED_DAY, packed_day),
    (MONTH_FIRST, month_first),
    (DAY_FIRST, day_first),
    (NO_YEAR, no_year),
)


def possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + CENTURY if year < 100 else year, month, day)
    except ValueError:
        return None


def nearest(month: int, day: int, on: date) -> date | None:
    years = (possible(year, month, day) for year in (on.year, on.year - 1, on.year + 1))
    return min((found for found in years if found), key=lambda found: abs(found - on), default=None)


def order_of(told: Iterable[Told], *, on: date, zone: tzinfo) -> str:
    """The one order of day, month and year for a whole list: of those that read every day, the one that meets `on` the most."""
    fits: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for one in told:
        for order, moment in one.moments(on=on, zone=zone).items():
            fits[order] += 1
            held[order] += moment.date() == on
    return max(ORDERS, key=lambda order: (fits[order], held[order]))
