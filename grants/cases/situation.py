"""Where cases stand and what is next in each: reckoned in one place for the case's page and for every list of cases."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from firms.models.mandates import Scope
from firms.queries.prepared import Prepared
from grants.cases.careerup import conversion_guide, conversions_now
from grants.cases.guide import WITH_A_RUN_AHEAD, Guide, Situation, guide, notice_guide
from grants.cases.missing import Missing, missing_for_claim, missing_for_plan
from grants.cases.subscriptions import subscription_guide, subscriptions_now
from grants.cases.turns import Turn
from grants.facts import Basis, bases_of, mandates_of
from grants.facts.stated import stated_for_claim
from grants.models import Deadline, GrantCase, OfficeStep
from grants.models.cases import Subject
from grants.rules import Window, claim_window
from grants.shapes import WindowFacts
from grants.states import CaseState, DeadlineState

PREPARING = (CaseState.PREPARING, CaseState.PLANNED)
# What is next in these hangs on facts; in all others on the state and on what the labour office asked for.
OPEN = (*WITH_A_RUN_AHEAD, CaseState.CLAIM_READY)
GUIDE_OF = {
    Subject.RUN: guide,
    Subject.CONVERSION: conversion_guide,
    Subject.SUBSCRIPTION: subscription_guide,
}
FROZEN_PARTS = (
    "training",
    "workers",
    "course",
    "firm",
    "establishment",
    "contact",
    "agent",
    "reskilling_plan",
    "conversion_plan",
    "notice",
    "lecturers",
    "confirmation",
)


def guides_of(cases: Iterable[GrantCase], *, on: date) -> dict[int, Guide]:
    """By case, what its page says is next; as many queries for one as for many."""
    return {pk: guide_of(situation) for pk, situation in situations_of({case.pk for case in cases}, on=on).items()}


def guide_of(now: Situation) -> Guide:
    return GUIDE_OF[Subject(now.case.subject)](now)


def situations_of(keys: Collection[int], *, on: date) -> dict[int, Situation]:
    cases = whole_cases(tuple(keys)) if keys else []
    bases = bases_of([case for case in cases if case.state in OPEN and case.is_training], on=on)
    others = [case for case in cases if case.pk not in bases and case.is_training]
    mandates, asked = mandates_of({case.firm_id for case in others}, on=on), asked_in(others)
    return (
        {pk: situation_of(basis, today=on) for pk, basis in bases.items()}
        | {
            case.pk: Situation(case, on, mandate=mandates.get(case.firm_id), asked=asked.get(case.pk))
            for case in others
        }
        | conversions_of([case for case in cases if case.is_conversion], on=on)
        | subscriptions_of([case for case in cases if case.is_subscription], on=on)
    )


def conversions_of(cases: Collection[GrantCase], *, on: date) -> dict[int, Situation]:
    if not cases:
        return {}
    mandates = mandates_of({case.firm_id for case in cases}, on=on, scope=Scope.CAREER_UP)
    return conversions_now(cases, on=on, mandates=mandates, asked=asked_in(cases))


def subscriptions_of(cases: Collection[GrantCase], *, on: date) -> dict[int, Situation]:
    if not cases:
        return {}
    mandates = mandates_of({case.firm_id for case in cases}, on=on)
    return subscriptions_now(cases, on=on, mandates=mandates, asked=asked_in(cases))


def asked_in(cases: Iterable[GrantCase]) -> dict[int, OfficeStep]:
    """What the labour office waits for, by case."""
    waiting = [case.pk for case in cases if case.state in (CaseState.AMENDING, CaseState.REPAYING)]
    return {row.case_id: row for row in steps_asked(tuple(waiting))} if waiting else {}


@Prepared
def whole_cases(keys: tuple[int, ...]) -> QuerySet[GrantCase]:
    return GrantCase.objects.filter(pk__in=keys).whole()


@Prepared
def steps_asked(cases: tuple[int, ...]) -> QuerySet[OfficeStep]:
    return OfficeStep.objects.held().filter(case__in=cases, kind__endswith="_asked").order_by("pk")


def situation_of(basis: Basis, *, today: date, asked: OfficeStep | None = None) -> Situation:
    plan, facts = basis.plan, basis.facts
    return Situation(
        case=basis.case,
        today=today,
        mandate=basis.ground.parties.mandate,
        needed=[one for one in lacks_of(basis) if one.is_needed],
        plan=window_of(facts["plan_window"]),
        claim=claim_window_of(basis),
        is_plan_outdated=plan is not None and differs(plan.lifted, facts),
        changed=[change.label for change in basis.changes],
        asked=asked,
        notice=next((row for row in waiting(basis) if row.code == Deadline.Code.CHANGE_NOTICE), None),
    )


def differs(plan: Mapping[str, object], facts: Mapping[str, object]) -> bool:
    return any(plan[part] != facts[part] for part in FROZEN_PARTS)


def waiting(basis: Basis) -> list[Deadline]:
    return [row for row in basis.deadlines if row.state == DeadlineState.OPEN]


def lacks_of(basis: Basis) -> list[Missing]:
    """For the plan until it is filed, then for the claim until that is."""
    if basis.case.state in PREPARING:
        return missing_for_plan(basis.facts)
    return missing_for_claim(stated_for_claim(basis.case, basis.ground.stated)) if basis.case.state in OPEN else []


def claim_window_of(basis: Basis) -> Window | None:
    ends_on = day_of(basis.agreed["ends_on"])
    if ends_on is None:
        return None
    method = basis.case.run.course.method
    scheme = basis.case.scheme
    return claim_window("training_end", ends_on, method=method, all_completed_on=basis.finished_on, scheme=scheme)


def day_of(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def window_of(found: WindowFacts | None) -> Window | None:
    if found is None:
        return None
    first, nominal, last = (date.fromisoformat(day) for day in (found["first"], found["last_nominal"], found["last"]))
    return Window(first, nominal, last, because=found["because"], rule="", source=found["source"])


@dataclass(frozen=True)
class Due:
    """One open deadline with what is to do about it."""

    row: Deadline
    words: str
    turns: tuple[Turn, ...]


def dues_of(rows: Collection[Deadline], *, on: date) -> list[Due]:
    """All deadlines but those of a change are the very step of their case."""
    situations = situations_of({row.case_id for row in rows}, on=on)
    return [due(row, situations[row.case_id]) for row in rows]


def due(row: Deadline, now: Situation) -> Due:
    is_change = row.code == Deadline.Code.CHANGE_NOTICE
    found = notice_guide(row, now) if is_change else guide_of(now)
    return Due(row, found.title, found.turns)
