"""On the card of an employee: what courses/ and trials/ know of them, for those who lead the firm."""

from typing import Any

from django import template

from firms.acting import Acting
from firms.models import Employment
from firms.policies import leads
from lms.trainees.record import record_of

register = template.Library()


@register.inclusion_tag("trainees/record.html", takes_context=True)
def employee_training(context: template.Context, employment: Employment) -> dict[str, Any]:
    """Nothing for the person themselves, who have pages of their own, nor for an office."""
    acting: Acting | None = getattr(context["request"], "acting", None)
    if acting is None or not leads(acting, employment.establishment.organisation_id):
        return {"record": None}
    return {"record": record_of(employment, on=acting.today), "person": employment.person_id}
