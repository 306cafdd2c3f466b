"""Job seekers at the agency's desk, and one's own trials and consents."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from trials.actions.matching.seekers import (
    add_past_job,
    give_consent,
    invite_seeker,
    send_again,
    withdraw_consent,
)
from trials.consents import consents_on
from trials.forms.matching import PastJobForm, SeekerForm
from trials.models import Consent, DirectTrial, JobSeeker, Placement
from trials.policies import may_advise, may_consent, may_invite_seeker


def seen_seeker(request: Request, pk: int) -> JobSeeker:
    rows = JobSeeker.objects.visible_to(request.acting).select_related("person", "round", "agency", "adviser")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def seeker_new(request: Request) -> HttpResponse:
    require(may_invite_seeker(request.acting))
    form = SeekerForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            seeker = invite_seeker(by=request.acting, **given)
            messages.success(request, _("本人にメールを送ります。本人が同意すると登録が終わります。"))
            return redirect("trials:seeker", seeker.pk)
    context = {"form": form, "heading": _("求職者を招待する"), "back": "trials:placements"}
    return render(request, "trials/form.html", context)


@require_safe
def seeker(request: Request, pk: int) -> HttpResponse:
    found = seen_seeker(request, pk)
    require(may_advise(request.acting, found))
    context = {
        "seeker": found,
        "consents": found.consents.select_related("end"),
        "past_jobs": found.past_jobs.all(),
        "placements": found.placements.select_related("posting"),
        "hand_overs": found.hand_overs.select_related("giver", "taker"),
        "age": found.age_on(request.acting.today),
    }
    return render(request, "trials/seeker.html", context)


@require_POST
def seeker_again(request: Request, pk: int) -> HttpResponse:
    found = seen_seeker(request, pk)
    require(may_advise(request.acting, found))
    back = reverse("trials:seeker", args=[pk])
    return attempt(request, lambda: send_again(found, by=request.acting), done=_("もう一度送ります。"), back=back)


@require_http_methods(["GET", "POST"])
def past_job_new(request: Request, pk: int) -> HttpResponse:
    found = seen_seeker(request, pk)
    require(may_advise(request.acting, found))
    form = PastJobForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            add_past_job(found, by=request.acting, **form.cleaned_data)
            messages.success(request, _("職歴を登録しました。"))
            return redirect("trials:seeker", pk)
    context = {"form": form, "heading": _("職歴を登録"), "back": "trials:seeker", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_safe
def mine(request: Request) -> HttpResponse:
    """One's own trials, and to whom one has agreed to be told of."""
    own = Placement.objects.filter(person=request.person).with_sides()
    seekers = JobSeeker.objects.filter(person=request.person).select_related("agency", "round", "adviser")
    context = {
        "placements": own,
        "directs": DirectTrial.objects.filter(employment__person=request.person).with_sides(),
        "seekers": [
            (one, consent_rows(one, on=request.acting.today)) for one in seekers.prefetch_related("consents__end")
        ],
    }
    return render(request, "trials/mine.html", context)


def consent_rows(seeker: JobSeeker, *, on: date) -> list[dict[str, object]]:
    """Each text of the day with the consent in force to it, in the words that were agreed to."""
    held = {(one.recipient, one.purpose): one for one in seeker.consents.all() if not hasattr(one, "end")}
    return [{"text": text, "held": held.get((text.recipient, text.purpose))} for text in consents_on(on)]


@require_POST
def consent_give(request: Request, pk: int, key: str) -> HttpResponse:
    found = seen_seeker(request, pk)
    require(may_consent(request.acting, found))
    seen = parse_date(request.POST.get("seen", "")[:10]) or date.min
    back = reverse("trials:mine")
    return attempt(
        request, lambda: give_consent(found, key=key, seen=seen, by=request.acting), done=_("同意しました。"), back=back
    )


@require_POST
def consent_withdraw(request: Request, pk: int) -> HttpResponse:
    consent = get_object_or_404(Consent.objects.select_related("seeker"), seeker__person=request.person, pk=pk)
    require(may_consent(request.acting, consent.seeker))
    back = reverse("trials:mine")
    done = _("同意を撤回しました。担当者に知らせます。")
    return attempt(request, lambda: withdraw_consent(consent, by=request.acting), done=done, back=back)
