"""The page where one makes and gives up the address of one's feed, and the feed a calendar fetches by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.models import Run, RunFeed
from courses.views.catalogue.calendar import YEARS, day_asked, month_asked, next_month
from firms.models import FeedToken
from firms.web.http import Request, saying_no
from firms.web.once import mark_of
from firms.words.saying import said as _
from firms.words.tongues import in_japanese
from lms.calendar.entry import Event
from lms.calendar.events import fingerprint
from lms.calendar.held import events_of
from lms.calendar.ical import written_out
from lms.calendar.pages import SHOWN_IN_A_DAY, WEEK, concerning, day_of, month_of, squares, week_of
from lms.calendar.runs import run_events
from lms.calendar.shown import settled
from lms.calendar.tokens import (
    OwnFeed,
    hashed,
    make_run_token,
    make_token,
    make_trial_token,
    make_visit_token,
    revoke_own_token,
    revoke_run_token,
    revoke_token,
)
from lms.calendar.trials import own_trials
from lms.calendar.unchanged import (
    Made,
    Since,
    is_run_unchanged,
    is_trials_unchanged,
    is_unchanged,
    is_visits_unchanged,
    made_before,
    remember,
    since_now,
)
from lms.calendar.visits import own_events
from mentors.models import VisitFeed
from mentors.oneself import oneself
from trials.models import TrialFeed


@require_safe
def month(request: Request) -> HttpResponse:
    """A month of everything that concerns one; `day` names one day of it, to see all of that."""
    today = request.acting.today
    first = month_asked(request.GET.get("month", ""), today)
    only = day_asked(request.GET.get("day", ""), first)
    days = [only] if only else month_of(first)
    found = concerning(request.person, request.memberships, days, on=today)
    context = {
        "first": first,
        "only": only,
        "earlier": first - timedelta(days=1),
        "later": next_month(first),
        "days": squares(days, found, of_month=first.month, most=0 if only else SHOWN_IN_A_DAY),
        "count": sum(day_of(event).month == first.month for event in found),
        "today": today,
    }
    return render(request, "calendar/month.html", context)


@require_safe
def week(request: Request) -> HttpResponse:
    """Monday to Sunday around a day; around today where the address names none."""
    today = request.acting.today
    days = week_of(week_asked(request.GET.get("on", ""), today))
    found = concerning(request.person, request.memberships, days, on=today)
    around = {"earlier": days[0] - timedelta(days=WEEK), "later": days[-1] + timedelta(days=1)}
    context = {"first": days[0], "last": days[-1], "days": squares(days, found), "count": len(found), "today": today}
    return render(request, "calendar/week.html", {**context, **around})


def week_asked(text: str, today: date) -> date:
    """A day as an address names it, of the years a calendar shows."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today
    return asked if asked.year in YEARS else today


@require_http_methods(["GET", "POST"])
def feeds(request: Request) -> HttpResponse:
    """A POST shows the new address at once and never again; nothing of it is kept but its hash."""
    address = ""
    if request.method == "POST":
        with saying_no(request):
            token = make_token(mark=mark_of(request), by=request.acting)
            address = settings.SITE_URL + reverse("calendar:feed", args=[token])
    held = FeedToken.objects.filter(person=request.person, revoked_at=None).select_related("organisation")
    return render(
        request,
        "calendar/feeds.html",
        {
            "address": address,
            "webcal": webcal(address),
            "run_feeds": RunFeed.objects.filter(person=request.person, revoked_at=None).select_related("run__course"),
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
@in_japanese
def feed(request: HttpRequest, token: str) -> HttpResponse:
    rows = FeedToken.objects.select_related("person", "organisation")
    return by_secret(request, token, rows, is_as_before=is_unchanged, title=of_organisation, events=events_of)


@login_not_required
@require_safe
@in_japanese
def run_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The same for one run."""
    rows = RunFeed.objects.select_related("person", "run__course")
    return by_secret(request, token, rows, is_as_before=is_run_unchanged, title=of_course, events=run_events)


@login_not_required
@require_safe
@in_japanese
def visits_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a マイスター's own sessions."""
    rows = VisitFeed.objects.select_related("person")
    return by_secret(request, token, rows, is_as_before=is_visits_unchanged, title=of_visits, events=own_events)


@login_not_required
@require_safe
@in_japanese
def trials_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The same for somebody's own trials."""
    rows = TrialFeed.objects.select_related("person")
    return by_secret(request, token, rows, is_as_before=is_trials_unchanged, title=of_trials, events=own_trials)


def of_organisation(row: FeedToken) -> str:
    return f"Takumi {row.organisation}"


def of_course(row: RunFeed) -> str:
    return f"Takumi {row.run.course.title}"


def of_visits(_row: VisitFeed) -> str:
    return _("Takumi 実技指導")


def of_trials(_row: TrialFeed) -> str:
    return _("Takumi トライアル就労")


def by_secret(
    request: HttpRequest,
    token: str,
    rows: QuerySet[Any],
    *,
    is_as_before: Callable[[str, Made], bool],
    title: Callable[[Any], str],
    events: Callable[..., list[Event]],
) -> HttpResponse:
    """Opened by the secret alone; what it shows follows the person's rights of this moment."""
    key, now = hashed(token), timezone.now()
    made = made_before(key, on=timezone.localdate(now))
    if made and can_answer(request, made) and is_as_before(key, made):
        return answer(body_for(request, made), tag=made.tag)
    row = get_object_or_404(rows.filter(token_hash=key, revoked_at=None, person__is_active=True))
    since = since_now(now=now)
    return gathered(request, key, title(row), settled(key, events(row, now=now), now=now), since=since)


def can_answer(request: HttpRequest, made: Made) -> bool:
    return bool(made.body) or is_asked_for(request, made.tag)


def body_for(request: HttpRequest, made: Made) -> bytes | None:
    """Nothing for a calendar that has it already."""
    return None if is_asked_for(request, made.tag) else made.body


def is_asked_for(request: HttpRequest, tag: str) -> bool:
    return tag in request.headers.get("If-None-Match", "")


def gathered(request: HttpRequest, key: str, name: str, events: list[Event], *, since: Since) -> HttpResponse:
    """The feed, or the word that it is the one the calendar has; either way remembered for the next time it asks."""
    tag = f'"{fingerprint(key, events)}"'
    made = Made(tag=tag, since=since)
    if not is_asked_for(request, tag):
        made = replace(made, body=written_out(name, events))
    remember(key, made)
    return answer(body_for(request, made), tag=tag)


def answer(body: bytes | None, *, tag: str) -> HttpResponse:
    """A body, or nothing new."""
    response: HttpResponse = HttpResponseNotModified()
    if body is not None:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="takumi.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


@require_http_methods(["GET", "POST"])
def run_address(request: Request, pk: int) -> HttpResponse:
    """Makes the address of one run's feed, shown once like that of a person's."""
    run = get_object_or_404(Run.objects.visible_to(request.acting).select_related("course"), pk=pk)
    address = ""
    if request.method == "POST":
        with saying_no(request):
            token = make_run_token(run, mark=mark_of(request), by=request.acting)
            address = settings.SITE_URL + reverse("calendar:run_feed", args=[token])
    held = RunFeed.objects.filter(run=run, person=request.person, revoked_at=None).first()
    return render(
        request,
        "calendar/run_address.html",
        {
            **{"run": run, "course": run.course, "revoke": "calendar:run_revoke"},
            **{"address": address, "webcal": webcal(address), "held": held},
        },
    )


@require_POST
def run_revoke(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(RunFeed, pk=pk, person=request.person)
    revoke_run_token(row, by=request.acting)
    messages.success(request, _("カレンダーのアドレスを無効にしました。"))
    return redirect("calendar:run_address", pk=row.run_id)


@require_http_methods(["GET", "POST"])
def visits_address(request: Request) -> HttpResponse:
    return own_address(request, VisitFeed, make_visit_token, name="visits")


@require_POST
def visits_revoke(request: Request, pk: int) -> HttpResponse:
    return own_revoke(request, get_object_or_404(VisitFeed, pk=pk, person=request.person), name="visits")


@require_http_methods(["GET", "POST"])
def trials_address(request: Request) -> HttpResponse:
    return own_address(request, TrialFeed, make_trial_token, name="trials")


@require_POST
def trials_revoke(request: Request, pk: int) -> HttpResponse:
    return own_revoke(request, get_object_or_404(TrialFeed, pk=pk, person=request.person), name="trials")


def own_address(
    request: Request, feed: type[VisitFeed] | type[TrialFeed], make: Callable[..., str], *, name: str
) -> HttpResponse:
    """Makes the address of what is one's own, shown once like the others; nobody's business but the person's."""
    address, by = "", oneself(request.acting)
    if request.method == "POST":
        with saying_no(request):
            token = make(mark=mark_of(request), by=by)
            address = settings.SITE_URL + reverse(f"calendar:{name}_feed", args=[token])
    held = feed._default_manager.filter(person=request.person, revoked_at=None).first()
    context = {"address": address, "webcal": webcal(address), "held": held, "revoke": f"calendar:{name}_revoke"}
    return render(request, f"calendar/{name}_address.html", context)


def own_revoke(request: Request, row: OwnFeed, *, name: str) -> HttpResponse:
    revoke_own_token(row, by=oneself(request.acting))
    messages.success(request, _("カレンダーのアドレスを無効にしました。"))
    return redirect(f"calendar:{name}")


def webcal(address: str) -> str:
    return address.replace("https://", "webcal://").replace("http://", "webcal://")
