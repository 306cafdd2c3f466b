"""The learning log: what each learner did of each unit, at the server's clock, as a labour office asks for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from courses.models import Enrolment, LearningEvent, Run, Unit
from courses.models.elearning.learning import EventKind, UnitKind
from courses.queries.elearning.learning import gates, progress_of
from firms.film import stretches
from firms.queries.prepared import Prepared
from firms.words.saying import said as _

Pair = tuple[int, int]
WHOLE = 100


@dataclass(frozen=True)
class Attempt:
    """One quiz handed in."""

    at: datetime
    percent: int
    has_passed: bool


@dataclass(frozen=True)
class Trace:
    """What the events of one learner in one unit say."""

    first_at: datetime
    last_at: datetime
    completed_at: datetime | None = None
    attempts: tuple[Attempt, ...] = ()
    seen: tuple[stretches.Stretch, ...] = ()


@dataclass(frozen=True)
class Days:
    """Before the first nothing opens, after the last nothing counts; either may be open."""

    first: date | None
    last: date | None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class UnitLog:
    """One unit of one learner; `counts` says that it was finished, and within the days."""

    unit: Unit
    trace: Trace | None
    counts: bool

    @property
    def percent(self) -> int:
        """Of a video the share seen, of anything else all or nothing."""
        if self.trace is None:
            return 0
        if self.trace.completed_at:
            return WHOLE
        if self.unit.kind != UnitKind.VIDEO or not self.unit.duration_seconds:
            return 0
        return min(stretches.percent(self.trace.seen, duration=self.unit.duration_seconds), WHOLE - 1)

    @property
    def result(self) -> str:
        if self.trace is None:
            return _("未開始")
        if self.trace.completed_at is None:
            return _("学習中")
        return _("修了") if self.counts else _("期間外の修了（数えません）")


@dataclass(frozen=True)
class LearningLog:
    """Everything of one enrolment; `asked` are the units it takes to finish, an older version where that one was done."""

    enrolment: Enrolment
    days: Days
    units: tuple[UnitLog, ...]
    needed: frozenset[int]

    @property
    def asked(self) -> list[UnitLog]:
        return [one for one in self.units if one.unit.pk in self.needed]

    @property
    def standard_minutes(self) -> int:
        return sum(one.unit.standard_minutes for one in self.asked)

    @property
    def done_minutes(self) -> int:
        return sum(one.unit.standard_minutes for one in self.asked if one.counts)

    @property
    def percent(self) -> int:
        return self.done_minutes * WHOLE // self.standard_minutes if self.standard_minutes else 0

    @property
    def starts_at(self) -> datetime | None:
        return min((one.trace.first_at for one in self.units if one.trace), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """The last unit that counts; nothing while one is still to be finished."""
        ends = [one.trace.completed_at for one in self.asked if one.trace and one.trace.completed_at and one.counts]
        return max(ends) if ends and len(ends) == len(self.asked) else None

    @property
    def completed_on(self) -> date | None:
        return timezone.localdate(self.ends_at) if self.ends_at else None

    @property
    def result(self) -> str:
        if self.completed_on:
            return _("修了")
        return _("学習中") if self.starts_at else _("未開始")


def traces_of(enrolments: Collection[Enrolment]) -> dict[Pair, Trace]:
    """By enrolment and unit, in three queries however many events there are."""
    keys = tuple(one.pk for one in enrolments)
    events = LearningEvent.objects.filter(enrolment__in=keys)
    spans = spans_of(keys)
    done: dict[Pair, datetime] = {}
    tried: dict[Pair, list[Attempt]] = {}
    for enrolment, unit, kind, data, at in told_of(keys):
        if kind == EventKind.COMPLETED:
            done[enrolment, unit] = at
        else:
            attempt = Attempt(at, int(data.get("percent", 0)), bool(data.get("has_passed")))
            tried.setdefault((enrolment, unit), []).append(attempt)
    seen = watched(events, besides=done)
    return {
        pair: Trace(first, last, done.get(pair), tuple(tried.get(pair, ())), tuple(seen.get(pair, ())))
        for pair, first, last in (((enrolment, unit), first, last) for enrolment, unit, first, last in spans)
    }


@Prepared
def spans_of(enrolments: tuple[int, ...]) -> Any:
    events = LearningEvent.objects.filter(enrolment__in=enrolments).order_by()
    return events.values_list("enrolment", "unit").annotate(first=Min("at"), last=Max("at"))


@Prepared
def told_of(enrolments: tuple[int, ...]) -> Any:
    telling = LearningEvent.objects.filter(
        enrolment__in=enrolments, kind__in=[EventKind.COMPLETED, EventKind.QUIZ_ANSWERED]
    )
    return telling.order_by("pk").values_list("enrolment", "unit", "kind", "data", "at")


def watched(events: QuerySet[LearningEvent], *, besides: Collection[Pair]) -> dict[Pair, list[stretches.Stretch]]:
    """The stretches seen of videos somebody is still at."""
    found: dict[Pair, list[stretches.Stretch]] = {}
    rows = events.filter(kind=EventKind.WATCHED).order_by("pk").values_list("enrolment", "unit", "data")
    for enrolment, unit, data in rows.iterator():
        if (enrolment, unit) not in besides:
            found.setdefault((enrolment, unit), []).append((float(data["from"]), float(data["to"])))
    return found


def logs_of(run: Run, enrolments: Collection[Enrolment], *, on: date) -> list[LearningLog]:
    """Of people of one run: the units they need, and whatever else of the course they learned."""
    traces, opens, progress = traces_of(enrolments), gates(enrolments, on=on), progress_of(enrolments)
    units = list(run.course.units.order_by("number", "pk"))
    found = []
    for one in enrolments:
        needed = frozenset(step.unit.pk for step in progress[one.pk].units)
        own = [unit for unit in units if unit.pk in needed or (one.pk, unit.pk) in traces]
        days = Days(opens[one.pk].first, opens[one.pk].last)
        found.append(LearningLog(one, days, unit_logs(one, own, traces, days), needed))
    return found


def unit_logs(enrolment: Enrolment, units: list[Unit], traces: Mapping[Pair, Trace], days: Days) -> tuple[UnitLog, ...]:
    own = ((unit, traces.get((enrolment.pk, unit.pk))) for unit in units)
    return tuple(UnitLog(unit, trace, counts_within(trace, days)) for unit, trace in own)


def counts_within(trace: Trace | None, days: Days) -> bool:
    return bool(trace and trace.completed_at and timezone.localdate(trace.completed_at) in days)
