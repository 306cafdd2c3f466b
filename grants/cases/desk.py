"""The board of an office: each client firm with its next date, what is to do by it, and whose turn that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from firms.acting import Acting
from firms.models import Mandate, Person
from grants.cases.situation import Due, due, situations_of
from grants.models import Deadline, Deputy, Exemption, GrantCase
from grants.queries.desk import Client


@dataclass(frozen=True)
class ClientRow:
    """`lacks` is how many entries the case of the next date still wants; `deputy` stands in for the keeper today."""

    firm: Client
    cases: int
    keeper: Person | None
    deputy: Person | None
    due: Due | None
    lacks: int
    mandate_ends_on: date | None
    exempted: int


def rows_of(firms: Sequence[Client], *, acting: Acting) -> list[ClientRow]:
    """As many queries for one as for many."""
    people = Person.objects.in_bulk({firm.keeper for firm in firms})
    away = Deputy.objects.on(acting.today).filter(office=acting.organisation_id, person__in=people)
    deputies = {one.person_id: one.deputy for one in away.select_related("deputy")}
    ends = dict(
        Mandate.objects.in_force(acting.today).filter(office=acting.organisation_id).values_list("firm", "ends_on")
    )
    nearest = Deadline.objects.filter(pk__in=[firm.nearest for firm in firms if firm.nearest])
    held = {row.pk: row for row in nearest}
    exempted = exempted_by_firm([firm.pk for firm in firms], acting=acting)
    now = situations_of({row.case_id for row in held.values()}, on=acting.today)
    found = []
    for firm in firms:
        row = held.get(firm.nearest or 0)
        found.append(
            ClientRow(
                firm=firm,
                cases=firm.cases,
                keeper=people.get(firm.keeper),
                deputy=deputies.get(firm.keeper),
                due=due(row, now[row.case_id]) if row else None,
                lacks=len(now[row.case_id].needed) if row else 0,
                mandate_ends_on=ends[firm.pk],
                exempted=exempted.get(firm.pk, 0),
            )
        )
    return found


def exempted_by_firm(firms: Sequence[int], *, acting: Acting) -> dict[int, int]:
    """How many requirements are set aside today in the running cases the office sees. One query."""
    cases = GrantCase.objects.visible_to(acting).running().filter(establishment__organisation__in=firms)
    rows = Exemption.objects.in_force(acting.today).filter(case__in=cases).order_by()
    return dict(rows.values_list("case__establishment__organisation").annotate(n=Count("pk")))
