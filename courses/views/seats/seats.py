"""How seats are given: the draw, the choice, the answer to an offer, and seats a firm reserves."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from courses.actions.seats.choosing import DECISIONS, decide
from courses.actions.seats.lottery import draw_lottery, lot
from courses.actions.seats.quotas import give_back, name_people, reserve_seats
from courses.actions.seats.waiting import accept_offer, decline_offer, is_late
from courses.forms.catalogue.runs import DrawForm, GiveBackForm, ReserveForm
from courses.models import Enrolment, LotteryDraw, Run, SeatQuota
from courses.policies import may_answer_offer, may_choose_people, may_enrol, may_manage_run, may_name_people
from courses.queries import first_day, lessons_of
from courses.states import EnrolmentState, RunState
from courses.views.seats.choosing_people import choice_of, people_context
from firms.acting import Acting
from firms.errors import Refused
from firms.web.http import Request, attempt, refusing, require, row_number
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def run_draw(request: Request, pk: int) -> HttpResponse:
    """Whoever sees the run may see how it was drawn: numbers for all, names for those who may know them."""
    acting = request.acting
    run = get_object_or_404(Run.objects.visible_to(acting).with_seats().select_related("course__college"), pk=pk)
    draw = LotteryDraw.objects.filter(run=run).select_related("drawn_by").first()
    may_draw = may_manage_run(acting, run.course)
    require(may_draw if request.method == "POST" else may_draw or draw is not None)
    form = DrawForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            draw_lottery(run, seed=form.cleaned_data["seed"], by=acting)
            return redirect("courses:run_draw", pk=run.pk)
    states = list(run.enrolments.values_list("state", flat=True))
    context = {
        "run": run,
        "course": run.course,
        "form": form,
        "draw": draw,
        "rows": drawn_rows(acting, draw) if draw else [],
        "applied": states.count(EnrolmentState.APPLIED),
        "requested": states.count(EnrolmentState.REQUESTED),
        "may_draw": may_draw and run.state == RunState.OPEN and acting.today > run.apply_until,
        "today": acting.today,
    }
    return render(request, "courses/seats/run_draw.html", context)


def drawn_rows(acting: Acting, draw: LotteryDraw) -> list[dict[str, object]]:
    """In the order drawn: number, lot, and the name where this visitor may see it."""
    seen = Enrolment.objects.visible_to(acting).filter(pk__in=draw.ranking).select_related("person")
    known = {one.pk: one for one in seen}
    return [{"number": n, "lot": lot(draw.seed, n), "enrolment": known.get(n)} for n in draw.ranking]


@require_http_methods(["GET", "POST"])
def run_choose(request: Request, pk: int) -> HttpResponse:
    acting = request.acting
    runs = Run.objects.offered_by(acting).with_seats().select_related("course__college")
    run = get_object_or_404(runs, pk=pk)
    require(may_choose_people(acting, run))
    wanted = [row_number(pk) for pk in request.POST.getlist("enrolments")]
    refusal = None
    if request.method == "POST":
        try:
            state = decision_of(request.POST.get("decision", ""))
            people = decide(run, list(run.enrolments.filter(pk__in=wanted)), state, by=acting)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("%(n)s人を決めて、本人と企業に知らせました。") % {"n": len(people)})
            return redirect("courses:run_choose", pk=run.pk)
    undecided = run.enrolments.filter(state__in=[EnrolmentState.APPLIED, EnrolmentState.WAITLISTED])
    rows = undecided.select_related("person", "employment__establishment__organisation").in_queue_order()
    context = {"run": run, "course": run.course, "rows": list(rows), "wanted": wanted, "refusal": refusal}
    return render(request, "courses/seats/run_choose.html", context)


def decision_of(word: str) -> EnrolmentState:
    found = next((state for state in DECISIONS if state == word), None)
    if found is None:
        raise Refused(_("受講決定・補欠・見送りのどれかを選んでください。"))
    return found


@require_http_methods(["GET", "POST"])
def offer(request: Request, pk: int) -> HttpResponse:
    """Yes or no to a seat that became free."""
    acting = request.acting
    rows = Enrolment.objects.visible_to(acting).select_related(
        "person", "run__course__college", "employment__establishment__organisation"
    )
    enrolment = get_object_or_404(rows, pk=pk)
    require(may_answer_offer(acting, enrolment))
    back = offer_path(acting, enrolment)
    if request.method == "POST":
        if request.POST.get("answer") == "accept":
            done = _("席を受けました。受講が決まりました。")
            return attempt(request, lambda: accept_offer(enrolment, by=acting), done=done, back=back)
        done = _("席を見送りました。次の人に回ります。")
        return attempt(request, lambda: decline_offer(enrolment, by=acting), done=done, back=back)
    runs = Run.objects.with_dates().with_seats().with_queue().select_related("course__college")
    run = runs.get(pk=enrolment.run_id)
    context = {
        "enrolment": enrolment,
        "run": run,
        "course": run.course,
        "lessons": lessons_of(run),
        "is_asked": enrolment.state == EnrolmentState.OFFERED and not is_late(enrolment, on=acting.today),
        "establishment": enrolment.employment.establishment if enrolment.employment else None,
        "chosen": [enrolment.employment] if enrolment.employment else [],
        "back": back,
        "today": acting.today,
    }
    return render(request, "courses/seats/offer.html", context)


def offer_path(acting: Acting, enrolment: Enrolment) -> str:
    is_own = enrolment.person_id == acting.person.pk
    return reverse("courses:my_enrolments") if is_own else reverse("courses:run", args=[enrolment.run_id])


@require_http_methods(["GET", "POST"])
def quota_new(request: Request, pk: int) -> HttpResponse:
    """Reserving seats before it is known who comes."""
    acting = request.acting
    runs = Run.objects.visible_to(acting).with_dates().with_seats().with_queue().select_related("course__college")
    run = get_object_or_404(runs, pk=pk)
    require(may_enrol(acting))
    lessons = lessons_of(run)
    first = first_day(run, lessons)
    form = ReserveForm(request.POST or None, initial={"name_until": first - timedelta(days=7) if first else None})
    if form.is_valid():
        data = form.cleaned_data
        with refusing(form):
            quota = reserve_seats(run, data["seats"], name_until=data["name_until"], by=acting)
            return redirect("courses:quota", pk=quota.pk)
    context = {"run": run, "course": run.course, "lessons": lessons, "form": form, "today": acting.today}
    return render(request, "courses/seats/quota_new.html", context)


@require_http_methods(["GET", "POST"])
def quota(request: Request, pk: int) -> HttpResponse:
    """The reserved seats: names for them, or back with them."""
    acting = request.acting
    quotas = SeatQuota.objects.visible_to(acting).select_related("firm", "run__course__college")
    quota = get_object_or_404(quotas, pk=pk)
    require(may_name_people(acting, quota))
    choice = choice_of(acting, request.POST if request.method == "POST" else request.GET)
    refusal = None
    if request.method == "POST":
        try:
            name_people(quota, choice.employments, by=acting)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("氏名を届けました。受講が決まり、本人と連携校に知らせました。"))
            return redirect("courses:quota", pk=quota.pk)
    runs = Run.objects.with_dates().with_seats().with_queue().select_related("course__college")
    run = runs.get(pk=quota.run_id)
    named = quota.enrolments.select_related("person").order_by("pk")
    context = people_context(run, choice, acting) | {
        "quota": quota,
        "named": list(named),
        "form": GiveBackForm(initial={"seats": quota.unnamed}),
        "refusal": refusal,
    }
    return render(request, "courses/seats/quota.html", context)


@require_POST
def quota_return(request: Request, pk: int) -> HttpResponse:
    quotas = SeatQuota.objects.visible_to(request.acting).select_related("firm", "run__course")
    quota = get_object_or_404(quotas, pk=pk)
    require(may_name_people(request.acting, quota))
    form = GiveBackForm(request.POST)
    back = reverse("courses:quota", args=[quota.pk])
    if not form.is_valid():
        messages.error(request, _("返す席の数を1以上で入力してください。"))
        return redirect(back)
    done = _("席を返しました。順番を待つ人に回ります。")
    return attempt(
        request, lambda: give_back(quota, form.cleaned_data["seats"], by=request.acting), done=done, back=back
    )
