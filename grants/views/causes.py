"""The causes of refusal against one case, as a dry run; and the exemptions from its requirements."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.exemptions import OPEN_STATES, exempt, void_exemption
from grants.claims.causes import Shown, causes_of, requirements_of
from grants.forms.exemptions import ExemptionForm
from grants.models import Exemption, GrantCase
from grants.policies import may_apply
from grants.rules import FactError
from grants.views.cases import fetch_any


@require_http_methods(["GET", "HEAD", "POST"])
def causes(request: Request, pk: int) -> HttpResponse:
    case = fetch_any(request, pk)
    may_exempt = may_apply(request.acting, case) and case.state in OPEN_STATES
    require(request.method != "POST" or may_apply(request.acting, case))
    checks, why_not = checks_of(case, request)
    form = ExemptionForm(request.POST or None, requirements=choices(checks))
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            exempt(case, by=request.acting, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("要件の例外を記録しました。"))
            return redirect("grants:causes", pk)
    found, others = causes_of(checks, is_conversion=case.is_conversion)
    context = {
        "case": case,
        "open": [one for one in found if one.checks and one.state != "met"],
        "met": [one for one in found if one.state == "met"],
        "without": [one for one in found if not one.checks],
        "others": others,
        "why_not": why_not,
        "form": form if may_exempt and choices(checks) else None,
        "exemptions": list(case.exemptions.given().select_related("given_by", "voided_by")),
        "may_exempt": may_exempt,
        "today": request.acting.today,
    }
    return render(request, "grants/causes.html", context)


def checks_of(case: GrantCase, request: Request) -> tuple[list[Shown], str]:
    try:
        return requirements_of(case, on=request.acting.today), ""
    except FactError as error:
        return [], str(error)


def choices(checks: list[Shown]) -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in checks if one.state != "met" and not one.subject and not one.exemption]


@require_POST
def exemption_void(request: Request, pk: int) -> HttpResponse:
    seen = GrantCase.objects.visible_to(request.acting)
    exemption = get_object_or_404(Exemption.objects.filter(case__in=seen).select_related("case__establishment"), pk=pk)
    require(may_apply(request.acting, exemption.case))
    with saying_no(request):
        void_exemption(exemption, by=request.acting)
        messages.success(request, _("要件の例外を取り消しました。"))
    return redirect("grants:causes", exemption.case_id)
