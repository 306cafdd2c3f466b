"""A firm's manager chooses people, sees what it means, and only then confirms."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from courses.actions.seats.enrolments import cancel_enrolment, check_choice, take_back_seat
from courses.actions.seats.enrolments import enrol as enrol_people
from courses.forms.catalogue.offering import ReturnForm
from courses.forms.catalogue.runs import MotiveForm
from courses.models import Enrolment, Run
from courses.models.catalogue.runs import Selection
from courses.policies import may_cancel_enrolment, may_enrol, may_take_back_seat
from courses.queries import last_cancel_day, lessons_of
from courses.states import EnrolmentState
from courses.terms import Terms
from courses.views.seats.choosing_people import Choice, choice_of, people_context
from firms.acting import Acting
from firms.errors import Refused
from firms.web.http import Request, add_refusal, attempt, refusing, require
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def enrol(request: Request, pk: int) -> HttpResponse:
    """Choosing and looking are GETs, so that nothing is written before the confirming POST."""
    acting = request.acting
    runs = Run.objects.visible_to(acting).with_dates().with_seats().with_queue().select_related("course__college")
    run = get_object_or_404(runs, pk=pk)
    require(may_enrol(acting))
    asked = request.POST if request.method == "POST" else request.GET
    choice = choice_of(acting, asked)
    form = MotiveForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            return confirmed(request, run, enrol_people(run, choice.employments, by=acting, **form.cleaned_data))
        if request.method == "GET" and "employments" not in asked and "next" not in asked:
            return render(request, "courses/seats/enrol.html", people_context(run, choice, acting))
        check_choice(run, choice.employments, by=acting)
    except Refused as refusal:
        if refusal.field not in {*form.fields, "terms"}:
            context = people_context(run, choice, acting) | {"refusal": refusal}
            return render(request, "courses/seats/enrol.html", context)
        add_refusal(form, refusal)
    context = confirm_context(run, choice, acting) | {"form": form}
    return render(request, "courses/seats/enrol_confirm.html", context)


def confirmed(request: Request, run: Run, enrolments: Sequence[Enrolment]) -> HttpResponse:
    counts = [
        _("%(state)s %(n)s人") % {"state": EnrolmentState(state).label, "n": n}
        for state in (EnrolmentState.ACCEPTED, EnrolmentState.WAITLISTED, EnrolmentState.APPLIED)
        if (n := sum(enrolment.state == state for enrolment in enrolments))
    ]
    messages.success(request, _("申し込みました。%(counts)s") % {"counts": "、".join(counts)})
    return redirect("courses:run", pk=run.pk)


def confirm_context(run: Run, choice: Choice, acting: Acting) -> dict[str, object]:
    establishment, chosen = choice.establishment, choice.employments
    again = QueryDict(mutable=True)
    again.setlist("establishment", [str(establishment.pk)] if establishment else [])
    lessons = lessons_of(run)
    is_at_once = run.selection == Selection.FIRST_COME
    return {
        "run": run,
        "course": run.course,
        "lessons": lessons,
        "establishment": establishment,
        "chosen": chosen,
        "seen": Terms.offered_by(run).fingerprint,
        "cost_yen": run.price_yen * len(chosen),
        "is_at_once": is_at_once,
        "seated": min(run.free, len(chosen)),
        "queued": max(len(chosen) - run.free, 0) if is_at_once else 0,
        "last_cancel": last_cancel_day(run, lessons),
        "back": f"{reverse('courses:enrol', args=[run.pk])}?{again.urlencode()}",
        "today": acting.today,
    }


@require_POST
def enrolment_cancel(request: Request, pk: int) -> HttpResponse:
    rows = Enrolment.objects.visible_to(request.acting).select_related("run__course", "employment__establishment")
    enrolment = get_object_or_404(rows, pk=pk)
    require(may_cancel_enrolment(request.acting, enrolment))
    is_own = enrolment.person_id == request.person.pk
    back = reverse("courses:my_enrolments") if is_own else reverse("courses:run", args=[enrolment.run_id])
    done = _("申込みを取り消しました。")
    return attempt(request, lambda: cancel_enrolment(enrolment, by=request.acting), done=done, back=back)


@require_http_methods(["GET", "POST"])
def take_back(request: Request, pk: int) -> HttpResponse:
    """The college gives up a seat for a firm that is too late to do so itself."""
    rows = Enrolment.objects.visible_to(request.acting).select_related("person", "run__course__college")
    enrolment = get_object_or_404(rows, pk=pk)
    require(may_take_back_seat(request.acting, enrolment))
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            take_back_seat(enrolment, reason=form.cleaned_data["reason"], by=request.acting)
            messages.success(request, _("受講を取り消しました。席は順番を待つ人に回ります。"))
            return redirect("courses:run", pk=enrolment.run_id)
    context = {"form": form, "enrolment": enrolment, "run": enrolment.run, "course": enrolment.run.course}
    return render(request, "courses/attendance/take_back.html", context)
