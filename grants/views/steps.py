"""Steps after filing: 補正, 取下げ, 返還, each with its day and its paper."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from grants.actions.steps import last_step, may_take, take_step, void_step
from grants.forms.cases import StepForm, StepVoidForm
from grants.models import OfficeStep
from grants.policies import may_apply
from grants.views.cases import fetch_any

TEXTS = {
    "amend_asked": gettext_lazy("書類の不備の補正を求められたときに記録します。期限までに補正しないと支給されません。"),
    "amended": gettext_lazy("補正した書類が労働局に届いた日と、出したものを記録します。"),
    "withdrawn": gettext_lazy(
        "取下げは、労働局が認めた場合に限りできます。出した書類は返却されないことがあります。記録すると案件は終わります。"
    ),
    "repay_asked": gettext_lazy("支給された額の返還を求められたとき、または返還を申し出て認められたときに記録します。"),
    "repaid": gettext_lazy("納付した日と額を、領収証書を見て記録します。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, pk: int, kind: str) -> HttpResponse:
    case = fetch_any(request, pk)
    require(may_apply(request.acting, case))
    if kind not in OfficeStep.Kind.values:
        raise Http404
    label = OfficeStep.Kind(kind).label
    if request.method != "POST" and not may_take(case, kind):
        said = _("「%(what)s」は、いまの状態では記録できません。")
        messages.error(request, said % {"what": label})
        return redirect("grants:case", pk)
    form = StepForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            take_step(case, kind, by=request.acting, **form.taken())
            messages.success(request, _("%(what)sを記録しました。") % {"what": label})
            return redirect("grants:case", pk)
    title = _("%(what)sを記録する") % {"what": label}
    return render(request, "grants/step.html", {"case": case, "form": form, "title": title, "text": TEXTS[kind]})


@require_http_methods(["GET", "HEAD", "POST"])
def step_void(request: Request, pk: int) -> HttpResponse:
    case = fetch_any(request, pk)
    require(may_apply(request.acting, case))
    row = last_step(case)
    if row is None:
        raise Http404
    form = StepVoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            void_step(case, reason=form.cleaned_data["reason"], by=request.acting)
            messages.success(request, _("記録を取り消しました。取り消した記録も履歴に残っています。"))
            return redirect("grants:case", pk)
    title = _("%(what)sの記録を取り消す") % {"what": row.get_kind_display()}
    text = _("取り消すと、案件はその前の状態に戻ります。正しい内容を記録し直してください。")
    return render(request, "grants/step.html", {"case": case, "form": form, "title": title, "text": text})
