"""What waits in trials for a host and for the person themselves: the steps of the table that are theirs, with their days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from firms.acting import Acting
from firms.models import SignatureRequest
from firms.queries.prepared import Prepared, PreparedFor
from firms.words.saying import said as _
from grants.cases.turns import Turn
from lms.homes.steps import HomeStep
from trials.models import DirectTrial, Placement
from trials.models.agreement import PlacementQuerySet
from trials.policies import party_of
from trials.queries.evaluating import EVALUATED, evaluations_due
from trials.queries.outcome import days_of_intent
from trials.states import BY_CODE, RETENTION, SIGNING, DirectState, Party, PlacementState

S = PlacementState
PAPERS = "trials.placement"
# What a direct trial that has come so far waits for, and the field that says until when.
DIRECT_DUES = {
    DirectState.HIRED: (gettext_lazy("トライアル雇用の実施計画書を出す"), "plan_until"),
    DirectState.ENDED: (gettext_lazy("トライアル雇用の支給申請をする"), "claim_until"),
}


@dataclass(frozen=True)
class TrialStep:
    """One thing to do in a trial; `day` is its last day where there is one."""

    title: str
    about: str
    url: str
    day: date | None = None


def host_steps(acting: Acting) -> list[HomeStep]:
    """Of a firm's manager: the trials it takes people into, and those it hired itself."""
    found = [*trial_steps(host_trials(acting), acting), *paper_steps(acting), *direct_steps(acting)]
    return [
        HomeStep(title=one.title, about=one.about, url=one.url, icon="user", turns=(Turn.FIRM,), day=one.day)
        for one in found
    ]


def own_steps(acting: Acting) -> list[TrialStep]:
    """Of the person themselves, whoever they act for."""
    return [*trial_steps(own_trials(acting.person.pk), acting), *paper_steps(acting)]


def trial_steps(rows: Iterable[Placement], acting: Acting) -> list[TrialStep]:
    """The same few queries, however many trials there are."""
    return [step for found in rows for step in (*step_of(found, acting), *evaluation_steps(found, acting))]


@Prepared
def own_trials(person: int) -> PlacementQuerySet:
    return going_on(Placement.objects.filter(person=person))


@PreparedFor
def host_trials(acting: Acting) -> PlacementQuerySet:
    return going_on(Placement.objects.visible_to(acting).exclude(person=acting.person))


def going_on(rows: PlacementQuerySet) -> PlacementQuerySet:
    """With what the steps of a trial ask of it."""
    seen = rows.open().with_sides().select_related("offer").order_by("pk")
    return seen.prefetch_related("proposals__answers", "intents", "checks", "evaluations")


def evaluation_steps(found: Placement, acting: Acting) -> list[TrialStep]:
    """What this side has still to say of how the work goes."""
    party = party_of(acting, found)
    return [
        TrialStep(
            title=_("%(point)sの評価を記入する") % {"point": one.point.label},
            about=found.name_for_host if party == Party.HOST else found.person.full_name,
            url=reverse("trials:evaluation_new", args=[found.pk]),
            day=one.due,
        )
        for one in evaluations_due(found, on=acting.today)
        if one.side == party
    ]


def agency_steps(acting: Acting) -> list[TrialStep]:
    """Of whose hands they are in; what else the agency is waited for stands by the state of each trial."""
    return [step for found in evaluated_trials(acting) for step in evaluation_steps(found, acting)]


def evaluated_trials(acting: Acting) -> PlacementQuerySet:
    seen = Placement.objects.visible_to(acting).filter(state__in=EVALUATED).with_sides().order_by("last_on", "pk")
    return seen.prefetch_related("evaluations")


def step_of(found: Placement, acting: Acting) -> Iterator[TrialStep]:
    party = party_of(acting, found)
    if party is None or (asked := asked_of(found, party, on=acting.today)) is None:
        return
    code, day = asked
    name = found.name_for_host if party == Party.HOST else str(found.posting or found.seeker.round)
    url = reverse("trials:placement", args=[found.pk])
    yield TrialStep(title=str(BY_CODE[code].label), about=name, url=url, day=day)


def asked_of(found: Placement, party: Party, *, on: date) -> tuple[str, date | None] | None:
    """The event this side is waited for, with the day it is due."""
    if found.state == S.MATCHING:
        open_one = next((one for one in found.proposals.all() if one.ended_at is None), None)
        is_silent = open_one and party not in {answer.side for answer in open_one.answers.all()}
        return ("agree", open_one.answer_by) if open_one and is_silent else None
    if found.state == S.INTENT_OPEN:
        days = days_of_intent(found)
        is_silent = party not in {one.side for one in found.intents.all()}
        return ("answer", days.due if days else None) if is_silent else None
    if found.state in RETENTION:
        due = [
            one.due_on for one in found.checks.all() if one.side == party and not one.answered_at and one.due_on <= on
        ]
        return ("check", min(due)) if due else None
    if party == Party.WORKER:
        return ("accept", found.last_on) if found.state == S.OFFERED and found.offer.accepted_at is None else None
    if found.state == S.TERMS_PENDING and found.bar_told_on is None:
        return ("notify", None)
    if found.state == S.READY and found.starts_on is not None and found.starts_on <= on:
        return ("start", found.starts_on)
    return ("offer", found.last_on) if found.state == S.MUTUAL_AGREED else None


def paper_steps(acting: Acting) -> list[TrialStep]:
    """Papers of trials that wait for this side's signature, the newest version alone."""
    newest: dict[int, SignatureRequest] = {}
    for one in papers_waiting(acting):
        newest[one.version.document_id] = one
    return [
        TrialStep(
            title=_("「%(title)s」に署名する") % {"title": one.version.document.title},
            about=one.version.document.owner.name,
            url=reverse("firms:sign", args=[one.pk]),
        )
        for one in newest.values()
    ]


@PreparedFor
def papers_waiting(acting: Acting) -> QuerySet[SignatureRequest]:
    signed_now = Placement.objects.filter(state__in=SIGNING).values("pk")
    asked = SignatureRequest.objects.visible_to(acting).unanswered()
    waiting = asked.filter(version__document__subject_type=PAPERS, version__document__subject_id__in=signed_now)
    return waiting.select_related("version__document__owner").order_by("version__number")


def direct_steps(acting: Acting) -> list[TrialStep]:
    return [
        TrialStep(
            title=str(DIRECT_DUES[DirectState(one.state)][0]),
            about=one.employment.person.full_name,
            url=reverse("trials:direct", args=[one.pk]),
            day=getattr(one, DIRECT_DUES[DirectState(one.state)][1]),
        )
        for one in direct_waiting(acting)
    ]


@PreparedFor
def direct_waiting(acting: Acting) -> QuerySet[DirectTrial]:
    return DirectTrial.objects.visible_to(acting).with_sides().filter(state__in=list(DIRECT_DUES)).order_by("pk")
