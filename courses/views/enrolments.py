"""A firm's manager chooses people, sees what it means, and only then confirms."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.actions.enrolments import cancel_enrolment, check_choice, open_by_person
from courses.actions.enrolments import enrol as enrol_people
from courses.models import Enrolment, Lesson, Run
from courses.policies import may_cancel_enrolment, may_enrol
from courses.queries import days_not_employed, lessons_of
from courses.states import EnrolmentState
from courses.views.answering import attempt
from firms.acting import Acting
from firms.errors import Refused
from firms.http import Request, require, row_number
from firms.models import Employment, Establishment


@dataclass(frozen=True)
class Candidate:
    """One person of the establishment, and why they cannot be chosen, if so."""

    employment: Employment
    obstacle: str
    is_chosen: bool


@require_http_methods(["GET", "POST"])
def enrol(request: Request, pk: int) -> HttpResponse:
    """Choosing and looking are GETs, so that nothing is written before the confirming POST."""
    acting = request.acting
    runs = Run.objects.visible_to(acting).with_dates().with_seats().with_queue().select_related("course__college")
    run = get_object_or_404(runs, pk=pk)
    require(may_enrol(acting))
    asked = request.POST if request.method == "POST" else request.GET
    establishment = chosen_establishment(acting, asked)
    chosen = chosen_employments(establishment, asked)
    try:
        if request.method == "POST":
            return confirmed(request, run, enrol_people(run, chosen, by=acting))
        if "employments" in asked or "next" in asked:
            check_choice(run, chosen, by=acting)
            return render(request, "courses/enrol_confirm.html", confirm_context(run, establishment, chosen, acting))
    except Refused as refusal:
        context = choose_context(run, establishment, chosen, acting) | {"refusal": refusal.sentence}
        return render(request, "courses/enrol.html", context)
    return render(request, "courses/enrol.html", choose_context(run, establishment, chosen, acting))


def confirmed(request: Request, run: Run, enrolments: Sequence[Enrolment]) -> HttpResponse:
    accepted = sum(enrolment.state == EnrolmentState.ACCEPTED for enrolment in enrolments)
    waiting = len(enrolments) - accepted
    words = (
        _("申し込みました。受講決定 %(accepted)s人")
        if not waiting
        else _("申し込みました。受講決定 %(accepted)s人、キャンセル待ち %(waiting)s人")
    )
    messages.success(request, words % {"accepted": accepted, "waiting": waiting})
    return redirect("courses:run", pk=run.pk)


def chosen_establishment(acting: Acting, asked: QueryDict) -> Establishment | None:
    own = list(Establishment.objects.filter(organisation=acting.organisation_id).order_by("pk"))
    return next((one for one in own if str(one.pk) == asked.get("establishment")), own[0] if own else None)


def chosen_employments(establishment: Establishment | None, asked: QueryDict) -> list[Employment]:
    """What is not a person of this establishment is not found, whatever the address says."""
    wanted = [row_number(pk) for pk in asked.getlist("employments")]
    if not wanted or establishment is None:
        return []
    found = establishment.employments.filter(pk__in=wanted).select_related(
        "person", "establishment__organisation", "pattern"
    )
    return list(found)


def choose_context(
    run: Run, establishment: Establishment | None, chosen: list[Employment], acting: Acting
) -> dict[str, object]:
    lessons = lessons_of(run)
    return {
        "run": run,
        "course": run.course,
        "lessons": lessons,
        "establishment": establishment,
        "establishments": list(Establishment.objects.filter(organisation=acting.organisation_id).order_by("pk")),
        "candidates": candidates(run, establishment, lessons, chosen, acting),
        "refusal": "",
        "today": acting.today,
    }


def candidates(
    run: Run, establishment: Establishment | None, lessons: list[Lesson], chosen: list[Employment], acting: Acting
) -> list[Candidate]:
    """Everyone who works there today or will; who cannot come stands below, with the reason."""
    if establishment is None:
        return []
    here = establishment.employments.filter(Q(ended_on=None) | Q(ended_on__gte=acting.today)).select_related("person")
    held = open_by_person(run)
    found = [
        Candidate(
            employment=one,
            obstacle=obstacle(one, lessons, held.get(one.person_id)),
            is_chosen=one in chosen,
        )
        for one in here.order_by("person__family_kana", "person__given_kana", "pk")
    ]
    return sorted(found, key=lambda candidate: bool(candidate.obstacle))


def obstacle(employment: Employment, lessons: list[Lesson], held: Enrolment | None) -> str:
    if held and held.state != EnrolmentState.REQUESTED:
        return str(held.get_state_display())
    if days := days_not_employed(employment, lessons):
        return _("%(day)sに在籍していません") % {"day": "、".join(f"{day.month}月{day.day}日" for day in days)}
    return ""


def confirm_context(
    run: Run, establishment: Establishment | None, chosen: list[Employment], acting: Acting
) -> dict[str, object]:
    again = QueryDict(mutable=True)
    again.setlist("establishment", [str(establishment.pk)] if establishment else [])
    return {
        "run": run,
        "course": run.course,
        "lessons": lessons_of(run),
        "establishment": establishment,
        "chosen": chosen,
        "cost_yen": run.fee_yen * len(chosen),
        "seated": min(run.free, len(chosen)),
        "queued": max(len(chosen) - run.free, 0),
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
