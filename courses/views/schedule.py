"""The month of a college's instructors."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.policies import may_see_schedule
from courses.queries.schedule import lessons_in, month_of, teachings
from firms.http import Request, require


@require_safe
def schedule(request: Request) -> HttpResponse:
    require(may_see_schedule(request.acting))
    first, following = month_of(asked_month(request.GET.get("month", ""), today=request.acting.today))
    lessons = lessons_in(request.acting.organisation_id or 0, first=first, until=following)
    rows = teachings(lessons)
    context = {
        "first": first,
        "rows": rows,
        "hours": [(row.instructor.full_name, row.minutes // 60) for row in rows if row.instructor],
        "is_empty": not lessons,
        "earlier": (first - timedelta(days=1)).replace(day=1),
        "later": following,
        "may_edit": request.acting.role == "coordinator",
    }
    return render(request, "courses/schedule.html", context)


def asked_month(text: str, *, today: date) -> date:
    """`2027-02`; what makes no sense is this month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today
