"""Mandates between firms and offices of 社会保険労務士."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.acting import Acting
from firms.actions.mandates import accept_mandate, decline_mandate, firm_of, request_mandate, revoke_mandate
from firms.forms.mandates import FirmMandateForm, OfficeMandateForm
from firms.models import JournalEntry, Mandate
from firms.models.organisations import Kind
from firms.policies import may_answer_mandate, may_list_mandates, may_request_mandate, may_revoke_mandate
from firms.states import MandateState
from firms.views.organisations import own_organisation
from firms.web.http import Request, page_of, refusing, require, saying_no
from firms.words.saying import said as _


@require_safe
def mandates(request: Request) -> HttpResponse:
    require(may_list_mandates(request.acting))
    rows = Mandate.objects.visible_to(request.acting).select_related("office", "firm", "advisor", "asked_for")
    return render(
        request,
        "firms/mandates.html",
        {
            "page": page_of(rows, request),
            "may_request": may_request_mandate(request.acting),
            "is_office": request.acting.kind == Kind.OFFICE,
            "today": request.acting.today,
        },
    )


@require_http_methods(["GET", "POST"])
def mandate_request(request: Request) -> HttpResponse:
    require(may_request_mandate(request.acting))
    own = own_organisation(request)
    is_office = own.kind == Kind.OFFICE
    shape = OfficeMandateForm if is_office else FirmMandateForm
    initial = {"starts_on": request.acting.today, "capacity": "filing", "scopes": ["training_grants"]}
    form = shape(request.POST or None, organisation=own, on=request.acting.today, initial=initial)
    if form.is_valid():
        with refusing(form):
            given = dict(form.cleaned_data)
            membership = given.pop("advisor")
            firm = firm_of(given.pop("corporate_number"), on=request.acting.today) if is_office else own
            made = request_mandate(
                office=membership.organisation, firm=firm, advisor=membership.person, by=request.acting, **given
            )
            messages.success(request, _("委任を申し出ました。相手の承認を待っています。"))
            return redirect("firms:mandate", made.pk)
    return render(request, "firms/mandate_request.html", {"form": form, "is_office": is_office})


def visible_mandate(request: Request, pk: int) -> Mandate:
    found = Mandate.objects.visible_to(request.acting)
    return get_object_or_404(found.select_related("office", "firm", "advisor", "asked_for", "asked_by"), pk=pk)


@require_safe
def mandate(request: Request, pk: int) -> HttpResponse:
    shown = visible_mandate(request, pk)
    is_awaited = shown.state == MandateState.REQUESTED
    may_answer = is_awaited and may_answer_mandate(request.acting, shown)
    is_theirs_to_end = shown.state == MandateState.ACTIVE or (is_awaited and not may_answer)
    entries = JournalEntry.objects.visible_to(request.acting).about(shown)
    return render(
        request,
        "firms/mandate.html",
        {
            "mandate": shown,
            "is_over": shown.is_over(request.acting.today),
            "may_answer": may_answer,
            "may_revoke": is_theirs_to_end and may_revoke_mandate(request.acting, shown),
            "entries": entries.told(50),
        },
    )


@require_POST
def mandate_accept(request: Request, pk: int) -> HttpResponse:
    shown = visible_mandate(request, pk)
    require(may_answer_mandate(request.acting, shown))
    return answered(request, shown, accept_mandate, said=_("委任を承認しました。"))


@require_POST
def mandate_decline(request: Request, pk: int) -> HttpResponse:
    shown = visible_mandate(request, pk)
    require(may_answer_mandate(request.acting, shown))
    return answered(request, shown, decline_mandate, said=_("委任を辞退しました。"))


@require_POST
def mandate_revoke(request: Request, pk: int) -> HttpResponse:
    shown = visible_mandate(request, pk)
    require(may_revoke_mandate(request.acting, shown))
    return answered(request, shown, revoke_mandate, said=_("委任を解除しました。相手はもう記録を見られません。"))


def answered(request: Request, shown: Mandate, act: Callable[..., None], *, said: str) -> HttpResponse:
    acting: Acting = request.acting
    with saying_no(request):
        act(shown, by=acting)
        messages.success(request, said)
    return redirect("firms:mandate", shown.pk)
