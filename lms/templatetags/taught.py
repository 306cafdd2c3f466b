"""What mentors/ shows on pages of courses/ and firms/: hours taught by a マイスター, for the person and for their firm."""

from typing import Any

from django import template

from firms.acting import Acting
from firms.models import Employment
from firms.policies import leads
from mentors.queries.sessions import hours_of

register = template.Library()
SHOWN = 50


def rows_of(person_id: int, host_id: int | None = None) -> dict[str, Any]:
    rows = list(hours_of(person_id, host_id=host_id)[:SHOWN])
    return {"rows": rows, "total": sum(row.minutes for row in rows)}


@register.inclusion_tag("mentoring/taught_hours.html", takes_context=True)
def own_taught_hours(context: template.Context) -> dict[str, Any]:
    """One's own, wherever it was."""
    acting: Acting | None = getattr(context["request"], "acting", None)
    return rows_of(acting.person.pk) if acting else {"rows": [], "total": 0}


@register.inclusion_tag("mentoring/taught_hours.html", takes_context=True)
def employee_taught_hours(context: template.Context, employment: Employment) -> dict[str, Any]:
    """For those who lead the firm: what was taught at this firm, and nothing of another."""
    acting: Acting | None = getattr(context["request"], "acting", None)
    firm = employment.establishment.organisation_id
    if acting is None or not leads(acting, firm):
        return {"rows": [], "total": 0}
    return rows_of(employment.person_id, firm)
