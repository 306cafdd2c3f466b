"""When both sides are asked, and what waits for the sweep."""

from datetime import date

from trials.models import BackOut, DirectTrial, Placement, Proposal, RetentionCheck, VisitRequest
from trials.models.agreement import TWO_SIDES, PlacementQuerySet
from trials.rules import IntentDates, intent_dates
from trials.states import RETENTION, DirectState, Party, PlacementState


def days_of_intent(placement: Placement) -> IntentDates | None:
    """By the terms of the round; None before there is a contract."""
    if placement.last_on is None:
        return None
    opens, due, escalates = placement.seeker.round.rules.intent_days_before
    return intent_dates(placement.last_on, opens_before=opens, due_before=due, escalates_before=escalates)


def host_no_of(placement: Placement) -> str:
    """Why the host does not hire, told only when both intents are in; a wish taken back later gives its own reason."""
    said = {one.side: one for one in placement.intents.all()}
    if len(said) < len(TWO_SIDES):
        return ""
    if not said[Party.HOST].is_yes:
        return said[Party.HOST].reason
    back = BackOut.objects.filter(placement=placement, side=Party.HOST).first()
    return back.reason if back else ""


def in_state(*states: PlacementState) -> PlacementQuerySet:
    return Placement.objects.filter(state__in=states).with_sides().order_by("pk")


def silent_proposals(*, on: date) -> list[Proposal]:
    waiting = Proposal.objects.filter(ended_at=None, answer_by__lt=on, escalated_at=None)
    return list(waiting.select_related("placement").order_by("pk"))


def silent_checks(*, on: date) -> list[RetentionCheck]:
    waiting = RetentionCheck.objects.waiting().filter(due_on__lt=on, reminded_at=None, placement__state__in=RETENTION)
    return list(waiting.select_related("placement").order_by("pk"))


def waiting_directs() -> list[DirectTrial]:
    """Those with a day ahead that may be missed."""
    return list(DirectTrial.objects.filter(state__in=[DirectState.HIRED, DirectState.ENDED]).order_by("pk"))


def silent_visits(*, on: date) -> list[VisitRequest]:
    waiting = VisitRequest.objects.filter(answered_at=None, answer_by__lt=on, escalated_at=None)
    return list(waiting.select_related("visit").order_by("pk"))
