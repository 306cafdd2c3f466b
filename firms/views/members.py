"""Who acts for the organisation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from firms.actions.members import end_membership
from firms.models import Invitation, Membership
from firms.policies import may_end_membership, may_see_members
from firms.states import InvitationState
from firms.views.organisations import own_organisation
from firms.web.http import Request, page_of, require, saying_no
from firms.words.saying import said as _


@require_safe
def members(request: Request) -> HttpResponse:
    organisation = own_organisation(request)
    require(may_see_members(request.acting, organisation))
    memberships = Membership.objects.visible_to(request.acting).filter(organisation=organisation)
    invitations = Invitation.objects.visible_to(request.acting).filter(
        organisation=organisation, state=InvitationState.OPEN
    )
    return render(
        request,
        "firms/members.html",
        {
            "page": page_of(memberships.select_related("person").order_by("ended_on", "role", "pk"), request),
            "invitations": invitations,
            "today": request.acting.today,
        },
    )


@require_POST
def membership_end(request: Request, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.visible_to(request.acting), pk=pk)
    require(may_end_membership(request.acting, membership))
    with saying_no(request):
        end_membership(membership, by=request.acting)
        messages.success(request, _("%(name)sさんの所属を終了しました。") % {"name": membership.person.full_name})
    return redirect("firms:members")
