"""What grants/ shows on pages of courses/: the tags of the slot templates, for those who may see money."""

from collections.abc import Sequence
from typing import Any

from django import template

from courses.models import Run
from firms.acting import Acting
from firms.models import Employment, Establishment
from grants.policies import may_see_forecast
from grants.queries import candidates, case_list, firms_of, forecast
from grants.standing import standings
from grants.states import CaseState

register = template.Library()


def acting_of(context: template.Context) -> Acting | None:
    return getattr(context["request"], "acting", None)


@register.inclusion_tag("grants/forecast.html", takes_context=True)
def grant_forecast(
    context: template.Context, run: Run, establishment: Establishment | None, chosen: Sequence[Employment]
) -> dict[str, Any]:
    """What sending these people may draw; nothing for anybody but the firm and its office."""
    acting = acting_of(context)
    if acting is None or establishment is None or not may_see_forecast(acting, establishment):
        return {"found": None, "today": None}
    return {"found": forecast(run, establishment, list(chosen), acting.today), "today": acting.today}


@register.inclusion_tag("grants/run_cases.html", takes_context=True)
def run_cases(context: template.Context, run: Run) -> dict[str, Any]:
    """The cases of this run one may see, and those that may still be opened."""
    acting = acting_of(context)
    if acting is None:
        return {"cases": [], "waiting": [], "today": None, "csrf_token": ""}
    waiting = candidates(firms_of(acting), today=acting.today)
    return {
        "cases": list(case_list(acting).filter(run=run)) if acting.kind in ("firm", "office") else [],
        "waiting": [one for one in waiting if one.run_id == run.pk],
        "today": acting.today,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("grants/run_claims.html", takes_context=True)
def run_claims(context: template.Context, run: Run) -> dict[str, Any]:
    """Beside the attendance table: the claims these minutes flow into, and who can still reach the share they ask for."""
    acting = acting_of(context)
    if acting is None:
        return {"rows": []}
    cases = case_list(acting).filter(run=run)
    return {
        "rows": [(case, standings(case, on=acting.today) if case.state == CaseState.FILED else []) for case in cases]
    }
