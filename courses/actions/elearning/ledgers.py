"""Where learning is written: a trainee's own log, or the sandbox of staff who try a unit. Neither ever sees the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.timezone import localdate

from courses.learning.kinds import Event
from courses.models import Enrolment, LearningEvent, Run, SandboxEvent, Unit
from courses.queries.elearning.learning import Gate, gate_of
from firms.errors import Refused
from firms.models import Person
from firms.words.saying import said as _


class Ledger(Protocol):
    """What one person does with one unit."""

    @property
    def unit(self) -> Unit: ...

    @property
    def person_id(self) -> int: ...

    def gate(self, *, on: date) -> Gate: ...

    def offers(self, unit: Unit) -> bool:
        """Whether this unit, as it stands now, is among those to learn."""

    def events(self) -> list[Event]:
        """Of this unit, in the order they were written."""

    def latest(self) -> Event | None:
        """The last thing the person did in any unit."""

    def latest_elsewhere(self) -> Event | None:
        """The last thing they did in another unit."""

    def write(self, kind: str, data: Mapping[str, Any], *, at: datetime) -> Event: ...


@dataclass(frozen=True)
class OwnLog:
    """A trainee's log: append-only, behind the gate, and what every report is made of."""

    enrolment: Enrolment
    unit: Unit

    @property
    def person_id(self) -> int:
        return self.enrolment.person_id

    def gate(self, *, on: date) -> Gate:
        fresh = Enrolment.objects.select_related("run", "employment__establishment").get(pk=self.enrolment.pk)
        return gate_of(fresh, on=on)

    def offers(self, unit: Unit) -> bool:
        return unit.is_in(Run.objects.only("kept_units").get(pk=self.enrolment.run_id))

    def events(self) -> list[Event]:
        return list(self.own().filter(enrolment=self.enrolment, unit=self.unit).order_by("pk"))

    def latest(self) -> Event | None:
        return newest(self.own())

    def latest_elsewhere(self) -> Event | None:
        return newest(self.own().exclude(enrolment=self.enrolment, unit=self.unit))

    def write(self, kind: str, data: Mapping[str, Any], *, at: datetime) -> Event:
        return LearningEvent.objects.create(enrolment=self.enrolment, unit=self.unit, kind=kind, data=dict(data), at=at)

    def own(self) -> QuerySet[LearningEvent]:
        return LearningEvent.objects.filter(enrolment__person=self.person_id)


@dataclass(frozen=True)
class Tried:
    """What staff do to try a unit: open on every day, and in a table no report reads."""

    person: Person
    unit: Unit

    @property
    def person_id(self) -> int:
        return self.person.pk

    def gate(self, *, on: date) -> Gate:
        return Gate(first=date.min, last=None, because="", today=on)

    def offers(self, unit: Unit) -> bool:
        return unit.retired_at is None

    def events(self) -> list[Event]:
        return list(self.own().filter(unit=self.unit).order_by("pk"))

    def latest(self) -> Event | None:
        return newest(self.own())

    def latest_elsewhere(self) -> Event | None:
        return newest(self.own().exclude(unit=self.unit))

    def write(self, kind: str, data: Mapping[str, Any], *, at: datetime) -> Event:
        return SandboxEvent.objects.create(person=self.person, unit=self.unit, kind=kind, data=dict(data), at=at)

    def own(self) -> QuerySet[SandboxEvent]:
        return SandboxEvent.objects.filter(person=self.person)


def newest[E: (LearningEvent, SandboxEvent)](events: QuerySet[E]) -> E | None:
    """By the clock, which no index holds: by the key alone a planner may walk the whole log backwards to find nothing."""
    return events.order_by("-at", "-pk").first()


def guard(ledger: Ledger, *, at: datetime) -> None:
    """One person writes one thing at a time, in however many tabs; then the gate of the day is asked."""
    Person.objects.select_for_update(of=("self",)).get(pk=ledger.person_id)
    gate = ledger.gate(on=localdate(at))
    if not gate.counts:
        raise Refused(gate.sentence)
    if not ledger.offers(Unit.objects.get(pk=ledger.unit.pk)):
        raise Refused(_("この教材は使われなくなったため、記録されません。一覧に戻って、いまの教材を開いてください。"))
