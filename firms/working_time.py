"""所定労働時間 of one day: when a person's pattern has them work, holidays and breaks taken out."""

from collections.abc import Collection
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import jpholiday

from firms.models import Employment, Holiday, WorkingHours, WorkingPattern

TOKYO = ZoneInfo("Asia/Tokyo")
Interval = tuple[datetime, datetime]


def working_intervals(
    whose: Employment | WorkingPattern | None, on: date, holidays: Collection[Holiday]
) -> list[Interval]:
    """From–to, in order and apart; empty on a day off, without a pattern, and outside the employment."""
    if isinstance(whose, Employment):
        return working_intervals(whose.pattern, on, holidays) if whose.lasts_on(on) else []
    if whose is None or not is_working_day(whose, on, holidays):
        return []
    hours = hours_of(whose, on, holidays)
    return [(at(on, start), at(on, end)) for start, end in stretches(hours)] if hours else []


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


def stretches(hours: WorkingHours) -> list[tuple[time, time]]:
    """The hours of a day without the break between."""
    if hours.break_starts_at is None or hours.break_ends_at is None:
        return [(hours.starts_at, hours.ends_at)]
    around = [(hours.starts_at, hours.break_starts_at), (hours.break_ends_at, hours.ends_at)]
    return [(start, end) for start, end in around if start < end]


def at(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock, TOKYO)
