"""Which units count where: those a course offers now, and those a run keeps from the day it was opened."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from courses.models import Course, Enrolment, LearningEvent, Run, Unit
from courses.states import GAVE_UP, RunState


def offered_units(course: Course) -> QuerySet[Unit]:
    """Published and in use: what the next run takes with it."""
    return Unit.objects.filter(course=course, published_at__isnull=False, retired_at=None).order_by("number", "pk")


def units_of_run(run: Run, known: Iterable[Unit]) -> list[Unit]:
    """Of the units of its course those the run is taught with."""
    return [unit for unit in known if unit.is_in(run)]


def bound_units(course: Course) -> set[int]:
    """Ids of the units kept by open runs with people in them: their content was promised to these."""
    people = Enrolment.objects.exclude(state__in=GAVE_UP).filter(run=OuterRef("pk"))
    held = Run.objects.filter(Exists(people), course=course, state=RunState.OPEN, kept_units__isnull=False)
    return {pk for run in held for pk in run.kept_units or []}


def runs_behind(course: Course, *, on: date) -> list[Run]:
    """Runs still ahead or under way that keep other units than the course offers now, and in which nobody learned yet."""
    offered = set(offered_units(course).values_list("pk", flat=True))
    learned = LearningEvent.objects.filter(enrolment__run=OuterRef("pk"))
    held = Run.objects.coming(on=on).filter(~Exists(learned), course=course, kept_units__isnull=False)
    return [run for run in held.filter(state=RunState.OPEN) if set(run.kept_units or []) != offered]
