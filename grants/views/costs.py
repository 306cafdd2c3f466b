"""Payments towards the training: recording, and taking back a mistake."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from courses.terms import owed_for
from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.statements import add_cost, void_cost
from grants.facts import enrolments_of
from grants.forms.cases import CostForm
from grants.models import Cost, GrantCase
from grants.policies import may_prepare
from grants.views.cases import fetch


@require_http_methods(["GET", "HEAD", "POST"])
def costs(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    form = CostForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusing(form):
            add_cost(
                case,
                amount_yen=cleaned["amount_yen"],
                paid_on=cleaned["paid_on"],
                payer=cleaned["payer"],
                upload=cleaned["file"],
                once=str(cleaned["once"] or ""),
                by=request.acting,
            )
            messages.success(request, _("支払を記録しました。"))
            return redirect("grants:costs", pk)
    return render(request, "grants/costs.html", {"case": case, "form": form, **sums(case)})


def sums(case: GrantCase) -> dict[str, object]:
    """Every payment recorded, those taken back marked; the rest is what the fee still lacks."""
    rows = list(case.costs.filter(voids=None).select_related("evidence").order_by("paid_on", "pk"))
    voided = set(case.costs.exclude(voids=None).values_list("voids", flat=True))
    taking_part = enrolments_of(case.run, case.establishment)
    owed, paid = owed_for(one.terms for one in taking_part), sum(row.amount_yen for row in rows if row.pk not in voided)
    return {
        "rows": rows,
        "voided": voided,
        "people": len(taking_part),
        "owed": owed,
        "paid": paid,
        "rest": max(0, owed - paid),
    }


@require_POST
def cost_void(request: Request, pk: int) -> HttpResponse:
    seen = GrantCase.objects.visible_to(request.acting)
    cost = get_object_or_404(Cost.objects.filter(case__in=seen).select_related("case__establishment"), pk=pk)
    require(may_prepare(request.acting, cost.case))
    with saying_no(request):
        void_cost(cost, by=request.acting)
        messages.success(request, _("支払の記録を取り消しました。"))
    return redirect("grants:costs", cost.case_id)
