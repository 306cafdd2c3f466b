"""国のトライアル雇用 of a firm: the list, one with its due days, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from firms.verbs import Label
from firms.web.http import Request, page_of, refusing, require
from firms.words.saying import said as _
from trials.actions.conversion import direct as act
from trials.forms import direct as asked
from trials.models import DirectTrial
from trials.policies import may_post, may_run_direct
from trials.rules import direct_claim, direct_plan
from trials.states import DirectState as D


@dataclass(frozen=True)
class DirectStep:
    """`states` are those it may be taken in; the first is the state's next step, others need not be taken."""

    label: Label
    form: type[forms.Form]
    act: Callable[..., object]
    states: tuple[D, ...]
    is_next: bool = True


STEPS: dict[str, DirectStep] = {
    "plan": DirectStep(_lazy("実施計画書を出した"), asked.PlanForm, act.file_plan, (D.HIRED,)),
    "end": DirectStep(_lazy("終わった・転換した"), asked.EndDirectForm, act.end_direct, (D.PLANNED,)),
    "claim": DirectStep(_lazy("支給申請をした"), asked.ClaimForm, act.claim_direct, (D.ENDED,)),
    "decide": DirectStep(_lazy("決定を記録する"), asked.DecideForm, act.decide_direct, (D.CLAIMED,)),
    "drop": DirectStep(
        _lazy("申請しない"), asked.DropForm, act.drop_direct, (D.HIRED, D.PLANNED, D.ENDED), is_next=False
    ),
}


def open_steps(found: DirectTrial) -> list[tuple[str, DirectStep]]:
    return [(code, step) for code, step in STEPS.items() if found.state in step.states]


def seen_direct(request: Request, pk: int) -> DirectTrial:
    return get_object_or_404(DirectTrial.objects.visible_to(request.acting).with_sides(), pk=pk)


@require_safe
def directs(request: Request) -> HttpResponse:
    require(may_post(request.acting))
    found = DirectTrial.objects.visible_to(request.acting).with_sides()
    return render(request, "trials/directs.html", {"page": page_of(found, request), "today": request.acting.today})


@require_http_methods(["GET", "POST"])
def direct_new(request: Request) -> HttpResponse:
    require(may_post(request.acting))
    form = asked.DirectForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        with refusing(form):
            begun = act.begin_direct(by=request.acting, **form.cleaned_data)
            messages.success(request, _("登録しました。実施計画書の期限を確かめてください。"))
            return redirect("trials:direct", begun.pk)
    heading = _("国のトライアル雇用を登録する")
    return render(request, "trials/form.html", {"form": form, "heading": heading, "back": "trials:directs"})


@require_safe
def direct(request: Request, pk: int) -> HttpResponse:
    found = seen_direct(request, pk)
    runs = may_run_direct(request.acting, found)
    context = {
        "trial": found,
        "steps": open_steps(found) if runs else [],
        "plan": direct_plan(found.hired_on) if found.state == D.HIRED else None,
        "claim": direct_claim(found.ended_on) if found.state == D.ENDED and found.ended_on else None,
        "today": request.acting.today,
        "runs": runs,
    }
    return render(request, "trials/direct.html", context)


@require_http_methods(["GET", "POST"])
def direct_step(request: Request, pk: int, code: str) -> HttpResponse:
    if code not in STEPS:
        raise Http404
    found = seen_direct(request, pk)
    require(may_run_direct(request.acting, found))
    step: DirectStep = STEPS[code]
    if found.state not in step.states:
        messages.error(request, _("いまは「%(step)s」を行えません。") % {"step": step.label})
        return redirect("trials:direct", pk)
    form = step.form(request.POST or None)
    if form.is_valid():
        with refusing(form):
            given: dict[str, Any] = form.cleaned_data
            step.act(found, by=request.acting, **given)
            messages.success(request, _("記録しました。"))
            return redirect("trials:direct", pk)
    context = {"form": form, "heading": str(step.label), "back": "trials:direct", "back_pk": pk}
    return render(request, "trials/form.html", context)
