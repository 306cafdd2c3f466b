"""Inviting someone, and joining by the link of the mail."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from firms.actions.invitations import (
    invite as send_invitation,
)
from firms.actions.invitations import (
    join_as_known,
    join_as_new,
    usable_invitation,
    withdraw_invitation,
)
from firms.errors import Refused
from firms.forms.invitations import InviteForm, JoinForm
from firms.models import Invitation, Organisation, Person
from firms.policies import may_invite, may_withdraw_invitation
from firms.queries import ACTING_KEY
from firms.web.http import Request, refusing, require, row_number, saying_no
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """For one's own organisation, or (the ward) for the one the address names."""
    wanted = request.GET.get("organisation", "")
    pk = row_number(wanted) if wanted else request.acting.organisation_id
    organisation = get_object_or_404(Organisation.objects.visible_to(request.acting), pk=pk)
    require(may_invite(request.acting, organisation))
    given = {name: request.GET.get(name, "") for name in ("email", "role", "family_name", "given_name")}
    form = InviteForm(request.POST or None, organisation=organisation, initial=given)
    is_own = organisation.pk == request.acting.organisation_id
    back = reverse("firms:members") if is_own else reverse("firms:organisation_detail", args=[organisation.pk])
    if form.is_valid():
        with refusing(form):
            invitation = send_invitation(organisation, by=request.acting, **form.cleaned_data)
            messages.success(request, _("%(email)s に招待のメールを送ります。") % {"email": invitation.email})
            return redirect(back)
    return render(request, "firms/invite.html", {"form": form, "organisation": organisation, "back": back})


@require_POST
def invitation_withdraw(request: Request, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.acting), pk=pk)
    require(may_withdraw_invitation(request.acting, invitation))
    with saying_no(request):
        withdraw_invitation(invitation, by=request.acting)
        messages.success(request, _("招待を取り消しました。送ったリンクはもう使えません。"))
    if invitation.organisation_id == request.acting.organisation_id:
        return redirect("firms:members")
    return redirect("firms:organisation_detail", invitation.organisation_id)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The open page behind the link; what it asks for depends on who opens it."""
    try:
        invitation = usable_invitation(token)
        if request.user.is_authenticated:
            return join_signed_in(request, token, invitation)
        person = Person.objects.filter(email__iexact=invitation.email).first()
        if person and person.has_usable_password():
            return render(request, "firms/join_login.html", {"invitation": invitation})
        return join_by_form(request, token, invitation, person)
    except Refused as refused:
        return render(request, "firms/join_closed.html", {"sentence": refused.sentence}, status=410)


def join_signed_in(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    if request.method == "POST":
        membership = join_as_known(token, person=request.user)  # type: ignore[arg-type]
        request.session[ACTING_KEY] = membership.pk
        messages.success(request, _("「%(name)s」に参加しました。") % {"name": invitation.organisation})
        return redirect("home")
    is_theirs = request.user.email.lower() == invitation.email  # type: ignore[union-attr]
    return render(request, "firms/join_known.html", {"invitation": invitation, "is_theirs": is_theirs})


def join_by_form(request: HttpRequest, token: str, invitation: Invitation, person: Person | None) -> HttpResponse:
    named = person or invitation.person or Person(family_name=invitation.family_name, given_name=invitation.given_name)
    named.email = named.email or invitation.email
    form = JoinForm(request.POST or None, instance=named)
    if form.is_valid():
        names = {name: form.cleaned_data[name] for name in JoinForm.Meta.fields}
        with refusing(form):
            joined = join_as_new(token, password=form.cleaned_data["password"], **names)
            login(request, joined)
            record_authentication(request, joined, method="password", email=joined.email)
            messages.success(
                request, _("登録が終わりました。「%(name)s」に参加しました。") % {"name": invitation.organisation}
            )
            return redirect("home")
    return render(request, "firms/join.html", {"form": form, "invitation": invitation})
