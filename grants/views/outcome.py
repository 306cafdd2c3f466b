"""What the labour office decided, and the money that came."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from grants.actions.claims import record_decision, record_payment
from grants.facts import edition_of
from grants.forms.cases import DecisionForm, PaymentForm
from grants.models import Decision
from grants.policies import may_apply
from grants.views.cases import fetch_any


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: Request, pk: int) -> HttpResponse:
    case = fetch_any(request, pk)
    require(may_apply(request.acting, case))
    numbers = edition_of(case, on=request.acting.today).forms if case.is_training else {}
    form = DecisionForm(request.POST or None)
    if numbers:
        form.name_notices(numbers)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data | {"amount_yen": form.cleaned_data["amount_yen"] or 0}
        with refusing(form):
            record_decision(case, by=request.acting, **cleaned)
            messages.success(request, _("決定を記録しました。"))
            return redirect("grants:case", pk)
    claim = case.claims.select_related("filing").current_first().first()
    return render(request, "grants/decision.html", {"case": case, "form": form, "claim": claim, "forms": numbers})


@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: Request, pk: int) -> HttpResponse:
    case = fetch_any(request, pk)
    require(may_apply(request.acting, case))
    form = PaymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            record_payment(case, by=request.acting, **form.cleaned_data)
            messages.success(request, _("入金を記録しました。案件は完了です。"))
            return redirect("grants:case", pk)
    decided = Decision.objects.filter(claim__case=case).first()
    return render(request, "grants/payment.html", {"case": case, "form": form, "decided": decided})
