"""The home of an advisor office: its clients' deadlines above all."""

from django.db.models import Count, F, Min, Q, QuerySet

from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import Role
from grants.models.cases import grant_clients, seen_by_office
from grants.states import ENDED, DeadlineState
from lms.homes import money
from lms.homes.steps import candidate_steps, deadline_steps, mandate_steps, most_urgent

CLIENTS_SHOWN = 10


def gather(acting: Acting) -> dict[str, object]:
    """A clerk prepares cases; answering a mandate is the advisor's."""
    is_advisor = acting.role == Role.ADVISOR
    steps = [*deadline_steps(acting), *candidate_steps(acting), *(mandate_steps(acting) if is_advisor else [])]
    return {
        **most_urgent(steps),
        **money.gather(acting),
        **money.chances(acting),
        "clients": list(clients_of(acting)[:CLIENTS_SHOWN]),
        "client_count": len(acting.client_ids),
        "is_advisor": is_advisor,
    }


def clients_of(acting: Acting) -> QuerySet[Organisation]:
    """The client whose deadline is nearest first."""
    seen = seen_by_office(acting, cases="establishments__grant_cases__", firm="pk")
    running = ~Q(establishments__grant_cases__state__in=ENDED) & seen
    open_ones = Q(establishments__grant_cases__deadlines__state=DeadlineState.OPEN) & seen
    return (
        Organisation.objects.filter(pk__in=grant_clients(acting))
        .annotate(
            cases=Count("establishments__grant_cases", filter=running, distinct=True),
            next_deadline=Min("establishments__grant_cases__deadlines__last_on", filter=open_ones),
        )
        .order_by(F("next_deadline").asc(nulls_last=True), "name_kana", "pk")
    )
