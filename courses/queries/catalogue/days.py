"""The days of a run: when it begins and ends, and until when one may still turn back."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from courses.models import Lesson, Run

ONE_DAY = timedelta(days=1)


def needed_days(run: Run, lessons: Iterable[Lesson]) -> list[date]:
    """The days somebody who takes part must be there: every lesson's, and both ends of the days of learning."""
    learning = [day for day in (run.learn_from, run.learn_until) if day]
    return sorted({*(lesson.on for lesson in lessons), *learning})


def first_day(run: Run, lessons: Iterable[Lesson]) -> date | None:
    return min(needed_days(run, lessons), default=None)


def last_day(run: Run, lessons: Iterable[Lesson]) -> date | None:
    return max(needed_days(run, lessons), default=None)


def has_begun(run: Run, lessons: Iterable[Lesson], *, on: date) -> bool:
    first = first_day(run, lessons)
    return first is not None and first <= on


def is_over(run: Run, lessons: Iterable[Lesson], *, on: date) -> bool:
    last = last_day(run, lessons)
    return last is not None and last < on


def last_cancel_day(run: Run, lessons: Collection[Lesson]) -> date | None:
    """As the run says, and never later than the day before it begins."""
    first = first_day(run, lessons)
    eve = first - ONE_DAY if first else None
    return min((day for day in (run.cancel_until, eve) if day), default=None)
