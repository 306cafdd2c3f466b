"""The catalogue: courses by words and facets, what one may choose from, and the runs a course offers."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast
from django.utils import timezone

from courses.hooks import may_draw_grant
from courses.models import Course, CourseSkill, Lesson, Run
from courses.models.catalogue.courses import CourseQuerySet
from courses.models.catalogue.runs import RunQuerySet
from courses.states import RunState
from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import registered

# The municipality of an address, with or without its prefecture: 大田区, 川崎市, 西多摩郡檜原村.
MUNICIPALITY = re.compile(r"^(?:東京都|北海道|京都府|大阪府|.{2,3}県)?([^市郡]{1,4}?区|.+?市|.+?郡.+?[町村]|.+?[町村])")
# Facets whose word stands in a column of the course as it is.
COLUMNS = ("field", "level", "method", "timing", "college")
RANGES = {"hours_from": "hours__gte", "hours_to": "hours__lte", "fee_from": "fee_yen__gte", "fee_to": "fee_yen__lte"}
SORTS = {"": ("closes", "title"), "title": ("title",), "fee": ("fee_yen", "title"), "hours": ("hours", "title")}


def listed_matching(facets: Mapping[str, Any], *, on: date) -> CourseQuerySet:
    """`facets` is the cleaned search form; what is empty asks nothing."""
    chosen = {name: facets[name] for name in COLUMNS if facets.get(name)}
    ranges = {asks: facets[name] for name, asks in RANGES.items() if facets.get(name) is not None}
    taught = registered(on, organisation="college")
    found = Course.objects.listed().filter(taught, **chosen, **ranges).matching(facets.get("q") or "")
    if facets.get("skill"):
        found = found.filter(pk__in=CourseSkill.objects.filter(item=facets["skill"]).order_by().values("course"))
    if facets.get("area"):
        found = found.filter(pk__in=held_in(facets["area"], on=on))
    if facets.get("is_open"):
        found = found.filter(Exists(Run.objects.bookable(on=on).filter(course=OuterRef("pk"))))
    return may_draw_grant(found) if facets.get("may_grant") else found


def held_in(area: str, *, on: date) -> Any:
    """The courses with a run there that still takes applications or will."""
    ahead = Run.objects.filter(state=RunState.OPEN, apply_until__gte=on, venue_address__contains=area)
    return ahead.order_by().values("course")


def sorted_by(courses: CourseQuerySet, sort: str, *, on: date) -> CourseQuerySet:
    """The plain order puts what closes next first, and what takes no applications last."""
    keys = SORTS.get(sort, SORTS[""])
    if "closes" not in keys:
        return courses.order_by(*keys, "pk")
    return courses.annotate(closes=closes_next(on)).order_by(F("closes").asc(nulls_last=True), "title", "pk")


def closes_next(on: date) -> Subquery:
    """The nearest last day of application among the runs of a course: one step down an index for each course."""
    ahead = Run.objects.bookable(on=on).filter(course=OuterRef("pk")).order_by("apply_until")
    return Subquery(ahead.values("apply_until")[:1])


@dataclass(frozen=True)
class Choices:
    """What listed courses and open runs let one choose from: colleges by id, areas, and keys of skill items."""

    colleges: list[tuple[str, str]]
    areas: list[str]
    items: list[str]


def facet_choices(*, on: date) -> Choices:
    """One query for all three."""
    text = CharField()
    teaching = (
        Organisation.objects.registered_on(on)
        .filter(Exists(Course.objects.listed().filter(college=OuterRef("pk"))))
        .order_by()
    )
    colleges = teaching.values_list(Value("college", text), Cast("pk", text), F("name"))
    held = Run.objects.filter(state=RunState.OPEN).exclude(venue_address="").order_by()
    places = held.values_list(Value("place", text), F("venue_address"), Value("", text)).distinct()
    tagged = CourseSkill.objects.order_by().values_list(Value("item", text), F("item"), Value("", text)).distinct()
    found = sorted(colleges.union(places, tagged).order_by(), key=lambda row: (row[0], row[2], row[1]))
    return Choices(
        colleges=[(key, name) for kind, key, name in found if kind == "college"],
        areas=sorted({area for kind, key, _name in found if kind == "place" and (area := municipality(key))}),
        items=[key for kind, key, _name in found if kind == "item"],
    )


def municipality(address: str) -> str:
    """The 区市町村 an address lies in; empty where it names none."""
    found = MUNICIPALITY.match(address)
    return found[1] if found else ""


def next_runs(courses: Collection[Course], *, on: date) -> dict[int, Run]:
    """The earliest run of each course that can still be booked, by course, in one query."""
    runs = Run.objects.bookable(on=on).filter(course__in=courses).with_dates().with_seats()
    ordered = runs.order_by(F("first_at").asc(nulls_last=True), "pk")
    found = {run.course_id: run for run in reversed(ordered)} if courses else {}
    for course in courses:
        if run := found.get(course.pk):
            run.course = course
    return found


def runs_for(acting: Acting | None, course: Course) -> RunQuerySet:
    """The runs of a course this visitor may see, with their dates, seats and queue."""
    runs = Run.objects.visible_to(acting).filter(course=course)
    return runs.with_dates().with_seats().with_queue().prefetch_related("lessons__breaks")


@dataclass(frozen=True)
class Opening:
    """A run in the calendar, on the day it begins; one to learn online at any hour has no time."""

    on: date
    starts_at: datetime | None
    ends_at: datetime | None
    run_id: int
    title: str
    field: str
    college: str
    apply_until: date


def openings(courses: CourseQuerySet, *, first: date, last: date) -> list[Opening]:
    """Open runs of these courses that begin in the span, in order. Two queries, and only the columns the page shows."""
    listed = courses.order_by().values("pk")
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    lessons = Lesson.objects.filter(number=1, starts_at__gte=begin, starts_at__lt=end)
    meeting = (
        lessons.filter(run__state=RunState.OPEN, run__course__in=listed)
        .order_by("starts_at", "pk")
        .values_list("starts_at", "ends_at", "run_id", *(f"run__{name}" for name in SHOWN))
    )
    online = Run.objects.filter(learn_from__range=(first, last), state=RunState.OPEN, course__in=listed, lessons=None)
    found = [Opening(timezone.localtime(row[0]).date(), *row) for row in meeting]
    found += [Opening(row[0], None, None, *row[1:]) for row in online.values_list("learn_from", "pk", *SHOWN)]
    return sorted(found, key=lambda one: one.on)


SHOWN = ("course__title", "course__field", "course__college__name", "apply_until")


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
