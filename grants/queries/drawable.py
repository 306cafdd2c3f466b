"""Which courses some scheme of the state could pay for, by the figures in force: length, subject, whether it takes plans."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from courses.models import Course, Run
from courses.models.catalogue.courses import CourseQuerySet, Field
from grants.rules import Window, figure
from grants.subjects import first_entry, trainings_open
from grants.time.learning import is_online
from grants.time.windows import plan_window_of


def may_draw(courses: CourseQuerySet, *, on: date) -> CourseQuerySet:
    """Those long enough for a scheme that takes plans that day and fits their subject."""
    fields = {field for one in trainings_open(on) for field in one.fields or Field.values}
    return courses.filter(field__in=fields, hours__gte=least_hours(on))


def least_hours(on: date) -> int:
    return figure("hrd_common", "minimum_hours", on).whole


@dataclass(frozen=True)
class RunWindow:
    """Until when the plan for one run can be filed."""

    run: Run
    starts_on: date
    window: Window

    def is_missed(self, today: date) -> bool:
        return today > self.window.last


@dataclass(frozen=True)
class Drawable:
    """What a course could draw, and the days of each of its runs; no firm's data are in it."""

    titles: list[str]
    least_hours: int
    is_long_enough: bool
    runs: list[RunWindow]


def drawable(course: Course, runs: list[Run], *, on: date) -> Drawable:
    """`runs` read `with_dates()`: nothing more is asked of the database."""
    least = least_hours(on)
    fitting = [one for one in trainings_open(on) if one.takes(course)]
    first = next(iter(fitting), first_entry(course))
    dated = [(run, first_day(run)) for run in runs]
    return Drawable(
        titles=[one.title for one in fitting],
        least_hours=least,
        is_long_enough=course.hours >= least,
        runs=[RunWindow(run, day, plan_window_of(first.scheme, day)) for run, day in dated if day and day > on],
    )


def first_day(run: Run) -> date | None:
    if is_online(run):
        return run.learn_from
    first_at = getattr(run, "first_at", None)
    return timezone.localdate(first_at) if first_at else None
