"""Days the offices are closed, and civil-code month counting."""

import calendar as months
from datetime import date, timedelta
from functools import lru_cache

import jpholiday

ONE_DAY = timedelta(days=1)
WEEKDAYS = "月火水木金土日"
# 行政機関の休日に関する法律1条1項: 12月29日から1月3日まで（祝日を除く）。
YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
COUNTING = "民法140条・141条・143条"
CLOSED_DAYS = "行政機関の休日に関する法律1条・2条"


@lru_cache(maxsize=4096)
def why_closed(on: date) -> str:
    """Why an administrative office is closed on that day; empty where it is open."""
    holiday = jpholiday.is_holiday_name(on)
    if (on.month, on.day) in YEAR_END:
        return "年末年始の閉庁日"
    if holiday:
        return f"祝日（{holiday}）"
    if on.weekday() >= 5:
        return f"{WEEKDAYS[on.weekday()]}曜日"
    return ""


def is_open(on: date) -> bool:
    return not why_closed(on)


def next_open_day(on: date) -> date:
    while why_closed(on):
        on += ONE_DAY
    return on


def last_open_day(on: date) -> date:
    """That day, or the last one before it on which an office is open."""
    while why_closed(on):
        on -= ONE_DAY
    return on


def open_days_before(on: date, count: int) -> date:
    """The open day that so many open days lie behind when that day has come."""
    for _ in range(count):
        on = last_open_day(on - ONE_DAY)
    return on


def days_in_month(year: int, month: int) -> int:
    return months.monthrange(year, month)[1]


def add_months(start: date, count: int) -> date:
    """The same day so many months later (or, negative, earlier); the month's last day where it does not exist."""
    index = start.year * 12 + start.month - 1 + count
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, days_in_month(year, month)))


def end_of_period(first: date, count: int) -> date:
    """民法143条: the day before the corresponding day, or the month's last day where there is none."""
    corresponding = add_months(first, count)
    return corresponding - ONE_DAY if corresponding.day == first.day else corresponding


def whole_months(first: date, last: date) -> tuple[int, date]:
    """How many whole months fit between two days, both counted, and the first day of what is left over."""
    count = 0
    while end_of_period(first, count + 1) <= last:
        count += 1
    return count, end_of_period(first, count) + ONE_DAY if count else first


def fiscal_year(on: date) -> int:
    return on.year if on.month >= 4 else on.year - 1


def in_words(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日（{WEEKDAYS[on.weekday()]}）"
