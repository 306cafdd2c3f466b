"""The ward's pages about all organisations."""

from datetime import date

from django.contrib import messages
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from firms.actions.organisations import correct_establishment, correct_organisation, found_organisation
from firms.forms.organisations import (
    FORMS_OF,
    CorrectionReasonForm,
    EstablishmentForm,
    NewOrganisationForm,
    OrganisationForm,
    OrganisationSearch,
)
from firms.models import Establishment, Invitation, JournalEntry, Membership, Organisation
from firms.models.organisations import OrganisationQuerySet
from firms.numbers import digits
from firms.policies import may_correct_organisation, may_invite, may_list_organisations
from firms.states import InvitationState
from firms.web.http import Request, page_of, refusing, require
from firms.words.letters import pattern_of
from firms.words.saying import said as _


@require_safe
def organisations(request: Request) -> HttpResponse:
    require(may_list_organisations(request.acting))
    form = OrganisationSearch(request.GET)
    found = Organisation.objects.visible_to(request.acting)
    if form.is_valid():
        found = in_state(found, form.cleaned_data["state"], on=request.acting.today)
        if kind := form.cleaned_data["kind"]:
            found = found.of_kind(kind)
        if q := form.cleaned_data["q"]:
            named = Q(name__iregex=pattern_of(q)) | Q(name_kana__iregex=pattern_of(q))
            found = found.filter(named | Q(corporate_number__startswith=digits(q)) if digits(q).isdigit() else named)
    context = {"form": form, "page": page_of(found, request), "today": request.acting.today}
    return render(request, "firms/organisations.html", context)


def in_state(found: OrganisationQuerySet, state: str, *, on: date) -> OrganisationQuerySet:
    """Those registered that day, unless the others are asked for."""
    if state == "gone":
        return found.filter(deregistered_on__lte=on)
    return found if state == "all" else found.registered_on(on)


@require_http_methods(["GET", "POST"])
def organisation_new(request: Request) -> HttpResponse:
    require(may_list_organisations(request.acting))
    form = NewOrganisationForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            made = found_organisation(by=request.acting, **form.facts())
            messages.success(request, _("組織を登録しました。続けて最初の管理者を招待してください。"))
            return redirect("firms:organisation_detail", made.pk)
    return render(
        request,
        "firms/form.html",
        {"title": _("組織を登録"), "form": form, "submit": _("登録する"), "back": reverse("firms:organisations")},
    )


@require_safe
def organisation_detail(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.acting), pk=pk)
    require(may_list_organisations(request.acting) or pk in request.acting.client_ids)
    leaders = Membership.objects.on(request.acting.today).leading().filter(organisation=organisation)
    invitations = Invitation.objects.visible_to(request.acting).filter(
        organisation=organisation, state=InvitationState.OPEN
    )
    return render(
        request,
        "firms/organisation_detail.html",
        {
            "organisation": organisation,
            "establishments": organisation.establishments.all(),
            "leaders": leaders.select_related("person"),
            "invitations": invitations,
            "may_invite": may_invite(request.acting, organisation),
            "may_list": may_list_organisations(request.acting),
            "may_correct": may_correct_organisation(request.acting, organisation),
            "entries": entries_about(organisation, request),
            "today": request.acting.today,
        },
    )


def entries_about(organisation: Organisation, request: Request) -> list[JournalEntry]:
    """For the ward: what was done to the registration itself."""
    if not may_list_organisations(request.acting):
        return []
    entries = JournalEntry.objects.visible_to(request.acting).about(organisation)
    return list(entries.select_related("person", "organisation", "mandate__office")[:20])


@require_http_methods(["GET", "POST"])
def organisation_correct(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.acting), pk=pk)
    require(may_correct_organisation(request.acting, organisation))
    # The form fills its own copy, so that the action still sees what stood before.
    form = FORMS_OF.get(organisation.kind, OrganisationForm)(
        request.POST or None, instance=Organisation.objects.get(pk=pk)
    )
    because = CorrectionReasonForm(request.POST or None)
    if form.is_valid() and because.is_valid():
        with refusing(form):
            correct_organisation(organisation, by=request.acting, **because.cleaned_data, **form.cleaned_data)
            messages.success(request, _("組織の情報を訂正しました。前の内容は履歴に残っています。"))
            return redirect("firms:organisation_detail", pk)
    title = _("「%(name)s」の情報を訂正") % {"name": organisation}
    return render(request, "firms/ward_correct.html", correcting(title, form, because, organisation))


@require_http_methods(["GET", "POST"])
def establishment_correct(request: Request, pk: int) -> HttpResponse:
    place = get_object_or_404(Establishment.objects.visible_to(request.acting).select_related("organisation"), pk=pk)
    require(may_correct_organisation(request.acting, place.organisation))
    form = EstablishmentForm(request.POST or None, instance=Establishment.objects.get(pk=pk))
    because = CorrectionReasonForm(request.POST or None)
    if form.is_valid() and because.is_valid():
        with refusing(form):
            correct_establishment(place, by=request.acting, **because.cleaned_data, **form.cleaned_data)
            messages.success(request, _("事業所の情報を訂正しました。前の内容は履歴に残っています。"))
            return redirect("firms:organisation_detail", place.organisation_id)
    title = _("「%(name)s」の情報を訂正") % {"name": place}
    return render(request, "firms/ward_correct.html", correcting(title, form, because, place.organisation))


def correcting(title: str, form: BaseForm, because: BaseForm, organisation: Organisation) -> dict[str, object]:
    return {"title": title, "form": form, "because": because, "organisation": organisation}
