"""The organisation one acts for, its establishments, and the choice of another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from firms.actions.organisations import (
    create_establishment,
    edit_establishment,
    edit_organisation,
)
from firms.forms.organisations import FORMS_OF, EstablishmentForm, OrganisationForm
from firms.models import Establishment, Organisation
from firms.policies import may_edit_establishment, may_edit_organisation, may_manage_people
from firms.queries import ACTING_KEY
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _


def own_organisation(request: Request) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.acting), pk=request.acting.organisation_id)


@require_safe
def organisation(request: Request) -> HttpResponse:
    if request.acting.organisation is None:
        return render(request, "firms/nobody.html")
    own = own_organisation(request)
    return render(
        request,
        "firms/organisation.html",
        {
            "organisation": own,
            "establishments": own.establishments.all(),
            "may_edit": may_edit_organisation(request.acting, own),
            "may_manage_people": may_manage_people(request.acting),
            "today": request.acting.today,
        },
    )


@require_http_methods(["GET", "POST"])
def organisation_edit(request: Request) -> HttpResponse:
    own = own_organisation(request)
    require(may_edit_organisation(request.acting, own))
    form = FORMS_OF.get(own.kind, OrganisationForm)(request.POST or None, instance=own)
    if form.is_valid():
        with refusing(form):
            edit_organisation(own, by=request.acting, **form.cleaned_data)
            messages.success(request, _("組織の情報を保存しました。"))
            return redirect("firms:organisation")
    return render(
        request,
        "firms/form.html",
        {"title": _("組織の情報を編集"), "form": form, "submit": _("保存する"), "back": reverse("firms:organisation")},
    )


@require_http_methods(["GET", "POST"])
def establishment_new(request: Request) -> HttpResponse:
    own = own_organisation(request)
    require(may_edit_organisation(request.acting, own))
    form = EstablishmentForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            create_establishment(own, by=request.acting, **form.cleaned_data)
            messages.success(request, _("事業所を登録しました。"))
            return redirect("firms:organisation")
    return render(
        request,
        "firms/form.html",
        {"title": _("事業所を登録"), "form": form, "submit": _("登録する"), "back": reverse("firms:organisation")},
    )


@require_http_methods(["GET", "POST"])
def establishment_edit(request: Request, pk: int) -> HttpResponse:
    establishment = get_object_or_404(Establishment.objects.visible_to(request.acting), pk=pk)
    require(may_edit_establishment(request.acting, establishment))
    form = EstablishmentForm(request.POST or None, instance=establishment)
    if form.is_valid():
        with refusing(form):
            edit_establishment(establishment, by=request.acting, **form.cleaned_data)
            messages.success(request, _("事業所の情報を保存しました。"))
            return redirect("firms:organisation")
    return render(
        request,
        "firms/form.html",
        {"title": _("事業所を編集"), "form": form, "submit": _("保存する"), "back": reverse("firms:organisation")},
    )


@require_http_methods(["GET", "POST"])
def switch(request: Request) -> HttpResponse:
    """Only one's own memberships in force today can be chosen."""
    if request.method != "POST":
        return render(request, "firms/switch.html", {"memberships": request.memberships})
    chosen = next((m for m in request.memberships if str(m.pk) == request.POST.get("membership")), None)
    if chosen is None:
        messages.error(request, _("この組織では操作できません。所属が終了していないか、管理者に確かめてください。"))
        return redirect("firms:switch")
    request.session[ACTING_KEY] = chosen.pk
    messages.success(
        request,
        _("「%(organisation)s」の%(role)sとして操作します。")
        % {"organisation": chosen.organisation, "role": chosen.get_role_display()},
    )
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if wanted and is_ours else "home")
