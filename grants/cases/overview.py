"""One case as its page shows it: where it stands, what is next, what is missing, what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import resolve, reverse

from courses.models import Run
from courses.queries.seats.departures import leavers
from firms.acting import Acting
from firms.models import JournalEntry, Mandate, Membership, Person
from firms.models.journal import JournalQuerySet
from firms.models.organisations import Kind
from grants.cases.guide import Guide, guide
from grants.cases.missing import Missing
from grants.cases.outdated import outdated
from grants.cases.reach import Reach, reaches
from grants.cases.situation import PREPARING, asked_in, day_of, lacks_of, situation_of, waiting
from grants.cases.turns import Turn, turns_of
from grants.claims.claim_page import late_records
from grants.facts import Change, Ground, basis_of
from grants.models import (
    Claim,
    ClaimFiling,
    Deadline,
    Decision,
    GrantCase,
    Payment,
    PlanFiling,
    PlanVersion,
    Stated,
)
from grants.policies import may_apply
from grants.queries import STEPS, Forecast, forecast, step_number
from grants.shapes import PlanFacts, PlanWorker
from grants.states import AFTER_FREEZE, CaseState, DeadlineState

FILED = (CaseState.FILED, CaseState.CLAIM_READY)
RUNNING = (*PREPARING, *FILED)
# Where papers are out or about to go; before, the guide itself asks for the plan to be frozen anew.
PRINTED = (*FILED, CaseState.CLAIMED, CaseState.AMENDING)
# Pages of `may_apply` that the guide leads to.
APPLYING = {
    "plan_freeze",
    "plan_file",
    "change_filed",
    "claim_freeze",
    "claim_file",
    "decision",
    "payment",
    "case_close",
    "case_drop",
    "step",
    "step_void",
    "correct",
}


@dataclass(frozen=True)
class Lack:
    """Something missing, with the page on which it is entered; no page where somebody else enters it."""

    label: str
    url: str
    is_needed: bool
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Record:
    """What was filed, decided and paid so far; None where it has not come to that."""

    plan_filing: PlanFiling | None
    claim_filing: ClaimFiling | None
    decision: Decision | None
    payment: Payment | None


def record_of(plan: PlanVersion | None, claim: Claim | None) -> Record:
    decision = getattr(claim, "decision", None)
    return Record(
        plan_filing=getattr(plan, "filing", None),
        claim_filing=getattr(claim, "filing", None),
        decision=decision,
        payment=getattr(decision, "payment", None),
    )


@dataclass(frozen=True)
class Overview:
    guide: Guide
    steps: Sequence[object]
    step: int
    lacks: list[Lack]
    deadlines: list[Deadline]
    past_deadlines: list[Deadline]
    drop_reason: str
    reaches: list[Reach]
    workers: list[PlanWorker]
    plan: PlanVersion | None
    claim: Claim | None
    record: Record
    forecast: Forecast | None
    drift: list[Change]
    late: list[str]
    outdated: list[str]
    leavers: list[tuple[str, date]]
    starts_on: date | None
    ends_on: date | None
    facts: PlanFacts


def overview(case: GrantCase, *, acting: Acting) -> Overview:
    basis = basis_of(case, on=acting.today)
    ground, facts, plan = basis.ground, basis.facts, basis.plan
    claim = case.claims.select_related("filing", "decision__payment").current_first().first()
    starts_on, ends_on = (day_of(basis.agreed[part]) for part in ("starts_on", "ends_on"))
    stands = situation_of(basis, today=acting.today, asked=asked_in([case]).get(case.pk))
    return Overview(
        guide=allowed(guide(stands), case, acting),
        steps=STEPS,
        step=step_number(case, today=acting.today, ends_on=ends_on),
        lacks=[lack(one, case, acting, mandate=stands.mandate) for one in lacks_of(basis)],
        deadlines=waiting(basis),
        past_deadlines=[row for row in basis.deadlines if row.state != DeadlineState.OPEN],
        drop_reason=drop_reason(case),
        reaches=reaches(case, on=acting.today, ground=ground) if case.state == CaseState.FILED else [],
        workers=facts["workers"],
        plan=plan,
        claim=claim,
        record=record_of(plan, claim),
        forecast=forecast_of(case, ground, on=acting.today) if case.state in PREPARING else None,
        drift=basis.changes if case.state in FILED else [],
        late=late_records(case, claim) if claim and case.state in AFTER_FREEZE else [],
        outdated=outdated(frozen, facts, filing=getattr(plan, "filing", None))
        if (frozen := claim or plan) and case.state in PRINTED
        else [],
        leavers=leavers_of(ground, ends_on) if case.state in RUNNING else [],
        starts_on=starts_on,
        ends_on=ends_on,
        facts=facts,
    )


def leavers_of(ground: Ground, ends_on: date | None) -> list[tuple[str, date]]:
    """Who leaves the firm before the last day of the training, with their last day there."""
    names = {one.pk: one.person.full_name for one in ground.enrolled}
    return [(names[pk], day) for pk, day in leavers(ground.enrolled, until=ends_on).items()]


def drop_reason(case: GrantCase) -> str:
    if case.state != CaseState.DROPPED:
        return ""
    entry = JournalEntry.objects.about(case).filter(verb="case.reason").first()
    return entry.details["reason"] if entry else ""


def allowed(found: Guide, case: GrantCase, acting: Acting) -> Guide:
    """A clerk of the office prepares; what only the firm or the 社会保険労務士 does is told, not offered."""
    if may_apply(acting, case):
        return found
    if found.posts or is_applying(found.url):
        found = replace(found, label="", url="", posts=False)
    return replace(found, other_label="", other_url="") if is_applying(found.other_url) else found


def is_applying(url: str) -> bool:
    return url.startswith("/") and resolve(url).url_name in APPLYING


def forecast_of(case: GrantCase, ground: Ground, *, on: date) -> Forecast | None:
    employments = [one.employment for one in ground.enrolled if one.employment]
    return forecast(case.run, case.establishment, employments, on, entry=case.entry)


def lack(one: Missing, case: GrantCase, acting: Acting, *, mandate: Mandate | None) -> Lack:
    return Lack(
        one.label, place_of(one.where, case, acting), one.is_needed, turns=turns_of([one.work], mandate=mandate)
    )


def place_of(where: str, case: GrantCase, acting: Acting) -> str:
    """Only the firm's own manager edits the firm; its office is told what to ask for."""
    pages = {
        "plan": reverse("grants:plan_facts", args=[case.pk]),
        "conversion": reverse("grants:conversion_plan", args=[case.pk]),
        "answers": reverse("grants:answers", args=[case.pk]),
        "contact": "#contact",
        "confirmation": reverse("grants:confirmation", args=[case.pk]),
        "run": reverse("courses:run", args=[case.run_id]),
        "trainees": reverse("courses:run", args=[case.run_id]),
    }
    pages |= {
        str(kind): reverse("grants:stated", args=[case.pk, kind]) for kind in Stated if kind != Stated.CONFIRMATION
    }
    if acting.kind == Kind.FIRM:
        pages |= {
            "firm": reverse("firms:organisation_edit"),
            "establishment": reverse("firms:establishment_edit", args=[case.establishment_id]),
            "people": reverse("firms:people"),
        }
    else:
        pages |= {"mandate": reverse("firms:members")}
    return pages.get(where, "")


def people_of_firm(case: GrantCase, *, on: date) -> QuerySet[Person]:
    held = Membership.objects.on(on).filter(organisation=case.firm_id)
    return Person.objects.filter(pk__in=held.values("person"))


def stories(case: GrantCase) -> JournalQuerySet:
    """What was done to the case, its claims, plans and deadlines, and what in its run concerns this firm: who was
    enrolled, which minutes were recorded, which lessons moved. The page of a case is shown to those who see it all."""
    about = Q(subject_type="grants.grantcase", subject_id=case.pk)
    for name, rows in (("claim", case.claims), ("planversion", case.plans), ("deadline", case.deadlines)):
        about |= Q(subject_type=f"grants.{name}", subject_id__in=rows.values("pk"))
    if not case.is_training:
        return JournalEntry.objects.filter(about)
    sent = case.run.enrolments.filter(employment__establishment=case.establishment_id)
    lessons, run = case.run.lessons.all(), Run.objects.filter(pk=case.run.pk)
    for name, keys in (("enrolment", sent.values("pk")), ("lesson", lessons.values("pk")), ("run", run.values("pk"))):
        about |= Q(subject_type=f"courses.{name}", subject_id__in=keys, concerns=case.firm_id)
    return JournalEntry.objects.filter(about)
