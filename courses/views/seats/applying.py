"""An employee asks for a seat, the firm's manager answers, and each sees their own enrolments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.seats.requests import approve_request, decline_request, request_seat
from courses.actions.seats.seats import place_for
from courses.forms.catalogue.runs import MotiveForm
from courses.models import Enrolment, Run
from courses.policies import may_answer_request, may_apply
from courses.queries import current_marks, first_day, last_cancel_day, last_day, lessons_of, queue_places
from courses.queries.attendance.attendance import AttendanceRow, MarkMap, attendance_row
from courses.queries.seats.standing import Standing, standing
from courses.queries.seats.terms import Moved, moved_terms
from courses.states import SEATED, EnrolmentState
from courses.terms import Terms
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def apply(request: Request, pk: int) -> HttpResponse:
    runs = Run.objects.visible_to(request.acting).with_dates().with_seats().with_queue()
    run = get_object_or_404(runs.select_related("course__college"), pk=pk)
    require(may_apply(request.acting))
    form = MotiveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusing(form):
            request_seat(run, by=request.acting, **form.cleaned_data)
            messages.success(request, _("受講の希望を出しました。会社の管理者が承認すると申込みになります。"))
            return redirect("courses:my_enrolments")
    lessons = lessons_of(run)
    context = {"run": run, "asked": [run], "course": run.course, "lessons": lessons, "form": form}
    context |= {"seen": Terms.offered_by(run).fingerprint}
    return render(request, "courses/seats/apply.html", context | {"today": request.acting.today})


@require_http_methods(["GET", "POST"])
def enrolment_approve(request: Request, pk: int) -> HttpResponse:
    """Before the click: what it costs, what a grant may pay, and the day by which its plan must be filed."""
    enrolment = answered(request, pk)
    if request.method == "POST":
        done = _("承認しました。受講者に知らせました。")
        back = reverse("courses:run", args=[enrolment.run_id])
        return attempt(request, lambda: approve_request(enrolment, by=request.acting), done=done, back=back)
    runs = Run.objects.with_dates().with_seats().with_queue().select_related("course__college")
    run = runs.get(pk=enrolment.run_id)
    lessons = lessons_of(run)
    employment = enrolment.employment
    context = {
        "enrolment": enrolment,
        "run": run,
        "course": run.course,
        "lessons": lessons,
        "moved": moved_terms(enrolment),
        "names": [enrolment.person.full_name],
        "is_asked": enrolment.state == EnrolmentState.REQUESTED,
        "place": place_for(run),
        "establishment": employment.establishment if employment else None,
        "chosen": [employment] if employment else [],
        "last_cancel": last_cancel_day(run, lessons),
        "today": request.acting.today,
    }
    return render(request, "courses/seats/approve.html", context)


@require_POST
def enrolment_decline(request: Request, pk: int) -> HttpResponse:
    enrolment = answered(request, pk)
    done = _("見送りました。本人に知らせました。")
    back = reverse("courses:run", args=[enrolment.run_id])
    return attempt(request, lambda: decline_request(enrolment, by=request.acting), done=done, back=back)


def answered(request: Request, pk: int) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.acting).select_related(
        "person", "run__course", "employment__establishment__organisation", "employment__person", "employment__pattern"
    )
    enrolment = get_object_or_404(rows, pk=pk)
    require(may_answer_request(request.acting, enrolment))
    return enrolment


@dataclass(frozen=True)
class OwnEnrolment:
    """One's own place in a run: minutes lesson by lesson, where it stands in words, and which terms moved since."""

    attendance: AttendanceRow
    standing: Standing
    moved: list[Moved]

    @property
    def enrolment(self) -> Enrolment:
        return self.attendance.enrolment


@require_safe
def my_enrolments(request: Request) -> HttpResponse:
    """One's own, with dates and minutes; those that came to nothing stand last."""
    own = Enrolment.objects.filter(person=request.person).select_related(
        "run__course__college", "employment__establishment__organisation"
    )
    enrolments = list(own.prefetch_related("run__lessons__breaks").order_by("-pk"))
    marks = current_marks(enrolments)
    places = queue_places([one.run_id for one in enrolments if one.state == EnrolmentState.WAITLISTED])
    rows = [own_row(one, marks, places, on=request.acting.today) for one in enrolments]
    ended = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)
    context = {
        "rows": sorted((row for row in rows if row.enrolment.is_open), key=is_settled),
        "done": [row for row in rows if row.enrolment.state in ended],
        "closed": [row for row in rows if not row.enrolment.is_open and row.enrolment.state not in ended],
        "can_cancel": {EnrolmentState.REQUESTED, EnrolmentState.APPLIED, EnrolmentState.WAITLISTED},
        "seated": set(SEATED),
        "today": request.acting.today,
    }
    return render(request, "courses/seats/my_enrolments.html", context)


def is_settled(row: OwnEnrolment) -> bool:
    """What waits for one's own answer stands first."""
    return row.enrolment.state != EnrolmentState.OFFERED


def own_row(enrolment: Enrolment, marks: MarkMap, places: Mapping[int, int], *, on: date) -> OwnEnrolment:
    run = enrolment.run
    lessons = list(run.lessons.all())
    first, last = first_day(run, lessons), last_day(run, lessons)
    return OwnEnrolment(
        attendance_row(enrolment, lessons, marks, planned=sum(lesson.minutes for lesson in lessons)),
        standing(enrolment, first=first, last=last, on=on, place=places.get(enrolment.pk)),
        moved_terms(enrolment),
    )
