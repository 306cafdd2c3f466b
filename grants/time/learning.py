"""E-learning and correspondence as the grants reckon them: days of access and units with their standard time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from courses.models import Lesson, Run, Unit
from courses.models.catalogue.courses import Method
from courses.queries.elearning.units import units_of_run
from courses.queries.seats.terms import promised_hours

ONLINE = (Method.E_LEARNING, Method.CORRESPONDENCE)
MINUTES_OF_HOUR = 60


@dataclass(frozen=True)
class OnlineTraining:
    """What a run learned online consists of; `versions` leads from each unit to all it replaces, itself first."""

    first: date | None
    last: date | None
    units: list[Unit]
    standard_minutes: int
    versions: dict[int, list[int]] = field(default_factory=dict)
    has_lessons: bool = False


def is_online(run: Run) -> bool:
    return run.course.method in ONLINE


def last_day(run: Run) -> date | None:
    """The last day of the training as it is planned now; None while it has no days."""
    if is_online(run):
        return run.learn_until
    last = run.lessons.order_by("starts_at").last()
    return last.on if last else None


def online_training(run: Run) -> OnlineTraining:
    return online_trainings([run])[run.pk]


def online_trainings(runs: Collection[Run]) -> dict[int, OnlineTraining]:
    """Of those learned online, with `course`. Three queries however many of them."""
    online = {run.pk: run for run in runs if is_online(run)}
    if not online:
        return {}
    with_lessons = set(Lesson.objects.filter(run__in=online).order_by().values_list("run", flat=True))
    known: dict[int, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(course__in={run.course_id for run in online.values()}).order_by("number", "pk"):
        known[unit.course_id].append(unit)
    hours = promised_hours(online.values())
    return {
        pk: trained_online(run, known[run.course_id], hours=hours[pk], has_lessons=pk in with_lessons)
        for pk, run in online.items()
    }


def trained_online(run: Run, known: list[Unit], *, hours: Decimal, has_lessons: bool) -> OnlineTraining:
    """Where the college entered no units the hours people applied for are the standard time."""
    units = units_of_run(run, known)
    minutes = sum(unit.standard_minutes for unit in units) or int(hours * MINUTES_OF_HOUR)
    older = {unit.pk: unit.replaces_id for unit in known}
    versions = {unit.pk: chain(unit.pk, older) for unit in units}
    return OnlineTraining(run.learn_from, run.learn_until, units, minutes, versions, has_lessons)


def chain(pk: int, older: dict[int, int | None]) -> list[int]:
    found, before = [pk], older.get(pk)
    while before is not None:
        found.append(before)
        before = older.get(before)
    return found
