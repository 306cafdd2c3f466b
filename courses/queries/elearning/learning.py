"""E-learning as others ask for it: when somebody may learn, how far they are, and the log of every step."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from courses.hooks import LearningDays, funded_days
from courses.models import Enrolment, LearningEvent, Lesson, Run, Unit
from courses.models.elearning.learning import EventKind
from courses.states import SEATED, RunState
from firms.models import Employment
from firms.queries.prepared import Prepared
from firms.words.saying import said as _

# What says how far somebody is; the many rows of watched stretches are left where they are.
MILESTONES = (EventKind.OPENED, EventKind.QUIZ_ANSWERED, EventKind.COMPLETED)


@dataclass(frozen=True)
class Gate:
    """Whether somebody may learn that day: before the first day nothing opens, after the last nothing counts."""

    first: date | None
    last: date | None
    because: str
    today: date
    closed: str = ""

    @property
    def opens(self) -> bool:
        """Content may be shown."""
        return not self.closed and self.first is not None and self.first <= self.today

    @property
    def is_over(self) -> bool:
        return self.last is not None and self.last < self.today

    @property
    def counts(self) -> bool:
        """What is done now is recorded."""
        return self.opens and not self.is_over

    @property
    def sentence(self) -> str:
        """Why nothing opens or counts; empty where everything does."""
        if self.closed:
            return self.closed
        if self.first is None:
            return _("学習できる期間がまだ決まっていません。連携校が期間を決めると、ここから学べます。")
        if not self.opens:
            return _("学習は%(day)sから始められます。それより前は、教材を開けません。") % {"day": written(self.first)}
        if self.is_over and self.last:
            return _("学習の期間は%(day)sで終わりました。教材は読めますが、期間が終わったため記録されません。") % {
                "day": written(self.last)
            }
        return ""


def written(day: date) -> str:
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}


def gate_of(enrolment: Enrolment, *, on: date) -> Gate:
    return gates([enrolment], on=on)[enrolment.pk]


def gates(enrolments: Collection[Enrolment], *, on: date) -> dict[int, Gate]:
    """By enrolment id: the only place that knows the days of learning; every page and every action asks here.

    The run's own days of learning (of its lessons where it has none), narrowed by the days of a filed plan.
    """
    prefetch_related_objects(list(enrolments), "run", "employment__establishment")
    undated = {one.run_id for one in enrolments if one.run.learn_from is None}
    lessons = Lesson.objects.filter(run__in=undated).order_by().values("run")
    dated = {
        row["run"]: (timezone.localdate(row["first_at"]), timezone.localdate(row["last_at"]))
        for row in lessons.annotate(first_at=Min("starts_at"), last_at=Max("starts_at"))
    }
    plans = funded_days(enrolments)
    left = left_the_firm(enrolments, on=on)
    return {
        one.pk: narrowed(
            one.run,
            lesson_days=dated.get(one.run_id),
            plan=plans.get(one.pk),
            on=on,
            closed=closed_because(one, has_left=one.pk in left),
        )
        for one in enrolments
    }


def narrowed(
    run: Run, *, lesson_days: tuple[date, date] | None, plan: LearningDays | None, on: date, closed: str
) -> Gate:
    first, last = (run.learn_from, run.learn_until) if run.learn_from else lesson_days or (None, None)
    because = _("連携校が決めた学習期間") if run.learn_from else _("最初のコマの日から最後のコマの日まで")
    if plan and first and last:
        because = plan.because if plan.first > first or plan.last < last else because
        first, last = max(first, plan.first), min(last, plan.last)
    return Gate(first=first, last=last, because=because, today=on, closed=closed)


def closed_because(enrolment: Enrolment, *, has_left: bool) -> str:
    if enrolment.run.state == RunState.CANCELLED:
        return _("この開講は中止になったため、教材は開けません。")
    if enrolment.state not in SEATED:
        return _("受講が決まっていないため、教材は開けません。")
    if has_left:
        return _("申し込んだ会社での在籍が終わっているため、教材は開けません。続けたいときは連携校に相談してください。")
    return ""


def left_the_firm(enrolments: Collection[Enrolment], *, on: date) -> set[int]:
    """Those sent by a firm they do not work for that day; new terms there continue the old."""
    sent = {one.person_id for one in enrolments if one.employment_id}
    employed = Employment.objects.on(on).filter(person__in=sent)
    at_work = set(employed.values_list("person", "establishment__organisation"))
    return {
        one.pk
        for one in enrolments
        if one.employment and (one.person_id, one.employment.establishment.organisation_id) not in at_work
    }


@dataclass(frozen=True)
class UnitProgress:
    """One unit and how far somebody is with it."""

    unit: Unit
    first_opened_at: datetime | None
    completed_at: datetime | None
    best_percent: int | None

    @property
    def is_done(self) -> bool:
        return self.completed_at is not None


@dataclass(frozen=True)
class Progress:
    """The units of one enrolment: those its run is taught with, and older ones this person completed in their time."""

    units: tuple[UnitProgress, ...]

    @property
    def total(self) -> int:
        return len(self.units)

    @property
    def done(self) -> int:
        return sum(one.is_done for one in self.units)

    @property
    def is_complete(self) -> bool:
        return bool(self.units) and self.done == self.total

    @property
    def has_passed_every_quiz(self) -> bool:
        return all(one.is_done for one in self.units if one.unit.kind == "quiz")

    @property
    def minutes_total(self) -> int:
        """標準学習時間 of all units."""
        return sum(one.unit.standard_minutes for one in self.units)

    @property
    def minutes_done(self) -> int:
        """標準学習時間 of the units completed: what the grants count of e-learning."""
        return sum(one.unit.standard_minutes for one in self.units if one.is_done)

    @property
    def first_opened_at(self) -> datetime | None:
        return min((one.first_opened_at for one in self.units if one.first_opened_at), default=None)

    @property
    def last_completed_at(self) -> datetime | None:
        return max((one.completed_at for one in self.units if one.completed_at), default=None)


def progress_of(enrolments: Collection[Enrolment]) -> dict[int, Progress]:
    """By enrolment id, in two queries however many there are, and one where their runs were not read yet."""
    prefetch_related_objects(list(enrolments), "run")
    pks = [one.pk for one in enrolments]
    runs = {one.pk: one.run for one in enrolments}
    courses = {pk: run.course_id for pk, run in runs.items()}
    units: dict[int, list[Unit]] = defaultdict(list)
    for unit in published_units(tuple(set(courses.values()))):
        units[unit.course_id].append(unit)
    marks: dict[int, dict[int, list[LearningEvent]]] = defaultdict(lambda: defaultdict(list))
    for event in milestones_of(tuple(pks)):
        marks[event.enrolment_id][event.unit_id].append(event)
    return {pk: progress(runs[pk], units[courses[pk]], marks[pk]) for pk in pks}


@Prepared
def published_units(courses: tuple[int, ...]) -> QuerySet[Unit]:
    return Unit.objects.filter(course__in=courses, published_at__isnull=False).order_by("number", "pk")


@Prepared
def milestones_of(enrolments: tuple[int, ...]) -> QuerySet[LearningEvent]:
    return LearningEvent.objects.filter(enrolment__in=enrolments, kind__in=MILESTONES).order_by("pk")


def progress(run: Run, units: Sequence[Unit], events: dict[int, list[LearningEvent]]) -> Progress:
    """Whoever completed a version is done with its newer ones too; a version they completed stays theirs."""
    told = {unit.pk: unit_progress(unit, events.get(unit.pk, [])) for unit in units}
    done = {pk for pk, one in told.items() if one.is_done}
    inherited = {unit.pk for unit in units if (old := unit.replaces_id) and is_covered(old, told, done)}
    return Progress(tuple(one for pk, one in told.items() if is_shown(one, run, pk in inherited)))


def is_covered(pk: int | None, told: dict[int, UnitProgress], done: set[int]) -> bool:
    """This version or one before it was completed."""
    while pk:
        if pk in done:
            return True
        pk = told[pk].unit.replaces_id if pk in told else None
    return False


def is_shown(one: UnitProgress, run: Run, is_inherited: bool) -> bool:
    return one.is_done or (one.unit.is_in(run) and not is_inherited)


def unit_progress(unit: Unit, events: Iterable[LearningEvent]) -> UnitProgress:
    of = {kind: [event for event in events if event.kind == kind] for kind in MILESTONES}
    opened, completed = of[EventKind.OPENED], of[EventKind.COMPLETED]
    percents = [int(event.data["percent"]) for event in of[EventKind.QUIZ_ANSWERED]]
    return UnitProgress(
        unit=unit,
        first_opened_at=opened[0].at if opened else None,
        completed_at=completed[0].at if completed else None,
        best_percent=max(percents, default=None),
    )


@dataclass(frozen=True)
class LogRow:
    """One event as it was written: never merged, never rounded."""

    unit: Unit
    kind: str
    at: datetime
    data: dict[str, Any]

    @property
    def label(self) -> str:
        return str(EventKind(self.kind).label)


def log_rows(enrolment: Enrolment) -> list[LogRow]:
    """Every event of one person in one run, in the order it was written, in one query."""
    events = LearningEvent.objects.filter(enrolment=enrolment).select_related("unit").order_by("pk")
    return [LogRow(event.unit, event.kind, event.at, event.data) for event in events]


def learning_enrolments(person_id: int) -> list[Enrolment]:
    """Somebody's own seats in runs of courses that have units."""
    offered = Unit.objects.filter(published_at__isnull=False, retired_at=None)
    follows = Q(run__kept_units__isnull=True, run__course__in=offered.values("course"))
    keeps = Q(run__kept_units__isnull=False) & ~Q(run__kept_units=[])
    has_units = follows | keeps | Q(events__isnull=False)
    held = Enrolment.objects.filter(has_units, person=person_id, state__in=SEATED).distinct()
    return list(
        held.select_related("run__course__college", "employment__establishment").order_by("-run__apply_until", "-pk")
    )
