"""The days at work: the phone page with its two buttons, one day written whole or from paper, and the agency's 36協定."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.offline.arriving import LateRequest, may_come_late
from firms.offline.conflicts import SEEN, Changed, conflict, mark_of_facts
from firms.web.http import Request, refusing, require
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.working.clocking import Moments, clock_in, clock_out, enter_paper, tell_day
from trials.actions.working.closing import register_agreement
from trials.forms.working import AgreementForm, ClockInForm, ClockOutForm, DayForm, PressForm
from trials.models import AbsenceWords, DayEntry, OvertimeAgreement, Placement
from trials.policies import may_enter_paper, may_keep_agreements, may_tell_day, party_of
from trials.queries.working import (
    entry_on,
    facts_of,
    facts_of_in,
    facts_of_out,
    open_entry,
    planned_for,
)
from trials.rules import longest_shift

HOUR = 60
DAY = 24 * HOUR


def seen_placement(request: Request, pk: int) -> Placement:
    """Begun: before the first day there are no days."""
    found = get_object_or_404(Placement.objects.visible_to(request.acting).with_sides(), pk=pk)
    if found.started_on is None or found.posting is None:
        raise Http404
    return found


@require_safe
def days(request: Request, pk: int) -> HttpResponse:
    """For the trialist the two buttons; for everybody the months there are."""
    found = seen_placement(request, pk)
    return days_page(request, found)


def days_page(request: Request, found: Placement, **forms: PressForm) -> HttpResponse:
    today = request.acting.today
    context: dict[str, Any] = {
        "placement": found,
        "party": party_of(request.acting, found),
        "today": today,
        "tells": may_tell_day(request.acting, found),
        "enters": may_enter_paper(request.acting, found),
        "months": found.months.order_by("-first"),
        "recent": found.days.current().filter(on__gt=today - timedelta(days=14)).order_by("-on"),
        "is_at_work": found.last_on is not None and today <= found.last_on and found.suspended_on is None,
    }
    if context["tells"]:
        context |= phone(found, today, **forms)
    return render(request, "trials/working/days.html", context, status=422 if forms else 200)


def phone(found: Placement, today: date, **forms: PressForm) -> dict[str, Any]:
    """Both buttons stand on the page at once, so that a whole day can be told where there is no network."""
    running, entry = open_entry(found), entry_on(found, today)
    now = timezone.now()
    is_running = running is not None and running.starts_at is not None
    if is_running and now - running.starts_at > timedelta(minutes=longest_shift(running.on)):  # type: ignore[union-attr,operator]
        is_running = False
    shown = running if is_running and running else entry
    ends_on = running.on if is_running and running else today
    planned = planned_for(found, today)
    usual = planned.break_minutes or 0
    return {
        "entry": shown,
        "planned": planned,
        "planned_span": span_words(planned.start, planned.end),
        "forgotten": found.days.current().without_clock_out().exclude(pk=running.pk if is_running and running else 0),
        "in_form": forms.get("in_form") or ClockInForm(typed_at=now, initial={"on": today}),
        "out_form": forms.get("out_form")
        or ClockOutForm(typed_at=now, initial={"on": ends_on, "break_minutes": usual}),
        "in_seen": mark_of_facts(facts_of_in(entry)),
        "out_seen": mark_of_facts(facts_of_out(shown)),
        "ends_on": ends_on,
    }


def span_words(start: int | None, end: int | None) -> str:
    if start is None or end is None:
        return ""
    last = _("翌%(clock)s") % {"clock": clock_words(end - DAY)} if end >= DAY else clock_words(end)
    return f"{clock_words(start)}–{last}"


def clock_words(minutes: int) -> str:
    return f"{minutes // HOUR}:{minutes % HOUR:02}"


def moments_of(request: LateRequest) -> Moments:
    return Moments(request.typed_at, request.arrived_at)


@may_come_late
@require_POST
def press_in(request: LateRequest, pk: int) -> HttpResponse:
    """Pressed now, or kept on the telephone and sent when there is a network again."""
    form = ClockInForm(request.POST, typed_at=request.typed_at)
    return pressed(request, pk, form, act=clock_in, name="in_form", title=_("出勤"), done=_("出勤を記録しました。"))


@may_come_late
@require_POST
def press_out(request: LateRequest, pk: int) -> HttpResponse:
    form = ClockOutForm(request.POST, typed_at=request.typed_at)
    return pressed(request, pk, form, act=clock_out, name="out_form", title=_("退勤"), done=_("退勤を記録しました。"))


def pressed(
    request: LateRequest, pk: int, form: PressForm, *, act: Any, name: str, title: str, done: str
) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_tell_day(request.acting, found))
    back = reverse("trials:days", args=[pk])
    if form.is_valid():
        seen = request.POST.get(SEEN, "")
        try:
            with refusing(form):
                act(found, form.cleaned_data, seen=seen, at=moments_of(request), by=request.acting)
                messages.success(request, done)
                return redirect(back)
        except Changed as changed:
            key = f"trials.{name}.{pk}.{form.cleaned_data['on']}"
            return conflict(request, form, changed, title=title, back=back, key=key)
    return days_page(request, found, **{name: form})


@may_come_late
@require_http_methods(["GET", "POST"])
def day(request: LateRequest, pk: int, on: str) -> HttpResponse:
    """One whole day: by the trialist, or by the agency from the paper it holds in its hands."""
    found, that_day = seen_placement(request, pk), day_of(on)
    is_paper = may_enter_paper(request.acting, found)
    require(is_paper or may_tell_day(request.acting, found))
    entry = entry_on(found, that_day)
    facts = facts_of(entry)
    form = DayForm(
        request.POST or None, request.FILES or None, is_paper=is_paper, initial=facts or usual_day(found, that_day)
    )
    back, key = reverse("trials:days", args=[pk]), f"trials.day.{pk}.{that_day}"
    if form.is_valid():
        try:
            with refusing(form):
                save_day(request, found, that_day, form.cleaned_data, is_paper=is_paper)
                messages.success(request, _("%(day)sの勤務を記録しました。") % {"day": day_words(that_day)})
                return redirect(back)
        except Changed as changed:
            return conflict(request, form, changed, title=day_words(that_day), back=back, key=key)
    context = {
        "placement": found,
        "on": that_day,
        "form": form,
        "is_paper": is_paper,
        "entry": entry,
        "earlier": found.days.filter(on=that_day).select_related("written_by").order_by("-number")[1:],
        "private": AbsenceWords.objects.visible_to(request.acting).filter(entry__placement=found, entry__on=that_day),
        "key": key,
        "seen": mark_of_facts(facts),
    }
    return render(request, "trials/working/day.html", context)


def day_of(on: str) -> date:
    try:
        found = parse_date(on)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def usual_day(found: Placement, on: date) -> dict[str, Any]:
    """What the terms planned, as a form begins with it; of what is not understood nothing stands there."""
    planned = planned_for(found, on)
    clocks = {
        name: f"{minutes % DAY // HOUR:02}:{minutes % HOUR:02}"
        for name, minutes in (("starts_at", planned.start), ("ends_at", planned.end))
        if minutes is not None
    }
    return {**clocks, "break_minutes": planned.break_minutes or 0}


def save_day(request: LateRequest, found: Placement, on: date, given: dict[str, Any], *, is_paper: bool) -> DayEntry:
    told: dict[str, Any] = {"seen": request.POST.get(SEEN, ""), "at": moments_of(request), "by": request.acting}
    if is_paper:
        return enter_paper(found, on, given, scan=given.pop("scan"), **told)
    return tell_day(found, on, given, **told)


@require_safe
def agreements(request: Request) -> HttpResponse:
    require(may_keep_agreements(request.acting))
    known = OvertimeAgreement.objects.visible_to(request.acting)
    return render(request, "trials/working/agreements.html", {"agreements": known})


@require_http_methods(["GET", "POST"])
def agreement_new(request: Request) -> HttpResponse:
    require(may_keep_agreements(request.acting))
    form = AgreementForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            register_agreement(**form.in_minutes(), by=request.acting)
            messages.success(request, _("36協定を登録しました。"))
            return redirect("trials:agreements")
    context = {"form": form, "heading": _("36協定を登録"), "back": "trials:agreements"}
    return render(request, "trials/form.html", context)
