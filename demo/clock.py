"""The clock of the demo's story, which plays months in a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.utils import timezone

from firms.journal import one_act

TOKYO = ZoneInfo("Asia/Tokyo")
NEW_YEAR_REST = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


@contextmanager
def as_of(day: date, clock: str = "14:00") -> Iterator[None]:
    """Moments the database writes by itself are those of the story; append-only rows could not be dated later."""
    moment = at(day, clock)
    with patch("django.utils.timezone.now", lambda: moment), one_act():
        yield


@contextmanager
def an_hour_later() -> Iterator[None]:
    moment = timezone.now() + timedelta(hours=1)
    with patch("django.utils.timezone.now", lambda: moment):
        yield


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), TOKYO)


def is_closed(day: date) -> bool:
    import jpholiday

    return bool(jpholiday.is_holiday(day)) or (day.month, day.day) in NEW_YEAR_REST


def weekday_from(day: date, weekday: int) -> date:
    """The first such weekday on or after `day` that is no holiday."""
    found = day + timedelta(days=(weekday - day.weekday()) % 7)
    while is_closed(found):
        found += timedelta(days=7)
    return found
