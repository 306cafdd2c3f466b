"""The plans of a run for which its college gives its consent (様式第12号): who filed, and nothing of any amount."""

from django.db.models import QuerySet

from firms.acting import Acting
from firms.models.organisations import Kind
from firms.queries.prepared import PreparedFor
from grants.models import GrantCase, PlanVersion
from grants.states import CaseState


def consents(acting: Acting) -> QuerySet[PlanVersion]:
    """Filed plans for courses of the college one acts for, and those of cases one may see; the newest of each last."""
    filed = PlanVersion.objects.filter(filing__isnull=False, case__run__isnull=False).exclude(
        case__state=CaseState.DROPPED
    )
    if acting.kind == Kind.COLLEGE:
        filed = filed.filter(case__run__course__college=acting.organisation_id)
    else:
        filed = filed.filter(case__in=GrantCase.objects.visible_to(acting))
    return filed.select_related("filing", "case__establishment__organisation", "case__run__course__college").order_by(
        "case", "number"
    )


def consents_of_run(acting: Acting, run_id: int) -> list[PlanVersion]:
    """One of each firm's establishment."""
    return list({plan.case_id: plan for plan in plans_of_run(acting, run_id)}.values())


@PreparedFor
def plans_of_run(acting: Acting, run: int) -> QuerySet[PlanVersion]:
    return consents(acting).filter(case__run=run)
