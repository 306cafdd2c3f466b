"""Putting right the record of a filing, a decision or a payment."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from firms.models import Correction
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from grants.actions.corrections import (
    Recorded,
    correct_channel,
    correct_claim_filing,
    correct_decision,
    correct_payment,
    correct_plan_filing,
    recorded,
)
from grants.facts import edition_of
from grants.forms.cases import (
    ChannelCorrection,
    ClaimFilingCorrection,
    DecisionCorrection,
    PaymentCorrection,
    PlanFilingCorrection,
)
from grants.models import Decision
from grants.policies import may_apply
from grants.views.cases import fetch

KINDS: dict[str, tuple[type[forms.Form], Callable[..., None], object]] = {
    "plan": (PlanFilingCorrection, correct_plan_filing, gettext_lazy("計画届の記録を訂正する")),
    "channel": (ChannelCorrection, correct_channel, gettext_lazy("提出の方法の記録を訂正する")),
    "claim": (ClaimFilingCorrection, correct_claim_filing, gettext_lazy("支給申請の記録を訂正する")),
    "decision": (DecisionCorrection, correct_decision, gettext_lazy("決定の記録を訂正する")),
    "payment": (PaymentCorrection, correct_payment, gettext_lazy("入金の記録を訂正する")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Request, pk: int, what: str) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    row = recorded(case, what) if what in KINDS else None
    if row is None:
        raise Http404
    form_of, action, title = KINDS[what]
    form = form_of(request.POST or None, initial=held(row, form_of))
    if isinstance(form, DecisionCorrection):
        form.name_notices(edition_of(case, on=request.acting.today).forms)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            action(case, by=request.acting, **given(form, what))
            messages.success(request, _("記録を訂正しました。前の記録は履歴に残っています。"))
            return redirect("grants:case", pk)
    earlier = Correction.objects.of(row).select_related("corrected_by")
    return render(request, "grants/correct.html", {"case": case, "form": form, "title": title, "earlier": earlier})


def held(row: Recorded, form_of: type[forms.Form]) -> dict[str, object]:
    """What the row says now, as its form shows it."""
    values = {name: getattr(row, name) for name in form_of.base_fields if name != "why"}
    if isinstance(row, Decision):
        values["is_approved"] = "yes" if row.is_approved else "no"
    return values


def given(form: forms.Form, what: str) -> dict[str, object]:
    """A decision has a reason of its own, so why it is put right keeps its name there."""
    values = dict(form.cleaned_data)
    if what == "decision":
        return values | {"amount_yen": values["amount_yen"] or 0}
    reason = values.pop("why")
    return values | {"reason": reason}
