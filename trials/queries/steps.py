"""What a party may do next with a placement: the events of its state, less what was done already."""

from collections.abc import Callable
from datetime import date

from trials.models import Offer, Placement
from trials.states import EVENTS, Event, Party, PlacementState

# Taken by signing, by both sides' answers or by the day that comes, and so by no button.
FOLLOWING = {"contract", "acknowledge", "both_yes", "worker_no", "host_no", "retain"}
# What may be done in a state, but need not be for things to go on.
OPTIONAL = {
    "view", "extend", "suspend", "end", "withdraw", "left", "fail_to_start", "draft",
    "call_off", "cancel", "worker_back_out", "host_back_out", "fall_through",
}  # fmt: skip


def has_not_answered_proposal(placement: Placement, party: Party, on: date) -> bool:
    return not placement.proposals.filter(ended_at=None, answers__side=party).exists()


def has_not_answered_intent(placement: Placement, party: Party, on: date) -> bool:
    return not placement.intents.filter(side=party).exists()


def has_open_offer(placement: Placement, party: Party, on: date) -> bool:
    return Offer.objects.filter(placement=placement, accepted_at=None).exists()


def has_check_due(placement: Placement, party: Party, on: date) -> bool:
    return placement.checks.waiting().filter(side=party, due_on__lte=on).exists()


def is_on_or_after_first(placement: Placement, party: Party, on: date) -> bool:
    return placement.starts_on is not None and placement.starts_on <= on


def is_more_than_an_offer(placement: Placement, party: Party, on: date) -> bool:
    """An offer that is still open is refused; what was accepted already is taken back."""
    return placement.state != PlacementState.OFFERED or not has_open_offer(placement, party, on)


def is_not_over(placement: Placement, party: Party, on: date) -> bool:
    """While both wish the job, the days of the trial may be over already."""
    return placement.state != PlacementState.MUTUAL_AGREED or (placement.last_on or on) >= on


CONDITIONS: dict[str, Callable[[Placement, Party, date], bool]] = {
    "agree": has_not_answered_proposal,
    "decline": has_not_answered_proposal,
    "notify": lambda placement, party, on: placement.bar_told_on is None,
    "draft": lambda placement, party, on: placement.bar_told_on is not None,
    "start": is_on_or_after_first,
    "fail_to_start": is_on_or_after_first,
    "answer": has_not_answered_intent,
    "accept": has_open_offer,
    "refuse_offer": has_open_offer,
    "check": has_check_due,
    "worker_back_out": is_more_than_an_offer,
    "end": is_not_over,
}


def open_events(placement: Placement, party: Party | None, *, on: date) -> list[Event]:
    """In the order of the table."""
    return [
        event
        for event in EVENTS
        if party in event.by
        and event.code not in FOLLOWING
        and placement.state in event.sources
        and CONDITIONS.get(event.code, always)(placement, party, on)
    ]


def always(placement: Placement, party: Party, on: date) -> bool:
    return True


def waiting_for(state: PlacementState) -> list[Party]:
    """Whose turn it is in a state, by the table."""
    turns = [party for event in EVENTS if state in event.sources and event.code not in OPTIONAL for party in event.by]
    return list(dict.fromkeys(turns))


TURNS: dict[str, list[Party]] = {state: waiting_for(state) for state in PlacementState}
