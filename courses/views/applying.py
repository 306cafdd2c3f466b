"""An employee asks for a seat, the firm's manager answers, and each sees their own enrolments."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.requests import approve_request, decline_request, request_seat
from courses.models import Enrolment, Run
from courses.policies import may_answer_request, may_apply
from courses.queries import current_marks, lessons_of
from courses.queries.attendance import attendance_row
from courses.states import OPEN_ENROLMENTS, EnrolmentState
from courses.views.answering import attempt
from firms.http import Request, require


@require_http_methods(["GET", "POST"])
def apply(request: Request, pk: int) -> HttpResponse:
    runs = Run.objects.visible_to(request.acting).with_dates().with_seats().with_queue()
    run = get_object_or_404(runs.select_related("course__college"), pk=pk)
    require(may_apply(request.acting))
    if request.method == "POST":
        done = _("受講の希望を出しました。会社の管理者が承認すると席が決まります。")
        back = reverse("courses:my_enrolments")
        return attempt(request, lambda: request_seat(run, by=request.acting), done=done, back=back)
    context = {"run": run, "course": run.course, "lessons": lessons_of(run), "today": request.acting.today}
    return render(request, "courses/apply.html", context)


@require_POST
def enrolment_approve(request: Request, pk: int) -> HttpResponse:
    enrolment = answered(request, pk)
    done = _("承認しました。受講者に知らせました。")
    back = reverse("courses:run", args=[enrolment.run_id])
    return attempt(request, lambda: approve_request(enrolment, by=request.acting), done=done, back=back)


@require_POST
def enrolment_decline(request: Request, pk: int) -> HttpResponse:
    enrolment = answered(request, pk)
    done = _("見送りました。本人に知らせました。")
    back = reverse("courses:run", args=[enrolment.run_id])
    return attempt(request, lambda: decline_request(enrolment, by=request.acting), done=done, back=back)


def answered(request: Request, pk: int) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.acting).select_related("run__course", "employment__establishment")
    enrolment = get_object_or_404(rows, pk=pk)
    require(may_answer_request(request.acting, enrolment))
    return enrolment


@require_safe
def my_enrolments(request: Request) -> HttpResponse:
    """One's own, with dates and minutes; those that came to nothing stand last."""
    own = Enrolment.objects.filter(person=request.person).select_related(
        "run__course__college", "employment__establishment__organisation"
    )
    enrolments = list(own.prefetch_related("run__lessons__breaks").order_by("-pk"))
    marks = current_marks(enrolments)
    rows = []
    for enrolment in enrolments:
        lessons = list(enrolment.run.lessons.all())
        planned = sum(lesson.minutes for lesson in lessons)
        rows.append(attendance_row(enrolment, lessons, marks, planned=planned))
    context = {
        "rows": [row for row in rows if row.enrolment.state in OPEN_ENROLMENTS],
        "closed": [row for row in rows if row.enrolment.state not in OPEN_ENROLMENTS],
        "can_cancel": {EnrolmentState.REQUESTED, EnrolmentState.WAITLISTED},
        "today": request.acting.today,
    }
    return render(request, "courses/my_enrolments.html", context)
