"""Complaints and accidents: told, answered, and what each side has still to do."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from trials.actions.working.records import (
    answer_complaint,
    change_days_off,
    raise_complaint,
    report_accident,
    take_step,
)
from trials.forms.records import AccidentForm, AccidentStepForm, ComplaintAnswerForm, ComplaintForm, DaysOffForm
from trials.models import Accident, AccidentWhat, Complaint
from trials.policies import may_complain, may_keep_records, party_of, side_of
from trials.queries.records import shown
from trials.rules import electronic_filing
from trials.states import Party
from trials.views.working import seen_placement


@require_safe
def records(request: Request, pk: int) -> HttpResponse:
    """What was complained of and what happened, with what is still to be done by whom."""
    found = seen_placement(request, pk)
    context = {
        "placement": found,
        "party": party_of(request.acting, found),
        "keeps": may_keep_records(request.acting, found),
        "complaints": found.complaints.prefetch_related("answers").order_by("-raised_on", "-pk"),
        "accidents": [shown(one) for one in found.accidents.prefetch_related("steps").order_by("-happened_at")],
    }
    return render(request, "trials/working/records.html", context)


@require_http_methods(["GET", "POST"])
def complaint_new(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_complain(request.acting, found))
    party = party_of(request.acting, found)
    assert party is not None
    form = ComplaintForm(request.POST or None, party=party, initial={"raised_on": request.acting.today})
    if form.is_valid():
        with refusing(form):
            given = dict(form.cleaned_data)
            side = Party(given.pop("side", party.value))
            raise_complaint(found, side=side, by=request.acting, **given)
            messages.success(request, _("苦情の申出を記録し、両方の責任者に知らせました。"))
            return redirect("trials:records", pk)
    return form_page(request, form, _("苦情を申し出る"), pk)


def form_page(request: Request, form: Any, heading: str, pk: int) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": "trials:records", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_http_methods(["GET", "POST"])
def complaint_answer(request: Request, pk: int) -> HttpResponse:
    complaint = get_object_or_404(Complaint.objects.visible_to(request.acting), pk=pk)
    found = seen_placement(request, complaint.placement_id)
    require(may_keep_records(request.acting, found))
    side = side_of(request.acting, found)
    assert side is not None
    form = ComplaintAnswerForm(request.POST or None, initial={"answered_on": request.acting.today})
    if form.is_valid():
        with refusing(form):
            answer_complaint(complaint, side=side, by=request.acting, **form.cleaned_data)
            messages.success(request, _("対応を記録しました。"))
            return redirect("trials:records", found.pk)
    return form_page(request, form, _("苦情への対応"), found.pk)


@require_http_methods(["GET", "POST"])
def accident_new(request: Request, pk: int) -> HttpResponse:
    """By the desk of either side; both are led through what follows."""
    found = seen_placement(request, pk)
    require(may_keep_records(request.acting, found))
    form = AccidentForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            accident = report_accident(found, given=form.cleaned_data, by=request.acting)
            messages.success(request, _("災害を記録しました。次にすることを確かめてください。"))
            return redirect("trials:accident", accident.pk)
    return form_page(request, form, _("災害を記録する"), pk)


def seen_accident(request: Request, pk: int) -> Accident:
    seen = Accident.objects.visible_to(request.acting).select_related("placement__seeker")
    return get_object_or_404(seen.prefetch_related("steps"), pk=pk)


@require_safe
def accident(request: Request, pk: int) -> HttpResponse:
    one = seen_accident(request, pk)
    found = seen_placement(request, one.placement_id)
    told = shown(one)
    context = {
        "placement": found,
        "accident": one,
        "told": told,
        "side": side_of(request.acting, found),
        "electronic": electronic_filing(timezone.localdate(one.happened_at)) if told.report.required else "",
        "may_suspend": party_of(request.acting, found) == Party.AGENCY and found.state == "active",
    }
    return render(request, "trials/working/accident.html", context)


@require_http_methods(["GET", "POST"])
def accident_step(request: Request, pk: int, what: str) -> HttpResponse:
    one = seen_accident(request, pk)
    found = seen_placement(request, one.placement_id)
    require(may_keep_records(request.acting, found))
    if what not in AccidentWhat.values or what == AccidentWhat.DAYS_OFF:
        raise Http404
    side, step = side_of(request.acting, found), AccidentWhat(what)
    assert side is not None
    form = AccidentStepForm(request.POST or None, initial={"done_on": request.acting.today})
    if form.is_valid():
        with refusing(form):
            take_step(one, side=side, what=step, by=request.acting, **form.cleaned_data)
            messages.success(request, _("記録しました。"))
            return redirect("trials:accident", pk)
    context = {"form": form, "heading": step.label, "back": "trials:accident", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_http_methods(["GET", "POST"])
def accident_days_off(request: Request, pk: int) -> HttpResponse:
    one = seen_accident(request, pk)
    found = seen_placement(request, one.placement_id)
    require(may_keep_records(request.acting, found))
    side = side_of(request.acting, found)
    assert side is not None
    form = DaysOffForm(request.POST or None, initial={"days_off": shown(one).days_off})
    if form.is_valid():
        with refusing(form):
            change_days_off(one, side=side, days_off=form.cleaned_data["days_off"], by=request.acting)
            messages.success(request, _("休業日数を変えました。期限を確かめてください。"))
            return redirect("trials:accident", pk)
    context = {"form": form, "heading": _("休業日数を変える"), "back": "trials:accident", "back_pk": pk}
    return render(request, "trials/form.html", context)
