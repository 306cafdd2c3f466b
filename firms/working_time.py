"""所定労働時間 of one day: when a person's pattern has them work, holidays and breaks taken out."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import jpholiday

from firms.models import Employment, Holiday, WorkingHours, WorkingPattern

TOKYO = ZoneInfo("Asia/Tokyo")
Interval = tuple[datetime, datetime]
ONE_DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60


def working_intervals(
    whose: Employment | WorkingPattern | None, on: date, holidays: Collection[Holiday]
) -> list[Interval]:
    """From–to, in order and apart; empty on a day off or of leave, without a pattern, and outside the employment.

    A night shift belongs to the day it begins on; what of it lies after midnight is of the next.
    """
    pattern = whose.pattern if isinstance(whose, Employment) else whose
    if pattern is None:
        return []
    days = [day for day in (on - ONE_DAY, on) if not isinstance(whose, Employment) or whose.works_on(day)]
    midnight, next_midnight = at(on, time()), at(on + ONE_DAY, time())
    worked = (span for day in days for span in shift_of(pattern, day, holidays))
    within = ((max(start, midnight), min(end, next_midnight)) for start, end in worked)
    return [(start, end) for start, end in within if start < end]


def shift_of(pattern: WorkingPattern, on: date, holidays: Collection[Holiday]) -> list[Interval]:
    """The whole of the shift that begins on this day, beyond midnight too."""
    if not is_working_day(pattern, on, holidays):
        return []
    hours = hours_of(pattern, on, holidays)
    return [(after(on, start), after(on, end)) for start, end in stretches(hours)] if hours else []


def working_minutes(whose: Employment | WorkingPattern | None, on: date, holidays: Collection[Holiday]) -> int:
    return sum(int((end - start).total_seconds()) // 60 for start, end in working_intervals(whose, on, holidays))


def is_working_day(pattern: WorkingPattern, on: date, holidays: Collection[Holiday]) -> bool:
    """The establishment's own calendar decides first, then 国民の祝日."""
    own = next((holiday for holiday in holidays if holiday.on == on), None)
    if own:
        return own.is_worked
    return pattern.works_on_public_holidays or not jpholiday.is_holiday(on)


def hours_of(pattern: WorkingPattern, on: date, holidays: Collection[Holiday]) -> WorkingHours | None:
    """The hours of the weekday; a day off that is worked instead (振替) takes those of the first working weekday."""
    by_weekday = {hours.weekday: hours for hours in pattern.hours.all()}
    if on.weekday() in by_weekday:
        return by_weekday[on.weekday()]
    is_worked_instead = any(holiday.on == on and holiday.is_worked for holiday in holidays)
    return by_weekday[min(by_weekday)] if is_worked_instead and by_weekday else None


def stretches(hours: WorkingHours) -> list[tuple[int, int]]:
    """The hours without the break between, in minutes from the beginning of the day; a night goes on behind 1,440."""
    start, end = minute_of(hours.starts_at), minute_of(hours.ends_at)
    end += DAY_MINUTES if end <= start else 0
    if hours.break_starts_at is None or hours.break_ends_at is None:
        return [(start, end)]
    rest, back = (minute + (DAY_MINUTES if minute < start else 0) for minute in map(minute_of, hours.rest))
    return [(first, last) for first, last in ((start, rest), (back, end)) if first < last]


def minute_of(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def at(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock, TOKYO)


def after(on: date, minutes: int) -> datetime:
    return at(on, time()) + timedelta(minutes=minutes)
