"""The page where one makes and gives up the address of one's feed, and the feed a calendar fetches by it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.errors import Refused
from firms.http import Request
from firms.models import FeedToken
from lms.calendar.events import events_of, fingerprint
from lms.calendar.ical import written_out
from lms.calendar.tokens import hashed, make_token, revoke_token


@require_http_methods(["GET", "POST"])
def feeds(request: Request) -> HttpResponse:
    """A POST shows the new address at once and never again; nothing of it is kept but its hash."""
    address = ""
    if request.method == "POST":
        try:
            token = make_token(by=request.acting)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            address = settings.SITE_URL + reverse("calendar:feed", args=[token])
    held = FeedToken.objects.filter(person=request.person, revoked_at=None).select_related("organisation")
    return render(
        request,
        "calendar/feeds.html",
        {
            "address": address,
            "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
            "tokens": held.order_by("pk"),
            "is_held": held.filter(organisation=request.acting.organisation_id).exists(),
        },
    )


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(FeedToken, pk=pk, person=request.person)
    revoke_token(row, by=request.acting)
    messages.success(request, _("カレンダーのアドレスを無効にしました。"))
    return redirect("calendar:feeds")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Opened by the secret alone; what it shows follows the person's rights of this moment."""
    held = FeedToken.objects.select_related("person", "organisation").filter(
        token_hash=hashed(token), revoked_at=None, person__is_active=True
    )
    row = held.first()
    if row is None:
        raise Http404
    events = events_of(row, now=timezone.now())
    tag = f'"{fingerprint(row, events)}"'
    if tag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        body = written_out(f"Takumi {row.organisation}", events)
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="takumi.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response
