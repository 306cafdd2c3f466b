"""Telling the parties of a placement, each with a way to its page."""

from django.urls import reverse
from django.utils import timezone

from firms.models import Organisation, Person
from firms.post.notify import notify
from firms.queries import leaders_of
from trials.models import Placement
from trials.states import Party


def tell(placement: Placement, *parties: Party, subject: str, body: str) -> None:
    """The worker, those who lead the host, the adviser: whoever is named."""
    for party in parties:
        for person, organisation in receivers(placement, party):
            notify(
                person,
                subject=subject,
                body=body,
                path=reverse("trials:placement", args=[placement.pk]),
                organisation=organisation,
            )


def receivers(placement: Placement, party: Party) -> list[tuple[Person, Organisation | None]]:
    if party == Party.WORKER:
        return [(placement.person, None)]
    if party == Party.AGENCY:
        return [(placement.seeker.adviser, placement.agency)]
    host = placement.host
    return [(person, host) for person in leaders_of(host.pk, on=timezone.localdate())] if host else []


def tell_ward(placement: Placement, *, subject: str, body: str) -> None:
    """The ward hears that something waits in a round, and no name."""
    seeker_round = placement.seeker.round
    for person in leaders_of(seeker_round.ward_id, on=timezone.localdate()):
        path = reverse("trials:round", args=[seeker_round.pk])
        notify(person, subject=subject, body=body, path=path, organisation=seeker_round.ward)
