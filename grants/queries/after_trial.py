"""What trials/ knows of somebody, put to the rules: what their conversion could draw, and whose wage aid would be drawn twice."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.models import Enrolment
from grants.queries.size import is_small
from grants.rules import Option, TrialEnd, options_after, trial_grant
from grants.rules.trial import TrialGrant, trial_months
from trials.models import DirectTrial, Offer, Placement
from trials.states import DirectState

# Whose hours no トライアル雇用助成金 is or was drawn for.
NOT_SUPPORTED = (DirectState.LAPSED, DirectState.DENIED)


def options_of(placement: Placement, *, on: date) -> tuple[Option, ...]:
    """Before an offer the day after the trial is taken for the hire; nothing before there is a term."""
    if placement.last_on is None or placement.posting is None:
        return ()
    offer = Offer.objects.filter(placement=placement).first()
    rules = placement.seeker.round.rules
    accepted = timezone.localdate(offer.accepted_at) if offer and offer.accepted_at else None
    facts = TrialEnd(
        kind=rules.legal_kind,
        programme=rules.name,
        first=placement.started_on or placement.starts_on,
        last=placement.last_on,
        hire_on=offer.hire_on if offer else placement.last_on + timedelta(days=1),
        contracted_on=accepted,
        probation_months=offer.probation_months if offer else None,
        is_small=is_small(placement.posting.establishment.organisation),
    )
    return options_after(facts, on=on)


def direct_prospect(trial: DirectTrial) -> TrialGrant:
    """Every month counted whole: a month cut short or with days lost is reckoned at the claim."""
    end = trial.ended_on
    months = trial_months(trial.hired_on, ended_on=end or trial.last_on)
    return trial_grant(len(months), single_parent=False, on=trial.hired_on)


def in_direct_trial(enrolments: Iterable[int], *, first: date, last: date) -> frozenset[int]:
    """Of these enrolments, whose person is in a supported トライアル雇用 at the same firm on any of the days. One query."""
    supported = DirectTrial.objects.exclude(state__in=NOT_SUPPORTED).annotate(until=Coalesce("ended_on", "last_on"))
    within = supported.filter(hired_on__lte=last, until__gte=first)
    rows = Enrolment.objects.filter(
        pk__in=list(enrolments),
        person__employments__direct_trial__in=within,
        person__employments__establishment__organisation=F("employment__establishment__organisation"),
    )
    return frozenset(rows.filter(Q(employment__isnull=False)).values_list("pk", flat=True))
