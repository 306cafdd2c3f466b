"""Telling the parties of a placement, each with a way to its page."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from firms.models import Membership, Organisation, Person
from firms.post.notify import notify
from firms.queries import leaders_of
from trials.models import Deputy, JobSeeker, Placement
from trials.models.advising import ADVISING_ROLES
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
        return [(one, placement.agency) for one in advisers_of(placement.seeker, on=timezone.localdate())]
    host = placement.host
    return [(person, host) for person in leaders_of(host.pk, on=timezone.localdate())] if host else []


def advisers_of(seeker: JobSeeker, *, on: date) -> list[Person]:
    """The adviser with today's deputies; where the adviser has left, whoever leads the agency."""
    members = Membership.objects.on(on).filter(organisation=seeker.agency_id, role__in=ADVISING_ROLES)
    deputies = Deputy.objects.on(on).filter(agency=seeker.agency_id, adviser=seeker.adviser_id)
    theirs = members.filter(Q(person=seeker.adviser_id) | Q(person__in=deputies.values("deputy")))
    found = {one.person_id: one.person for one in theirs.filter(person__is_active=True).select_related("person")}
    return list(found.values()) or leaders_of(seeker.agency_id, on=on)


def tell_ward(placement: Placement, *, subject: str, body: str) -> None:
    """The ward hears that something waits in a round, and no name."""
    seeker_round = placement.seeker.round
    for person in leaders_of(seeker_round.ward_id, on=timezone.localdate()):
        path = reverse("trials:round", args=[seeker_round.pk])
        notify(person, subject=subject, body=body, path=path, organisation=seeker_round.ward)
