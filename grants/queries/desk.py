"""The desk of an office: who works for which client firm, who is away, and the clients in the order of their dates."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from firms.acting import Acting
from firms.models import Mandate, Membership, Organisation, Person
from grants.models import Assignment, Deadline, Deputy
from grants.models.cases import grant_clients, seen_by_office
from grants.states import ENDED, DeadlineState


class Client(Protocol):
    """A row of `clients`."""

    pk: int
    name: str
    cases: int
    due_on: date | None
    nearest: int | None
    keeper: int


def colleagues(office_id: int, *, on: date) -> QuerySet[Person]:
    """Everybody who works there that day, each once."""
    held = Membership.objects.on(on).filter(organisation=office_id)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by(
        "family_kana", "given_kana", "pk"
    )


def keepers_of(mandate: Mandate, *, on: date) -> list[Person]:
    """Who does the work for the firm; empty where nobody was named or they have left."""
    named = Assignment.objects.held().filter(office=mandate.office_id, firm=mandate.firm_id).values("person")
    return list(colleagues(mandate.office_id, on=on).filter(pk__in=named))


def deputies_of(office_id: int, people: Iterable[Person], *, on: date) -> list[Person]:
    """Who stands in for those of them who are away that day."""
    away = Deputy.objects.on(on).filter(office=office_id, person__in=[person.pk for person in people])
    return list(colleagues(office_id, on=on).filter(pk__in=away.values("deputy")))


def clients(acting: Acting) -> QuerySet[Any]:
    """Firms under mandate, each a `Client`: its keeper, running cases and the open deadline that comes first; the nearest
    first."""
    seen = seen_by_office(acting, cases="establishments__grant_cases__", firm="pk")
    is_open = Q(establishments__grant_cases__deadlines__state=DeadlineState.OPEN) & seen
    running = ~Q(establishments__grant_cases__state__in=ENDED) & seen
    nearest = Deadline.objects.open().filter(
        seen_by_office(acting, cases="case__", firm="case__establishment__organisation"),
        case__establishment__organisation=OuterRef("pk"),
    )
    return (
        Organisation.objects.filter(pk__in=grant_clients(acting))
        .annotate(
            cases=Count("establishments__grant_cases", filter=running, distinct=True),
            due_on=Min("establishments__grant_cases__deadlines__last_on", filter=is_open),
            nearest=Subquery(nearest.order_by("last_on", "pk").values("pk")[:1]),
            keeper=keeper_of(acting),
        )
        .order_by(F("due_on").asc(nulls_last=True), "name_kana", "pk")
    )


def keeper_of(acting: Acting) -> Coalesce:
    """The colleague who was named and still works there, else the 社会保険労務士 of the mandate."""
    here = colleagues(acting.organisation_id, on=acting.today).order_by().values("pk")
    named = Assignment.objects.held().filter(office=acting.organisation_id, firm=OuterRef("pk"), person__in=here)
    mandates = Mandate.objects.in_force(acting.today).filter(office=acting.organisation_id, firm=OuterRef("pk"))
    return Coalesce(Subquery(named.values("person")[:1]), Subquery(mandates.order_by("pk").values("advisor")[:1]))


def caseloads(acting: Acting) -> list[tuple[Person, int, int]]:
    """Every colleague with how many clients and how many running cases they keep."""
    found = clients(acting).order_by().values_list("keeper", "cases")
    firms: dict[int, list[int]] = {}
    for keeper, cases in found:
        firms.setdefault(keeper, []).append(cases)
    people = colleagues(acting.organisation_id, on=acting.today)
    return [(one, len(firms.get(one.pk, [])), sum(firms.get(one.pk, []))) for one in people]
