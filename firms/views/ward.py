"""The ward's pages about all organisations."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from firms.actions.organisations import create_organisation
from firms.forms.organisations import NewOrganisationForm, OrganisationSearch
from firms.http import Request, page_of, refusing, require
from firms.letters import pattern_of
from firms.models import Invitation, Membership, Organisation
from firms.numbers import digits
from firms.policies import may_invite, may_list_organisations
from firms.states import InvitationState


@require_safe
def organisations(request: Request) -> HttpResponse:
    require(may_list_organisations(request.acting))
    form = OrganisationSearch(request.GET)
    found = Organisation.objects.visible_to(request.acting)
    if form.is_valid():
        if kind := form.cleaned_data["kind"]:
            found = found.of_kind(kind)
        if q := form.cleaned_data["q"]:
            named = Q(name__iregex=pattern_of(q)) | Q(name_kana__iregex=pattern_of(q))
            found = found.filter(named | Q(corporate_number__startswith=digits(q)) if digits(q).isdigit() else named)
    return render(request, "firms/organisations.html", {"form": form, "page": page_of(found, request)})


@require_http_methods(["GET", "POST"])
def organisation_new(request: Request) -> HttpResponse:
    require(may_list_organisations(request.acting))
    form = NewOrganisationForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            made = create_organisation(by=request.acting, **form.cleaned_data)
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
        },
    )
