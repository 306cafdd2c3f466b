"""The month of a college's instructors."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.policies import may_see_schedule
from courses.queries.catalogue.schedule import lessons_in, month_of, teachings
from courses.views.catalogue.calendar import month_asked
from firms.web.http import Request, require


@require_safe
def schedule(request: Request) -> HttpResponse:
    require(may_see_schedule(request.acting))
    first, following = month_of(month_asked(request.GET.get("month", ""), request.acting.today))
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
    return render(request, "courses/catalogue/schedule.html", context)
