"""All trainees of a firm on one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.web.http import Request, require
from lms.trainees.following import on_trial, sent_to
from lms.trainees.policies import may_follow_trainees


@require_safe
def trainees(request: Request) -> HttpResponse:
    require(may_follow_trainees(request.acting))
    runs = sent_to(request.acting)
    now = [one for one in runs if not one.is_over]
    people = {one.enrolment.person_id for run in now for one in run.trainees}
    context = {
        "now": now,
        "over": [one for one in runs if one.is_over],
        "trials": on_trial(request.acting),
        "people_count": len(people),
        "cost_yen": sum(one.cost_yen for one in now),
        "worrying": [one for run in now for one in run.trainees if one.is_worrying],
    }
    return render(request, "trainees/trainees.html", context)
