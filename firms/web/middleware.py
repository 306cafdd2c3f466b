"""Middleware: the organisation one acts for, the second factor some roles need, and refusals as sentences."""

from collections.abc import Callable, Iterable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from firms.journal import one_act
from firms.models import Membership, Person
from firms.models.organisations import Role
from firms.queries import ACTING_KEY, acting_for, memberships_of, today
from firms.words.saying import said as _

Handler = Callable[[HttpRequest], HttpResponse]

# 社労士 and ward staff reach many firms' data, so a password alone never opens their pages.
SECOND_FACTOR_ROLES = frozenset({Role.ADVISOR, Role.CLERK, Role.OFFICER})


def acting(get_response: Handler) -> Handler:
    """Sets `request.person`, `request.memberships` and `request.acting` for a signed-in person."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            day = today()
            memberships = memberships_of(request.user, on=day)
            chosen = request.session.get(ACTING_KEY)
            membership = next((m for m in memberships if m.pk == chosen), memberships[0] if memberships else None)
            request.person = request.user  # type: ignore[attr-defined]
            request.memberships = memberships  # type: ignore[attr-defined]
            request.acting = acting_for(request.user, membership, on=day)  # type: ignore[attr-defined]
            if is_of_another_organisation(request, membership):
                messages.error(
                    request,
                    _("別の組織に切り替えた後の画面から送られたため、保存していません。組織を確かめてください。"),
                )
                return redirect("firms:switch")
        return get_response(request)

    return handle


def is_of_another_organisation(request: HttpRequest, membership: Membership | None) -> bool:
    """A form says for which membership its page was shown; another tab may have switched since, or a role ended."""
    if request.method != "POST" or request.path in {reverse("firms:switch"), reverse("account_logout")}:
        return False
    filled_in_for = request.POST.get("acting_for")
    return filled_in_for is not None and filled_in_for != str(membership.pk if membership else "")


def one_event(get_response: Handler) -> Handler:
    """What a request does is one act, however many rows of the journal it leaves."""

    def handle(request: HttpRequest) -> HttpResponse:
        with one_act():
            return get_response(request)

    return handle


def second_factor(get_response: Handler) -> Handler:
    """Sends a person whose role asks for it to set up a second factor before anything else opens."""
    names = ("mfa_index", "account_login", "account_logout", "account_reauthenticate", "account_inactive")
    # By a link somebody acts as a guest: whose session the browser holds is no matter there.
    guests = reverse("firms:act", args=["-"]).removesuffix("-/")
    open_prefixes = ("/static/", "/healthz", guests, *map(reverse, names))

    def handle(request: HttpRequest) -> HttpResponse:
        person = request.user
        if not person.is_authenticated or request.path.startswith(open_prefixes):
            return get_response(request)
        memberships = request.memberships  # type: ignore[attr-defined]
        if needs_second_factor(person, memberships) and not is_mfa_enabled(person):
            messages.warning(request, _("この役割では二段階認証が必要です。認証アプリを登録してください。"))
            return redirect(reverse("mfa_activate_totp"))
        return get_response(request)

    return handle


def needs_second_factor(person: Person, memberships: Iterable[Membership]) -> bool:
    """By any of one's memberships, not only the one acted for, since switching takes a click; and for the admin site."""
    roles = {membership.role for membership in memberships}
    return bool(roles & SECOND_FACTOR_ROLES) or person.is_staff or person.is_superuser
