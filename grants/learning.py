"""E-learning and correspondence as the grants reckon them: days of access and units with their standard time."""

from dataclasses import dataclass, field
from datetime import date

from courses.models import Run, Unit
from courses.models.catalogue import Method
from courses.queries.terms import promised_hours
from courses.queries.units import units_of_run

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


def is_online(run: Run) -> bool:
    return run.course.method in ONLINE


def last_day(run: Run) -> date | None:
    """The last day of the training as it is planned now; None while it has no days."""
    if is_online(run):
        return run.learn_until
    last = run.lessons.order_by("starts_at").last()
    return last.on if last else None


def online_training(run: Run) -> OnlineTraining:
    """Where the college entered no units the hours people applied for are the standard time."""
    known = list(run.course.units.order_by("number", "pk"))
    units = units_of_run(run, known)
    minutes = sum(unit.standard_minutes for unit in units) or int(promised_hours(run) * MINUTES_OF_HOUR)
    older = {unit.pk: unit.replaces_id for unit in known}
    versions = {unit.pk: chain(unit.pk, older) for unit in units}
    return OnlineTraining(run.learn_from, run.learn_until, units, minutes, versions)


def chain(pk: int, older: dict[int, int | None]) -> list[int]:
    found, before = [pk], older.get(pk)
    while before is not None:
        found.append(before)
        before = older.get(before)
    return found
