"""How dates, moments, money and minutes are written on a page; nothing in, nothing out. Where English is read, in English."""

from datetime import date, datetime

from django.utils import timezone

from firms.words.amounts import minutes_words, yen_words
from firms.words.days import ENGLISH_MONTHS, day_words, english_day
from firms.words.saying import said_again
from firms.words.tongues import in_english

# The first day of each era, newest first. 明治 begins here with the solar calendar.
ERAS: tuple[tuple[date, str], ...] = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1873, 1, 1), "明治"),
)
# 明治 counts its years from 1868, five years before the first day above.
FIRST_YEARS = {"明治": 1868}
WEEKDAYS = "月火水木金土日"
ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def local_day(value: date | None) -> date | None:
    """The day in Japan of a date or of a moment."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@said_again
def wareki(value: date | None) -> str:
    """令和8年11月22日; the first year of an era is 元年, a day before the eras keeps its western year."""
    day = local_day(value)
    if not day:
        return ""
    if in_english():
        return english_day(day)
    for start, era in ERAS:
        if day >= start:
            year = day.year - FIRST_YEARS.get(era, start.year) + 1
            return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


@said_again
def wareki_month(value: date | None) -> str:
    """令和8年11月, of any day in it."""
    if value and in_english():
        return f"{ENGLISH_MONTHS[value.month - 1]} {value.year}"
    return wareki(value).partition("月")[0] + "月" if value else ""


@said_again
def jdate(value: date | None) -> str:
    """2026年11月22日（日）"""
    day = local_day(value)
    if not day:
        return ""
    if in_english():
        return f"{ENGLISH_WEEKDAYS[day.weekday()]} {english_day(day)}"
    return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


@said_again
def jday(value: date | None) -> str:
    """2026年11月22日"""
    day = local_day(value)
    return day_words(day) if day else ""


@said_again
def jday_short(value: date | None) -> str:
    """11月22日, where the year is plain"""
    day = local_day(value)
    if not day:
        return ""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]}" if in_english() else f"{day.month}月{day.day}日"


@said_again
def jmonth(value: date | None) -> str:
    """2026年11月"""
    day = local_day(value)
    if not day:
        return ""
    return f"{ENGLISH_MONTHS[day.month - 1]} {day.year}" if in_english() else f"{day.year}年{day.month}月"


@said_again
def jmonth_short(value: date | None) -> str:
    """11月"""
    day = local_day(value)
    if not day:
        return ""
    return ENGLISH_MONTHS[day.month - 1] if in_english() else f"{day.month}月"


@said_again
def jdate_era(value: date | None) -> str:
    """2032年（令和14年）5月10日, for days far ahead that papers write in either way."""
    day = local_day(value)
    if not day or in_english():
        return wareki(day)
    era_year = wareki(day).partition("年")[0]
    return f"{day.year}年（{era_year}年）{day.month}月{day.day}日"


def jtime(value: datetime | None) -> str:
    """14:30"""
    if not value:
        return ""
    return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%H:%M}"


@said_again
def jdatetime(value: datetime | None) -> str:
    """2026年11月22日（日）14:30"""
    return f"{jdate(value)}{' ' * (in_english() and value is not None)}{jtime(value)}"


def yen(value: object) -> str:
    """22,000円"""
    return "" if value is None or value == "" else yen_words(int(value))  # type: ignore[call-overload]


def hm(minutes: int | None) -> str:
    """12時間"""
    return "" if minutes is None else minutes_words(minutes)
