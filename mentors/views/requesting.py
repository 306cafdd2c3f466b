"""Pages of a request: the list, asking, who could come and why, the learners, the plan, and its answer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.web.http import Request, attempt, page_of, refusing, require
from firms.words.saying import said as _
from mentors.actions.requesting.asking import ask, name_learner, remove_learner
from mentors.actions.requesting.planning import (
    agree_to_plan,
    cancel_request,
    decline_plan,
    propose_plan,
)
from mentors.forms.certifying import BecauseForm
from mentors.forms.requesting import LearnerForm, RequestForm, plan_lines, visits_of
from mentors.models import Certification, MentoringRequest
from mentors.oneself import oneself
from mentors.policies import (
    may_answer_plan,
    may_ask,
    may_ask_move,
    may_cancel_request,
    may_cancel_session,
    may_list_requests,
    may_name_learners,
    may_plan,
)
from mentors.queries.certifying import the_ward
from mentors.queries.requesting import employees_of, requests_shown, suggestions
from mentors.queries.sessions import has_papers
from mentors.views.moving import moves_shown


@require_safe
def requests(request: Request) -> HttpResponse:
    require(may_list_requests(request.acting))
    seen = requests_shown(MentoringRequest.objects.visible_to(request.acting).order_by("-pk"))
    context = {"page": page_of(seen, request), "may_ask": may_ask(request.acting)}
    return render(request, "mentors/requesting/requests.html", context)


@require_http_methods(["GET", "POST"])
def request_new(request: Request) -> HttpResponse:
    require(may_ask(request.acting))
    ward, host = the_ward(on=request.acting.today), request.acting.organisation
    if ward is None or host is None:
        raise Http404
    known = {"place": host.address, "contact_name": request.acting.person.full_name}
    form = RequestForm(request.POST or None, initial={**known, "contact_email": request.acting.person.email})
    if form.is_valid():
        with refusing(form):
            made = ask(host=host, ward=ward, by=request.acting, **form.facts)
            messages.success(request, _("依頼を受け取りました。次に、受講者と日時を決めてください。"))
            return redirect("mentors:request", made.pk)
    return render(request, "mentors/requesting/request_form.html", {"form": form})


def shown_request(request: Request, pk: int) -> MentoringRequest:
    seen = MentoringRequest.objects.visible_to(request.acting)
    return get_object_or_404(seen.select_related("host", "ward", "certification__person"), pk=pk)


@require_safe
def request_detail(request: Request, pk: int) -> HttpResponse:
    return render(request, "mentors/requesting/request.html", page_of_request(request, shown_request(request, pk)))


def page_of_request(request: Request, shown: MentoringRequest, **forms_shown: forms.BaseForm) -> dict[str, Any]:
    acting, may_find = request.acting, may_plan(request.acting, shown)
    sessions = list(shown.sessions.select_related("request", "mentor"))
    return {
        "request_shown": shown,
        "sessions": [
            (one, may_cancel_session(acting, one), may_ask_move(acting, one) and one.starts_at > timezone.now())
            for one in sessions
        ],
        "moves": moves_shown(acting, sessions),
        "has_report": any(one.logged_on for one in sessions) and has_papers(shown),
        "learners": shown.learners.all(),
        "suggestions": suggestions(shown, on=acting.today) if may_find else [],
        "may_plan": may_find,
        "may_name": may_name_learners(acting, shown),
        "may_answer": may_answer_plan(acting, shown),
        "may_cancel": may_cancel_request(acting, shown),
        "learner_form": LearnerForm(employees=employees_of(shown.host_id, on=acting.today)),
        "because_form": BecauseForm(),
        **forms_shown,
    }


@require_POST
def learner_add(request: Request, pk: int) -> HttpResponse:
    shown = shown_request(request, pk)
    require(may_name_learners(request.acting, shown))
    form = LearnerForm(request.POST, employees=employees_of(shown.host_id, on=request.acting.today))
    if form.is_valid():
        with refusing(form):
            name_learner(shown, by=request.acting, **form.cleaned_data)
            messages.success(request, _("受講者を名簿に加えました。"))
            return redirect("mentors:request", pk)
    context = page_of_request(request, shown, learner_form=form)
    return render(request, "mentors/requesting/request.html", context)


@require_POST
def learner_remove(request: Request, pk: int, learner: int) -> HttpResponse:
    shown = shown_request(request, pk)
    require(may_name_learners(request.acting, shown))
    kept = get_object_or_404(shown.learners.select_related("request"), pk=learner)
    done = _("名簿から外しました。")
    return attempt(request, lambda: remove_learner(kept, by=request.acting), done=done, back=request_url(pk))


def request_url(pk: int) -> str:
    return reverse("mentors:request", args=[pk])


@require_http_methods(["GET", "POST"])
def plan(request: Request, pk: int, certification: int) -> HttpResponse:
    """With one of the register: whom one may plan with is who agreed to be found."""
    shown = shown_request(request, pk)
    require(may_plan(request.acting, shown))
    found = Certification.objects.listed_on(request.acting.today).select_related("person")
    chosen = get_object_or_404(found.prefetch_related("suspensions"), pk=certification, occupation=shown.occupation)
    lines, form = plan_lines(request.POST or None), forms.Form(request.POST or None)
    if all([form.is_valid(), *(line.is_valid() for line in lines)]):
        with refusing(form):
            propose_plan(shown, chosen, visits_of(lines), by=request.acting)
            messages.success(request, _("計画をマイスターに送りました。返事が届くと、お知らせします。"))
            return redirect("mentors:request", pk)
    context = {"request_shown": shown, "certification": chosen, "lines": lines, "form": form}
    return render(request, "mentors/requesting/plan.html", context)


@require_POST
def plan_agree(request: Request, pk: int) -> HttpResponse:
    shown = shown_request(request, pk)
    require(may_answer_plan(request.acting, shown))
    done = _("承諾しました。日時を忘れないよう、手帳にも書いてください。")
    return attempt(request, lambda: agree_to_plan(shown, by=oneself(request.acting)), done=done, back=request_url(pk))


@require_POST
def plan_decline(request: Request, pk: int) -> HttpResponse:
    shown = shown_request(request, pk)
    require(may_answer_plan(request.acting, shown))
    form = BecauseForm(request.POST)
    if form.is_valid():
        with refusing(form):
            decline_plan(shown, because=form.cleaned_data["because"], by=oneself(request.acting))
            messages.success(request, _("辞退を伝えました。"))
            return redirect("mentors:mine")
    return render(request, "mentors/requesting/request.html", page_of_request(request, shown, because_form=form))


@require_POST
def request_cancel(request: Request, pk: int) -> HttpResponse:
    shown = shown_request(request, pk)
    require(may_cancel_request(request.acting, shown))
    form = BecauseForm(request.POST)
    if form.is_valid():
        with refusing(form):
            cancel_request(shown, because=form.cleaned_data["because"], by=request.acting)
            messages.success(request, _("依頼を取り下げました。"))
            return redirect("mentors:request", pk)
    return render(request, "mentors/requesting/request.html", page_of_request(request, shown, because_form=form))
