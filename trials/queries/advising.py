"""An agency's advisers, how many people each looks after, and who has left people behind."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from firms.models import Membership, Organisation, Person
from trials.models import JobSeeker
from trials.models.advising import ADVISING_ROLES


@dataclass(frozen=True)
class Caseload:
    """`role` is empty for somebody who works there no more and whose people wait to be handed over."""

    person: Person
    role: str
    people: int
    running: int

    @property
    def has_left(self) -> bool:
        return not self.role


def at_agency(agency_id: int, *, on: date) -> QuerySet[Person]:
    """Who may look after people of the agency that day."""
    members = Membership.objects.on(on).filter(organisation=agency_id, role__in=ADVISING_ROLES)
    return Person.objects.filter(memberships__in=members, is_active=True).distinct().order_by("pk")


def caseloads(agency: Organisation, *, on: date) -> list[Caseload]:
    """Two queries, however many people there are."""
    going_on = Q(placements__isnull=True) | ~Q(placements__state="closed")
    rows = JobSeeker.objects.filter(agency=agency).order_by().values("adviser")
    told = rows.annotate(people=Count("pk", distinct=True), running=Count("pk", distinct=True, filter=going_on))
    counts = {row["adviser"]: (row["people"], row["running"]) for row in told}
    members = Membership.objects.on(on).filter(organisation=agency, role__in=ADVISING_ROLES).select_related("person")
    # Who holds both roles leads.
    roles = {one.person: str(one.get_role_display()) for one in members.order_by("role", "pk")}
    known = {person.pk for person in roles}
    left = dict.fromkeys(Person.objects.filter(pk__in=set(counts) - known), "")
    return [Caseload(person, role, *counts.get(person.pk, (0, 0))) for person, role in (left | roles).items()]
