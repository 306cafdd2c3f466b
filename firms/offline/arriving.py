"""Views that take a form late: done once however long it was kept, and typed at one moment, arrived at another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from firms.models import Arrival
from firms.web.http import Request
from firms.web.once import again, facts_of, mark_of, was_refused

# What firms/offline.js says of a form it had kept: that it did, for whom, and how many seconds ago it was typed. Seconds,
# because a telephone's clock may be wrong by years and still count them well.
KEPT, FOR, AGO = "X-Kept-Form", "X-Kept-For", "X-Typed-Ago"
# On the page of a conflict the moment travels on in a field of this name.
TYPED_AT = "typed_at"
# Whoever says longer has a clock that was set meanwhile.
LONGEST = timedelta(days=366)
View = Callable[..., HttpResponse]


class LateRequest(Request):
    """`typed_at` is the device's word, `arrived_at` ours; without a device between they are the same moment."""

    typed_at: datetime
    arrived_at: datetime


def may_come_late(view: View) -> View:
    """A view whose form may have been kept on a device: it finds `typed_at` and `arrived_at` on its request.

    The mark of the page is kept for ever as an `Arrival`, where `firms.web.once` forgets it after a week. It must not be put
    on pages that open by a secret in their address, for the address is kept too.
    """

    @wraps(view)
    def taking(request: LateRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_of_somebody_else(request):
            return redirect_to_login(request.get_full_path())
        request.arrived_at = timezone.now()
        request.typed_at = typed_at(request, arrived_at=request.arrived_at)
        mark = mark_of(request)
        if mark is None:
            return view(request, *args, **kwargs)
        known = Arrival.objects.filter(mark=mark).first()
        if known:
            return again(request, known)
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect) and not was_refused(request):
                moments = {"typed_at": request.typed_at, "arrived_at": request.arrived_at}
                Arrival.objects.create(mark=mark, answer=response.url, **facts_of(request), **moments)
        return response

    return taking


def typed_at(request: HttpRequest, *, arrived_at: datetime) -> datetime:
    """What makes no sense, as a moment still to come, is the moment of arrival."""
    said = moment_said(request) or arrived_at - seconds_said(request)
    return said if arrived_at - LONGEST <= said <= arrived_at else arrived_at


def moment_said(request: HttpRequest) -> datetime | None:
    try:
        said = parse_datetime(request.POST.get(TYPED_AT, ""))
    except ValueError:
        return None
    return said if said and said.tzinfo else None


def seconds_said(request: HttpRequest) -> timedelta:
    said = request.headers.get(AGO, "")
    return timedelta(seconds=int(said)) if said.isascii() and said.isdecimal() and len(said) <= 9 else timedelta()


def is_from_device(request: HttpRequest) -> bool:
    return KEPT in request.headers


def is_of_somebody_else(request: HttpRequest) -> bool:
    """Somebody else has signed in on the device since: it keeps the form until its own person is back."""
    kept_for = request.headers.get(FOR)
    return kept_for is not None and kept_for != str(request.user.pk or "")
