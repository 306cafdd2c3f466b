"""A run: its page, writing it down, opening and cancelling it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.runs import cancel_run, create_run, edit_run, open_run
from courses.forms.offering import ReasonForm
from courses.forms.runs import RunForm
from courses.models import Course, Enrolment, Run
from courses.policies import may_apply, may_enrol, may_manage_run, may_see_attendance, sends
from courses.queries import lessons_of
from courses.states import OPEN_ENROLMENTS, EnrolmentState, RunState
from courses.views.answering import add_refusal, attempt
from firms.acting import Acting
from firms.errors import Refused
from firms.http import Request, require
from firms.models import JournalEntry


@require_safe
def run(request: Request, pk: int) -> HttpResponse:
    acting = request.acting
    runs = Run.objects.visible_to(acting).with_dates().with_seats().with_queue().select_related("course__college")
    run = get_object_or_404(runs, pk=pk)
    lessons = lessons_of(run)
    context = {
        "run": run,
        "course": run.course,
        "lessons": lessons,
        "total_minutes": sum(lesson.minutes for lesson in lessons),
        "course_minutes": int(run.course.hours * 60),
        "people": people_of(acting, run),
        "may": rights_on(acting, run),
        "is_bookable": run.state == RunState.OPEN and acting.today <= run.apply_until,
        "has_begun": any(lesson.on <= acting.today for lesson in lessons),
        "today": acting.today,
        "entries": journal_of(acting, run),
    }
    return render(request, "courses/run.html", context)


def people_of(acting: Acting, run: Run) -> list[tuple[Enrolment, bool]]:
    """Those of the run this visitor may see, each with whether the visitor's firm sends them."""
    seen = Enrolment.objects.visible_to(acting).filter(run=run)
    people = seen.select_related("person", "employment__establishment__organisation").order_by("pk")
    ranked = sorted(people, key=lambda one: RANK[EnrolmentState(one.state)])
    return [(one, sends(acting, one)) for one in ranked]


RANK = {
    EnrolmentState.REQUESTED: 0,
    EnrolmentState.APPLIED: 0,
    EnrolmentState.ACCEPTED: 1,
    EnrolmentState.COMPLETED: 1,
    EnrolmentState.NOT_COMPLETED: 1,
    EnrolmentState.OFFERED: 2,
    EnrolmentState.WAITLISTED: 3,
    EnrolmentState.DECLINED: 4,
    EnrolmentState.REJECTED: 4,
    EnrolmentState.CANCELLED: 4,
}


def rights_on(acting: Acting, run: Run) -> dict[str, bool]:
    """What the page offers; each action asks again."""
    is_mine = run.enrolments.filter(person=acting.person, state__in=OPEN_ENROLMENTS).exists()
    return {
        "manage": may_manage_run(acting, run.course) and run.state != RunState.CANCELLED,
        "enrol": may_enrol(acting),
        "apply": may_apply(acting) and not is_mine,
        "roster": run.course.college_id == acting.organisation_id,
        "attendance": may_see_attendance(acting, run),
    }


def journal_of(acting: Acting, run: Run) -> list[JournalEntry] | None:
    if not may_manage_run(acting, run.course):
        return None
    entries = JournalEntry.objects.visible_to(acting).about(run)
    return list(entries.select_related("person", "organisation", "mandate__office")[:20])


@require_http_methods(["GET", "POST"])
def run_new(request: Request, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.offered_by(request.acting).select_related("college"), pk=pk)
    require(may_manage_run(request.acting, course))
    initial = {
        "seats": course.seats,
        "fee_yen": course.fee_yen,
        "venue": course.college.name,
        "venue_address": course.college.address,
    }
    form = RunForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            run = create_run(course, form.facts(), by=request.acting)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("courses:lesson_new", pk=run.pk)
    return render(request, "courses/run_form.html", {"form": form, "course": course, "run": None})


@require_http_methods(["GET", "POST"])
def run_edit(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course__college"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    form = RunForm(request.POST or None, instance=Run.objects.get(pk=pk))
    if form.is_valid():
        try:
            edit_run(run, form.facts(), by=request.acting)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(path_of(run))
    return render(request, "courses/run_form.html", {"form": form, "course": run.course, "run": run})


@require_POST
def run_open(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    done = _("募集を始めました。締切日まで申し込めます。")
    return attempt(request, lambda: open_run(run, by=request.acting), done=done, back=path_of(run))


@require_http_methods(["GET", "POST"])
def run_cancel(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course__college"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            cancel_run(run, reason=form.cleaned_data["reason"], by=request.acting)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(path_of(run))
    people = run.enrolments.filter(state__in=OPEN_ENROLMENTS).count()
    return render(
        request, "courses/run_cancel.html", {"form": form, "run": run, "course": run.course, "people": people}
    )


def path_of(run: Run) -> str:
    return reverse("courses:run", args=[run.pk])
