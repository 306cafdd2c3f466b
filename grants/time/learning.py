"""E-learning and correspondence as the grants reckon them: days of access and units with their standard time."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from courses.models import Run, Unit
from courses.models.catalogue.courses import Method
from courses.queries.elearning.units import units_of_run
from courses.queries.seats.terms import promised_hours
from firms.queries.prepared import Prepared
from grants.time.lessons import CountedLesson, lessons_by_run

ONLINE = (Method.E_LEARNING, Method.CORRESPONDENCE)
MINUTES_OF_HOUR = 60


@dataclass(frozen=True)
class OnlineTraining:
    """What a run learned online consists of; `versions` leads from each unit to all it replaces, itself first, and
    `known` are all units of the course, whatever became of them."""

    first: date | None
    last: date | None
    units: list[Unit]
    standard_minutes: int
    versions: dict[int, list[int]] = field(default_factory=dict)
    has_lessons: bool = False
    known: dict[int, Unit] = field(default_factory=dict)


def is_online(run: Run) -> bool:
    return run.course.method in ONLINE


def last_day(run: Run) -> date | None:
    """The last day of the training as it is planned now; None while it has no days."""
    if is_online(run):
        return run.learn_until
    last = run.lessons.order_by("starts_at").last()
    return last.on if last else None


def online_training(run: Run) -> OnlineTraining:
    return online_trainings([run], lessons=lessons_by_run([run.pk]))[run.pk]


def online_trainings(
    runs: Collection[Run], *, lessons: Mapping[int, Collection[CountedLesson]]
) -> dict[int, OnlineTraining]:
    """Of those learned online, with `course`. Two queries however many of them."""
    online = {run.pk: run for run in runs if is_online(run)}
    if not online:
        return {}
    known: dict[int, list[Unit]] = defaultdict(list)
    for unit in units_in_order(tuple({run.course_id for run in online.values()})):
        known[unit.course_id].append(unit)
    hours = promised_hours(online.values())
    return {
        pk: trained_online(run, known[run.course_id], hours=hours[pk], has_lessons=bool(lessons.get(pk)))
        for pk, run in online.items()
    }


@Prepared
def units_in_order(courses: tuple[int, ...]) -> QuerySet[Unit]:
    return Unit.objects.filter(course__in=courses).order_by("number", "pk")


def trained_online(run: Run, known: list[Unit], *, hours: Decimal, has_lessons: bool) -> OnlineTraining:
    """Where the college entered no units the hours people applied for are the standard time."""
    units = units_of_run(run, known)
    minutes = sum(unit.standard_minutes for unit in units) or int(hours * MINUTES_OF_HOUR)
    older = {unit.pk: unit.replaces_id for unit in known}
    versions = {unit.pk: chain(unit.pk, older) for unit in units}
    return OnlineTraining(
        run.learn_from, run.learn_until, units, minutes, versions, has_lessons, {unit.pk: unit for unit in known}
    )


def chain(pk: int, older: dict[int, int | None]) -> list[int]:
    found, before = [pk], older.get(pk)
    while before is not None:
        found.append(before)
        before = older.get(before)
    return found
