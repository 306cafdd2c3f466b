"""The days at work: what the terms planned, the minutes that were worked, breaks, overtime within the agreement, and days of approval."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from unicodedata import normalize

import jpholiday

from firms.rules.calendar import WEEKDAYS
from firms.rules.figures import sources
from trials.rules.outcome import answer_due
from trials.rules.tables import Law, current_law

WORKING = "working"
HOUR, DAY = 60, 24 * 60
# 労働基準法施行規則25条の2 and the ministry's reading: where nothing else is agreed, a week runs from Sunday to Saturday.
SUNDAY = 6
NO_AGREEMENT = "労働基準法36条1項; 労働者派遣法44条2項"
SPAN = re.compile(r"(\d{1,2})[::時](\d{2})?分?(?:[-~〜–—ー―−]|から)(翌)?(?:日)?(\d{1,2})[::時](\d{2})?分?")
PLAIN_MINUTES = re.compile(r"(\d{1,3})分")
DAYS_OFF = re.compile(rf"([{WEEKDAYS}]+)(?:曜日?)?")


@dataclass(frozen=True, slots=True)
class Planned:
    """What the terms say of one day, in minutes from its midnight; None where the words are not understood."""

    start: int | None
    end: int | None
    break_minutes: int | None
    is_day_off: bool | None

    @property
    def minutes(self) -> int | None:
        if self.start is None or self.end is None or self.break_minutes is None:
            return None
        return self.end - self.start - self.break_minutes


@dataclass(frozen=True, slots=True)
class Worked:
    on: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What the agency's 36協定 allows: of a day, a month and a year beyond the hours of the law."""

    valid_from: date
    valid_until: date
    day_minutes: int
    month_minutes: int
    year_minutes: int


class OvertimeStanding(StrEnum):
    WITHIN = "within"
    NEAR = "near"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Overtime:
    """`minutes` of the day itself, `month_minutes` of its month up to and with it."""

    on: date
    minutes: int
    month_minutes: int
    standing: OvertimeStanding
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class BreakNeeded:
    minutes: int
    is_enough: bool
    because: str
    source: str


def planned_day(on: date, *, hours: str, breaks: str, days_off: str) -> Planned:
    """From the words the parties have signed. Two spans of hours, a shift system: nobody knows, and nothing is guessed."""
    spans = spans_of(hours)
    start, end = spans[0] if len(spans) == 1 else (None, None)
    return Planned(start, end, minutes_of_breaks(breaks), is_day_off(on, days_off))


def spans_of(text: str) -> list[tuple[int, int]]:
    """`end` lies beyond the day where the shift goes over midnight."""
    found = []
    for match in SPAN.finditer(normalize("NFKC", text).replace(" ", "")):
        start = int(match[1]) * HOUR + int(match[2] or 0)
        end = int(match[4]) * HOUR + int(match[5] or 0)
        found.append((start, end + DAY if end <= start else end))
    return found


def minutes_of_breaks(text: str) -> int | None:
    spans = spans_of(text)
    if spans:
        return sum(end - start for start, end in spans)
    told = PLAIN_MINUTES.findall(normalize("NFKC", text))
    return int(told[0]) if len(told) == 1 else None


def is_day_off(on: date, text: str) -> bool | None:
    named = {WEEKDAYS.index(letter) for letters in DAYS_OFF.findall(without_holidays(text)) for letter in letters}
    if not named:
        return None
    return on.weekday() in named or ("祝" in text and bool(jpholiday.is_holiday(on)))


def without_holidays(text: str) -> str:
    """「祝日」「休日」「年末年始」 hold letters of the week that name no day of it."""
    return re.sub(r"祝日|休日|平日|当日|曜日|毎月|\d+[日月]|月\d+", "", normalize("NFKC", text))


def longest_shift(on: date, *, law: Law | None = None) -> int:
    return (law or current_law()).latest(WORKING, "clock_out.longest_minutes", on).whole


def break_needed(on: date, *, minutes: int, break_minutes: int, law: Law | None = None) -> BreakNeeded:
    """労働基準法34条: of the minutes worked, without the break itself."""
    known = law or current_law()
    for name in ("second", "first"):
        over = known.latest(WORKING, f"breaks.{name}_over_minutes", on)
        least = known.latest(WORKING, f"breaks.{name}_minutes", on)
        if minutes > over.whole:
            enough = break_minutes >= least.whole
            because = f"労働時間が{in_hours(over.whole)}を超えるため、休憩は{least.whole}分以上要ります（記録は{break_minutes}分）。"
            return BreakNeeded(least.whole, enough, because, sources(over, least))
    over = known.latest(WORKING, "breaks.first_over_minutes", on)
    return BreakNeeded(0, True, f"労働時間が{in_hours(over.whole)}以内のため、休憩の定めはありません。", sources(over))


def overtime_days(
    days: Iterable[Worked], *, agreements: Sequence[Limits] = (), law: Law | None = None
) -> tuple[Overtime, ...]:
    """Beyond the hours of a day, then beyond those of a week; each day against the agreement in force on it."""
    known = law or current_law()
    found: list[Overtime] = []
    ordinary: dict[date, int] = {}
    for day in sorted(days, key=lambda one: one.on):
        daily = known.latest(WORKING, "hours.daily_minutes", day.on)
        weekly = known.latest(WORKING, "hours.weekly_minutes", day.on)
        by_day = max(0, day.minutes - daily.whole)
        week, before = week_of(day.on), ordinary.get(week_of(day.on), 0)
        within_day = day.minutes - by_day
        by_week = max(0, before + within_day - max(weekly.whole, before))
        ordinary[week] = before + within_day
        agreement = next((one for one in agreements if one.valid_from <= day.on <= one.valid_until), None)
        found.append(judged(day.on, by_day + by_week, found, agreement, known))
    return tuple(found)


def week_of(on: date) -> date:
    """The Sunday it begins with."""
    return on - timedelta(days=(on.weekday() - SUNDAY) % 7)


def judged(on: date, minutes: int, before: Sequence[Overtime], agreement: Limits | None, law: Law) -> Overtime:
    month = minutes + sum(one.minutes for one in before if (one.on.year, one.on.month) == (on.year, on.month))
    if minutes == 0:
        daily = law.latest(WORKING, "hours.daily_minutes", on)
        return Overtime(on, 0, month, OvertimeStanding.WITHIN, "法定労働時間の中です。", sources(daily))
    if agreement is None:
        because = f"時間外労働が{in_hours(minutes)}ありますが、この日に有効な派遣元の36協定が登録されていません。"
        return Overtime(on, minutes, month, OvertimeStanding.OVER, because, NO_AGREEMENT)
    year = minutes + sum(one.minutes for one in before if one.on >= agreement.valid_from)
    near = law.latest(WORKING, "overtime.near_percent", on)
    for label, used, most in (
        ("1日", minutes, agreement.day_minutes),
        ("1か月", month, agreement.month_minutes),
        ("協定の期間", year, agreement.year_minutes),
    ):
        told = f"{label}の時間外労働は{in_hours(used)}で、協定の限度は{in_hours(most)}です。"
        if used > most:
            return Overtime(on, minutes, month, OvertimeStanding.OVER, told, NO_AGREEMENT)
    if month * 100 >= agreement.month_minutes * int(near.ratio * 100):
        because = f"1か月の時間外労働が{in_hours(month)}になり、協定の限度{in_hours(agreement.month_minutes)}に近づいています。"
        return Overtime(on, minutes, month, OvertimeStanding.NEAR, because, sources(near, also=(NO_AGREEMENT,)))
    because = f"時間外労働は{in_hours(minutes)}で、派遣元の36協定の中です。"
    return Overtime(on, minutes, month, OvertimeStanding.WITHIN, because, NO_AGREEMENT)


def agreement_fault(
    *, on: date, month_minutes: int, year_minutes: int, special_month_minutes: int | None, law: Law | None = None
) -> tuple[str, str] | None:
    """Why an agreement cannot be one: beyond what the law lets be agreed; sentence and source."""
    known = law or current_law()
    month, year = (known.latest(WORKING, f"overtime.{name}_minutes", on) for name in ("month", "year"))
    special = known.latest(WORKING, "overtime.special_month_minutes", on)
    if month_minutes > month.whole:
        return f"特別条項のない1か月の限度は{in_hours(month.whole)}です。", sources(month)
    if year_minutes > year.whole:
        return f"特別条項のない1年の限度は{in_hours(year.whole)}です。", sources(year)
    if special_month_minutes is not None and special_month_minutes >= special.whole:
        return f"特別条項でも、1か月は{in_hours(special.whole)}に満たない時間でなければなりません。", sources(special)
    return None


def approval_due(arrived_on: date, *, law: Law | None = None) -> date:
    known = law or current_law()
    return answer_due(arrived_on, working_days=known.latest(WORKING, "approval.working_days", arrived_on).whole).due


def approval_escalates(due: date, *, law: Law | None = None) -> date:
    known = law or current_law()
    return answer_due(due, working_days=known.latest(WORKING, "approval.escalates_after", due).whole).due


def link_days(on: date, *, law: Law | None = None) -> int:
    return (law or current_law()).latest(WORKING, "link.days", on).whole


def clear_up_after(on: date, *, law: Law | None = None) -> date:
    """When a host that has not tidied up is reminded."""
    return on + timedelta(days=(law or current_law()).latest(WORKING, "clear_up.days", on).whole)


def in_hours(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    return f"{hours}時間{rest}分" if hours and rest else f"{hours}時間" if hours else f"{rest}分"
