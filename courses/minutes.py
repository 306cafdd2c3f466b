"""The reckoning of minutes: a span in the room without the meals that fall into it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from courses.models.catalogue.runs import LessonBreak


def shared(start: datetime, end: datetime, *, other_start: datetime, other_end: datetime) -> timedelta:
    """How long two spans run at the same time; nothing where they do not meet."""
    return max(min(end, other_end) - max(start, other_start), timedelta(0))


def attended_minutes(came_at: datetime, left_at: datetime, *, pauses: Iterable[LessonBreak]) -> int:
    """Meals never count; short breaks stay in, as the grants' own rules decide how many of them count."""
    meals = (
        shared(came_at, left_at, other_start=pause.starts_at, other_end=pause.ends_at)
        for pause in pauses
        if pause.is_meal
    )
    return int((left_at - came_at - sum(meals, timedelta(0))).total_seconds()) // 60


def needed_minutes(planned: int, percent: int) -> int:
    """The least whole minutes that are the share: exactly 80 % is enough, a second less is not."""
    return -(-planned * percent // 100)


def whole_minute(moment: datetime) -> datetime:
    """The minute a moment lies in: until when somebody was surely there who goes."""
    return moment.replace(second=0, microsecond=0)


def whole_minute_after(moment: datetime) -> datetime:
    """The next whole minute, unless it is one: from when somebody was surely there who comes."""
    floor = whole_minute(moment)
    return floor if floor == moment else floor + timedelta(minutes=1)
