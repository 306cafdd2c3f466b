"""The catalogue: courses by words and facets, and the run a course offers next."""

from collections.abc import Collection
from datetime import date
from typing import Any

from courses.models import Course, Run
from courses.models.catalogue import CourseQuerySet
from courses.models.runs import RunQuerySet
from firms.acting import Acting


def listed_matching(facets: dict[str, Any], *, on: date) -> CourseQuerySet:
    """`facets` is the cleaned search form: q, field, level, method, college, is_open; what is empty asks nothing."""
    chosen = {name: facets[name] for name in ("field", "level", "method", "college") if facets.get(name)}
    found = Course.objects.listed().filter(**chosen).matching(facets.get("q") or "")
    return found.bookable(on=on) if facets.get("is_open") else found


def next_runs(courses: Collection[Course], *, on: date) -> dict[int, Run]:
    """The earliest run of each course that can still be booked, by course, in one query."""
    runs = Run.objects.bookable(on=on).filter(course__in=courses).with_dates().with_seats()
    return {run.course_id: run for run in reversed(runs)} if courses else {}


def runs_for(acting: Acting, course: Course) -> RunQuerySet:
    """The runs of a course this visitor may see, with their dates, seats and queue."""
    runs = Run.objects.visible_to(acting).filter(course=course)
    return runs.with_dates().with_seats().with_queue().prefetch_related("lessons__breaks")
