"""When the demo's lessons meet: whole days, evenings, Saturdays; e-learning has none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.clock import is_closed, weekday_from


@dataclass(frozen=True)
class Shape:
    """One meeting a week on `weekday`; `meal` is the hour of the meal, if any."""

    weekday: int
    starts: str
    ends: str
    minutes: int
    meal: tuple[str, str] | None = None


SHAPES = {
    "day": Shape(2, "10:00", "17:00", 360, ("12:00", "13:00")),
    "half": Shape(3, "13:30", "17:30", 240),
    "evening": Shape(1, "18:30", "21:30", 180),
    "online_evening": Shape(0, "18:30", "20:00", 90),
    "anytime": Shape(0, "09:00", "09:01", 0),
    "saturday": Shape(5, "10:00", "17:00", 360, ("12:00", "13:00")),
}


def meetings(shape: Shape, *, first: date, count: int) -> Iterator[date]:
    """Weekly from the first fitting day on, holidays left out."""
    day = weekday_from(first, shape.weekday)
    for _number in range(count):
        yield day
        day += timedelta(days=7)
        while is_closed(day):
            day += timedelta(days=7)
