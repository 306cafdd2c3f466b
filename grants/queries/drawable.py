"""Which courses some scheme of the state could pay for, by the figures in force: length, subject, whether it takes plans."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from courses.models import Course, Run
from courses.models.catalogue.courses import CourseQuerySet, Field
from grants.rules import Window, figure, open_menus
from grants.time.learning import is_online
from grants.time.windows import plan_window_of

RESKILLING = "reskilling"
# 事業展開等リスキリング支援コース is for DX and GX; the general one for any training of the job.
OF_FIELDS = {RESKILLING: (Field.DX, Field.GX)}
GENERAL = "hrd_support"


def may_draw(courses: CourseQuerySet, *, on: date) -> CourseQuerySet:
    """Those long enough for a scheme that takes plans that day and fits their subject."""
    asked = Q(pk__in=[])
    for menu in open_menus(on):
        if menu.scheme in OF_FIELDS:
            asked |= Q(field__in=OF_FIELDS[menu.scheme])
        elif menu.scheme == GENERAL:
            asked |= Q(field__in=Field.values)
    return courses.filter(asked, hours__gte=least_hours(on))


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
    fitting = [menu for menu in open_menus(on) if fits(menu.scheme, course)]
    dated = [(run, first_day(run)) for run in runs]
    return Drawable(
        titles=[menu.title for menu in fitting],
        least_hours=least,
        is_long_enough=course.hours >= least,
        runs=[RunWindow(run, day, plan_window_of(RESKILLING, day)) for run, day in dated if day and day > on],
    )


def fits(scheme: str, course: Course) -> bool:
    return course.field in OF_FIELDS.get(scheme, (course.field,)) and (scheme in OF_FIELDS or scheme == GENERAL)


def first_day(run: Run) -> date | None:
    if is_online(run):
        return run.learn_from
    first_at = getattr(run, "first_at", None)
    return timezone.localdate(first_at) if first_at else None
