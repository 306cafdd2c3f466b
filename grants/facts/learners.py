"""The people of an e-learning or correspondence claim: what each finished of it within its days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.db.models import QuerySet
from django.utils import timezone

from courses.models import Certificate, Enrolment, Unit
from courses.papers.logs import sheet
from courses.queries.elearning.logs import Days, LearningLog, Trace, UnitLog, traces_of
from courses.states import EnrolmentState
from firms.queries.prepared import Prepared
from firms.working_time import working_intervals
from grants.facts.change import Change
from grants.facts.drift import listed
from grants.facts.workers import Records, as_planned, worker
from grants.shapes import (
    Agreed,
    LogFacts,
    OutsideHours,
    PlanFacts,
    PlanTraining,
    TrainedWorker,
    UnitFacts,
    days_planned,
)

Traces = Mapping[tuple[int, int], Trace]
WHOLE = 100
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Learned:
    """What people did online, read once: their traces and certificates, and every version that can stand for a unit."""

    traces: Traces
    certificates: Mapping[int, Certificate]
    units: Mapping[int, Unit]


def learned_by(enrolled: Sequence[Enrolment], units: Mapping[int, Unit]) -> Learned:
    """`units`: every version there may be. Three queries however many people, none where there is nobody."""
    if not enrolled:
        return Learned({}, {}, {})
    return Learned(traces_of(enrolled), certificates_of(enrolled), units)


def units_of(training: Agreed) -> list[UnitFacts]:
    return training["units"] or []


def versions_of(training: Agreed) -> set[int]:
    return {pk for unit in units_of(training) for pk in unit["versions"]}


@dataclass(frozen=True)
class Learners:
    """`first_on`: the day of the first event of anybody, whatever it was; one before the plan spoils the claim."""

    workers: list[TrainedWorker]
    first_on: str | None


def learners(
    enrolled: Sequence[Enrolment],
    plan: PlanFacts,
    agreed: PlanTraining,
    records: Records,
    changes: Iterable[Change],
    *,
    on: date,
) -> Learners:
    units = Unit.objects.in_bulk(versions_of(agreed)) if enrolled else {}
    found, days = learned_by(enrolled, units), days_of(agreed, changes)
    first, last = days_planned(agreed)
    workers = [
        learner(
            enrolment,
            plan,
            agreed,
            log_of(enrolment, agreed, found, days),
            found.certificates.get(enrolment.pk),
            on=on,
        )
        | {
            "not_employed_on": records.not_employed_on(enrolment, every_day(first, last)),
            "no_hours_on": "",
            "outside_hours": [
                told
                for unit in units_of(agreed)
                if (told := outside_hours(best_version(enrolment, unit, found, days), enrolment, records))
            ],
        }
        for enrolment in enrolled
    ]
    firsts = [timezone.localdate(trace.first_at).isoformat() for trace in found.traces.values()]
    return Learners(workers, min(firsts, default=None))


def days_of(agreed: Agreed, changes: Iterable[Change]) -> Days:
    """Where the whole training left its plan there is no day that counts."""
    first, last = days_planned(agreed)
    return Days(first, first - ONE_DAY if any(change.loses_all for change in changes) else last)


def certificates_of(enrolled: Iterable[Enrolment]) -> dict[int, Certificate]:
    found = valid_certificates(tuple(one.pk for one in enrolled))
    return {certificate.enrolment_id: certificate for certificate in found}


@Prepared
def valid_certificates(enrolments: tuple[int, ...]) -> QuerySet[Certificate]:
    return Certificate.objects.valid().filter(enrolment__in=enrolments).order_by("pk")


def every_day(first: date, last: date) -> list[str]:
    return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]


def log_of(enrolment: Enrolment, agreed: Agreed, found: Learned, days: Days) -> LearningLog:
    rows = tuple(best_version(enrolment, unit, found, days) for unit in units_of(agreed))
    return LearningLog(enrolment, days, rows, frozenset(row.unit.pk for row in rows))


def best_version(enrolment: Enrolment, asked: UnitFacts, found: Learned, days: Days) -> UnitLog:
    """The version finished within the days, an older one as well as the newest; else the one worked at last."""
    rows = [
        UnitLog(found.units[pk], trace, finished_within(trace, days))
        for pk in asked["versions"]
        for trace in [found.traces.get((enrolment.pk, pk))]
    ]
    done = [row for row in rows if row.counts]
    return done[-1] if done else next((row for row in rows if row.trace), rows[0])


def finished_within(trace: Trace | None, days: Days) -> bool:
    return bool(trace and trace.completed_at and timezone.localdate(trace.completed_at) in days)


def learner(
    enrolment: Enrolment,
    plan: PlanFacts,
    agreed: Agreed,
    log: LearningLog,
    certificate: Certificate | None,
    *,
    on: date,
) -> TrainedWorker:
    planned = listed(worker(enrolment), plan["workers"])
    counted = [row for row, unit in zip(log.units, units_of(agreed), strict=True) if unit["counts"] and row.counts]
    completed, finished_on = finish_of(enrolment, agreed, log, certificate, on=on)
    done = sum(row.unit.standard_minutes for row in counted) if agreed["units"] else 0
    done = agreed["planned_minutes"] if completed else min(done, agreed["planned_minutes"])
    return {
        **as_planned(worker(enrolment), planned),
        "lessons": [],
        "planned_minutes": agreed["planned_minutes"],
        "attended_minutes": done,
        "wage_minutes": 0,
        "excused_minutes": 0,
        "percent": done * WHOLE // agreed["planned_minutes"] if agreed["planned_minutes"] else 0,
        "passes": completed is True,
        "completed": completed,
        "completed_on": finished_on.isoformat() if finished_on else None,
        "certificate": certificate.number if certificate else "",
        "log": cast(LogFacts, sheet(enrolment.run, log)),
        "not_employed_on": "",
        "no_hours_on": "",
        "learned_on_leave": "",
        "outside_hours": [],
    }


def finish_of(
    enrolment: Enrolment, agreed: Agreed, log: LearningLog, certificate: Certificate | None, *, on: date
) -> tuple[bool | None, date | None]:
    """Whether all is finished (`completion`), and since which day."""
    finished_on = log.completed_on if agreed["units"] else certified_on(certificate, log.days)
    is_over = days_planned(agreed)[1] < on
    completed = completion(enrolment, finished_on, is_over=is_over and bool(agreed["units"]))
    return completed, finished_on if completed else None


def outside_hours(row: UnitLog, enrolment: Enrolment, records: Records) -> OutsideHours | None:
    """A unit begun or finished at a time that is not the person's 所定労働時間, or at one nobody can say that of."""
    if row.trace is None:
        return None
    moments = [timezone.localtime(at) for at in (row.trace.first_at, row.trace.completed_at) if at]
    for at in moments:
        terms = records.terms_on(enrolment, at.date())
        holidays = terms.establishment.holidays.all() if terms else ()
        hours = working_intervals(terms, at.date(), holidays)
        if not any(start <= at <= end for start, end in hours):
            is_known = terms is not None and terms.pattern is not None
            return {"title": row.unit.title, "at": at.isoformat(timespec="minutes"), "is_known": is_known}
    return None


def certified_on(certificate: Certificate | None, days: Days) -> date | None:
    """Where the college keeps no units here, its certificate is all that is known; given after the last day without
    saying when the learning ended, it proves no end within the days."""
    if certificate is None:
        return None
    said = certificate.lifted["completed_on"]
    day = date.fromisoformat(said) if said else certificate.issued_on
    return day if day in days else None


def completion(enrolment: Enrolment, finished_on: date | None, *, is_over: bool) -> bool | None:
    """None while it can still be finished, or where nothing here can tell; the college's "not completed" stands."""
    if enrolment.state == EnrolmentState.NOT_COMPLETED:
        return False
    return True if finished_on else (False if is_over else None)


def all_completed_on(trained: Sequence[TrainedWorker]) -> date | None:
    """The day the last of them finished; None while one has not, and in a class, which nobody finishes early."""
    return last_finish([one["completed_on"] for one in trained])


def last_finish(days: Sequence[str | None]) -> date | None:
    finished = [day for day in days if day]
    return date.fromisoformat(max(finished)) if finished and len(finished) == len(days) else None


def on_which_all_finished(
    enrolled: Sequence[Enrolment], agreed: Agreed, changes: Iterable[Change], found: Learned, *, on: date
) -> date | None:
    """`all_completed_on` of people whose claim nobody has to see whole."""
    days = days_of(agreed, changes)
    finishes = (
        finish_of(one, agreed, log_of(one, agreed, found, days), found.certificates.get(one.pk), on=on)[1]
        for one in enrolled
    )
    return last_finish([day.isoformat() if day else None for day in finishes])
