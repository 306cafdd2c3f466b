"""The cases of a firm that is deregistered: nobody acts for it any more, so what is not with the office yet is given up."""

from django.db import transaction
from django.db.models import QuerySet

from firms.acting import Acting
from firms.models import Organisation
from grants.actions.cases import drop_case
from grants.models import GrantCase
from grants.states import MOVES, CaseState

# Until the claim is out; then it is the labour office's to decide, and the firm's to take back.
DROPPABLE = [state for state, after in MOVES[CaseState].items() if CaseState.DROPPED in after]


def cases_to_drop(firm: Organisation) -> QuerySet[GrantCase]:
    return running(firm).filter(state__in=DROPPABLE)


def cases_with_the_office(firm: Organisation) -> QuerySet[GrantCase]:
    return running(firm).exclude(state__in=DROPPABLE)


def running(firm: Organisation) -> QuerySet[GrantCase]:
    theirs = GrantCase.objects.running().filter(establishment__organisation=firm)
    return theirs.select_related(
        "run__course", "conversion__person", "subscription", "establishment__organisation"
    ).order_by("pk")


@transaction.atomic
def end_cases(firm: Organisation, *, by: Acting) -> None:
    for case in cases_to_drop(firm):
        drop_case(case, reason=firm.deregistered_because, by=by)
