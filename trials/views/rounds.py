"""The ward's rounds in counts, and the licences of agencies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from firms.web.http import Request, page_of, refusing, require
from trials.actions.matching.rounds import open_round, register_licence
from trials.forms.matching import LicenceForm, RoundForm
from trials.models import Licence, Round
from trials.policies import may_keep_licences, may_open_round, may_see_rounds
from trials.queries.matching import counts_of, taken_places


@require_safe
def rounds(request: Request) -> HttpResponse:
    require(may_see_rounds(request.acting))
    found = Round.objects.visible_to(request.acting).select_related("ward")
    context = {
        "page": page_of(found, request),
        "may_open": may_open_round(request.acting),
        "today": request.acting.today,
    }
    return render(request, "trials/rounds.html", context)


@require_http_methods(["GET", "POST"])
def round_new(request: Request) -> HttpResponse:
    require(may_open_round(request.acting))
    form = RoundForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        with refusing(form):
            opened = open_round(by=request.acting, **form.cleaned_data)
            messages.success(request, _("募集回を開きました。"))
            return redirect("trials:round", opened.pk)
    return render(request, "trials/form.html", {"form": form, "heading": _("募集回を開く"), "back": "trials:rounds"})


@require_safe
def round(request: Request, pk: int) -> HttpResponse:
    """The terms as they were frozen, and for the ward how many people stand where, without a name."""
    found = get_object_or_404(Round.objects.visible_to(request.acting), pk=pk)
    is_ward = may_open_round(request.acting)
    context = {
        "round": found,
        "rules": found.rules,
        "is_verified": found.rules.is_verified(request.acting.today),
        "counts": counts_of(found) if is_ward else [],
        "taken": taken_places(found) if is_ward else None,
    }
    return render(request, "trials/round.html", context)


@require_safe
def licences(request: Request) -> HttpResponse:
    require(may_see_rounds(request.acting))
    found = Licence.objects.visible_to(request.acting).select_related("agency")
    context = {
        "page": page_of(found, request),
        "may_add": may_keep_licences(request.acting),
        "today": request.acting.today,
    }
    return render(request, "trials/licences.html", context)


@require_http_methods(["GET", "POST"])
def licence_new(request: Request) -> HttpResponse:
    require(may_keep_licences(request.acting))
    form = LicenceForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        with refusing(form):
            register_licence(by=request.acting, **form.cleaned_data)
            messages.success(request, _("許可を登録しました。"))
            return redirect("trials:licences")
    return render(request, "trials/form.html", {"form": form, "heading": _("許可を登録"), "back": "trials:licences"})
