"""Reads every app shares: for whom a person acts, and what waits for them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from firms.acting import Acting, Client
from firms.models import Employment, Mandate, Membership, Notification, Organisation, Person
from firms.models.organisations import Kind
from firms.queries.prepared import Prepared

ACTING_KEY = "acting_membership"


def today() -> date:
    """The local day, for views; actions and rules are handed theirs."""
    return timezone.localdate()


def memberships_of(person: Person, *, on: date) -> list[Membership]:
    """The organisations a person may act for that day, the oldest first."""
    found = memberships_in_force(person.pk, on)
    for membership in found:
        membership.person = person
    return found


@Prepared
def memberships_in_force(person: int, on: date) -> QuerySet[Membership]:
    return Membership.objects.on(on).filter(person=person).select_related("organisation").order_by("started_on", "pk")


def is_invented(person: Person) -> bool:
    """Belongs, and ever belonged, to organisations of the demo alone."""
    return {one.organisation.is_fictional for one in memberships_ever(person.pk)} == {True}


@Prepared
def memberships_ever(person: int) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person).select_related("organisation").only("organisation__is_fictional")


@Prepared
def person_by_number(pk: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=pk).order_by()


def clients_of(office: Organisation, *, on: date) -> dict[int, Client]:
    """The firms whose mandate to this office is in force that day."""
    return {m.firm_id: Client(m.pk, m.capacity, frozenset(m.scopes)) for m in mandates_in_force(office.pk, on)}


@Prepared
def mandates_in_force(office: int, on: date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(office=office).in_force(on)


def acting_for(person: Person, membership: Membership | None, *, on: date) -> Acting:
    """`membership=None` is a person who acts for nobody today: they see only what is their own."""
    organisation = membership.organisation if membership else None
    is_office = organisation is not None and organisation.kind == Kind.OFFICE
    return Acting(
        person=person,
        membership=membership,
        organisation=organisation,
        role=membership.role if membership else "",
        kind=organisation.kind if organisation else "",
        today=on,
        clients=clients_of(organisation, on=on) if organisation and is_office else {},
    )


def unread_count(person: Person) -> int:
    return sum(one.n for one in unread_of(person.pk))


@Prepared
def unread_of(person: int) -> Any:
    """At most one row, which carries their number as `n`."""
    unread = Notification.objects.filter(person=person, read_at=None).order_by()
    return unread.values("person").annotate(n=Count("pk")).values_list("n", named=True)


def leaders_of(organisation_id: int, *, on: date) -> list[Person]:
    """Who may answer for the organisation that day."""
    memberships = Membership.objects.on(on).leading().filter(organisation=organisation_id, person__is_active=True)
    return list({m.person_id: m.person for m in memberships.select_related("person")}.values())


def hired_on(employment: Employment) -> date:
    """雇入日: the first day of the unbroken row of terms this employment continues. One query, none where
    `person__employments` was prefetched."""
    ended = [
        terms
        for terms in employment.person.employments.all()
        if terms.establishment_id == employment.establishment_id
        and terms.ended_on is not None
        and terms.started_on < employment.started_on
    ]
    first = employment.started_on
    for terms in sorted(ended, key=lambda terms: terms.started_on, reverse=True):
        if terms.ended_on != first - timedelta(days=1):
            break
        first = terms.started_on
    return first
