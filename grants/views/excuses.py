"""Absences the rules forgive: recording them with their proof, and taking back a mistake."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.excuses import add_excuse, void_excuse
from grants.facts import enrolments_of
from grants.forms.cases import ExcuseForm
from grants.models import Excuse, GrantCase
from grants.policies import may_prepare
from grants.time.learning import is_online
from grants.views.cases import fetch


@require_http_methods(["GET", "HEAD", "POST"])
def excuses(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    if is_online(case.run):
        messages.info(request, _("eラーニングと通信制は期間内の修了が要件で、欠席を補うことはできません。"))
        return redirect("grants:case", pk)
    people = enrolments_of(case.run, case.establishment)
    form = ExcuseForm(request.POST or None, request.FILES or None, people=people)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            add_excuse(case, by=request.acting, **form.entry())
        if form.is_valid():
            messages.success(request, _("やむを得ない欠席を記録しました。"))
            return redirect("grants:excuses", pk)
    rows = list(case.excuses.filter(voids=None).select_related("enrolment__person", "evidence"))
    voided = set(case.excuses.exclude(voids=None).values_list("voids", flat=True))
    return render(request, "grants/excuses.html", {"case": case, "form": form, "rows": rows, "voided": voided})


@require_POST
def excuse_void(request: Request, pk: int) -> HttpResponse:
    seen = GrantCase.objects.visible_to(request.acting)
    excuse = get_object_or_404(Excuse.objects.filter(case__in=seen).select_related("case__establishment"), pk=pk)
    require(may_prepare(request.acting, excuse.case))
    with saying_no(request):
        void_excuse(excuse, by=request.acting)
        messages.success(request, _("記録を取り消しました。"))
    return redirect("grants:excuses", excuse.case_id)
