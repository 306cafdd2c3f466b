"""The page of all roles."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.queries import today
from firms.web.http import Request
from lms.roles.gathering import cards_of


@require_safe
def roles(request: Request) -> HttpResponse:
    """Rights stay with the role acted for: each line leads there by switching first."""
    cards = cards_of(request.person, request.memberships, on=today())
    return render(request, "roles/roles.html", {"cards": cards})
