"""What papers are made of, written on pages: the host's pay, safety teaching, evaluations, notices of an end, and receipts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from trials.actions.matching.learning import assign_learning
from trials.actions.working.calls import record_call
from trials.actions.working.papers import (
    evaluate,
    notify_end,
    record_teaching,
    take_in,
    tell_pay_again,
    write_detail,
)
from trials.forms.papers import (
    AccidentDetailForm,
    CallForm,
    EndNoticeForm,
    EvaluationForm,
    LearningForm,
    PayForm,
    SafetyForm,
)
from trials.learning import offered_on
from trials.models import Placement, TrialPaper
from trials.papers.kinds import KINDS
from trials.policies import (
    may_assign_learning,
    may_call_on_host,
    may_evaluate,
    may_keep_records,
    may_notify_end,
    may_print,
    may_tell_pay,
    party_of,
    side_of,
)
from trials.views.papers import seen_placement
from trials.views.placements import seen_placement as seen_placement_of_any
from trials.views.records import seen_accident


def kept(
    request: Request,
    found: Placement,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    heading: str,
    done: str,
    lead: str = "",
) -> HttpResponse:
    """One form, and back to the papers it fills."""
    if form.is_valid():
        with refusing(form):
            act(form.cleaned_data)
            messages.success(request, done)
            return redirect("trials:papers", found.pk)
    context = {"form": form, "heading": heading, "lead": lead, "back": "trials:papers", "back_pk": found.pk}
    return render(request, "trials/form.html", context)


@require_http_methods(["GET", "POST"])
def pay_again(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_tell_pay(request.acting, found))
    form = PayForm(request.POST or None, instance=found.pay_information.order_by("number").last())
    return kept(
        request,
        found,
        form,
        lambda given: tell_pay_again(found, given, by=request.acting),
        heading=_("待遇情報を改める"),
        done=_("派遣元に知らせました。"),
    )


@require_http_methods(["GET", "POST"])
def teaching_new(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_keep_records(request.acting, found))
    side = side_of(request.acting, found)
    assert side is not None
    form = SafetyForm(request.POST or None, initial={"held_on": request.acting.today})
    return kept(
        request,
        found,
        form,
        lambda given: record_teaching(found, side=side, given=given, by=request.acting),
        heading=_("安全衛生教育を記録する"),
        done=_("記録しました。"),
    )


@require_http_methods(["GET", "POST"])
def evaluation_new(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_evaluate(request.acting, found))
    party = party_of(request.acting, found)
    assert party is not None
    form = EvaluationForm(request.POST or None)
    return kept(
        request,
        found,
        form,
        lambda given: evaluate(found, side=party, given=given, by=request.acting),
        heading=_("評価を記入する"),
        done=_("評価を記入しました。三者が評価シートを読めます。"),
        lead=_("本人・受入企業・派遣元が同じ項目で記入します。採否を答えるものではありません。"),
    )


@require_http_methods(["GET", "POST"])
def call_new(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_call_on_host(request.acting, found))
    form = CallForm(request.POST or None, initial={"called_on": request.acting.today})
    return kept(
        request,
        found,
        form,
        lambda given: record_call(found, given, by=request.acting),
        heading=_("巡回を記録する"),
        done=_("記録しました。帳票から巡回記録を発行できます。"),
        lead=_("派遣元だけが読みます。本人から聞いたことも書けます。"),
    )


@require_http_methods(["GET", "POST"])
def end_notice_new(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_notify_end(request.acting, found))
    form = EndNoticeForm(request.POST or None, initial={"noticed_on": request.acting.today})
    return kept(
        request,
        found,
        form,
        lambda given: notify_end(found, by=request.acting, **given),
        heading=_("解雇・雇止めを予告する"),
        done=_("本人に知らせました。通知書を発行して渡してください。"),
        lead=_("予告の日数と予告手当は、労働基準法20条と告示357号により計算します。"),
    )


@require_http_methods(["GET", "POST"])
def accident_detail(request: Request, pk: int) -> HttpResponse:
    one = seen_accident(request, pk)
    found = seen_placement(request, one.placement_id)
    require(may_keep_records(request.acting, found))
    side = side_of(request.acting, found)
    assert side is not None
    form = AccidentDetailForm(request.POST or None, instance=one.details.filter(side=side).order_by("number").last())
    return kept(
        request,
        found,
        form,
        lambda given: write_detail(one, side=side, given=given, by=request.acting),
        heading=_("死傷病報告・労災の請求の記載事項"),
        done=_("記入しました。帳票から転記用の紙を発行できます。"),
    )


@require_http_methods(["GET", "POST"])
def learning_new(request: Request, pk: int) -> HttpResponse:
    """The adviser's act: chosen from what may be learned on that day."""
    found = seen_placement_of_any(request, pk)
    require(may_assign_learning(request.acting, found))
    offered = [one for _source, one in offered_on(request.acting.today)]
    form = LearningForm(request.POST or None, offered=offered)
    if form.is_valid():
        with refusing(form):
            assign_learning(found, key=form.cleaned_data["key"], by=request.acting)
            messages.success(request, _("割り当てて、本人に知らせました。"))
            return redirect("trials:placement", pk)
    lead = "" if offered else _("いま割り当てられる無料のeラーニングはありません。")
    context = {"form": form, "heading": _("eラーニングを割り当てる"), "lead": lead}
    return render(request, "trials/form.html", {**context, "back": "trials:placement", "back_pk": pk})


@require_POST
def paper_take(request: Request, pk: int) -> HttpResponse:
    seen = TrialPaper.objects.filter(placement__in=Placement.objects.visible_to(request.acting))
    made = get_object_or_404(seen, pk=pk)
    found = seen_placement(request, made.placement_id)
    require(may_print(request.acting, found, KINDS[made.kind].takers))
    party = party_of(request.acting, found)
    assert party is not None
    back = reverse("trials:papers", args=[found.pk])
    return attempt(
        request, lambda: take_in(made, side=party, by=request.acting), done=_("受取りを記録しました。"), back=back
    )
