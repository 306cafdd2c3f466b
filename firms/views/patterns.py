"""Working patterns, and the days on which an establishment departs from them."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firms.actions.patterns import add_holiday, create_pattern, edit_pattern, remove_holiday
from firms.forms.patterns import HolidayForm, HoursFormSet, PatternForm, week_of
from firms.models import Establishment, WorkingPattern
from firms.policies import may_edit_establishment, may_manage_people
from firms.views.organisations import own_organisation
from firms.web.http import Request, page_of, refusing, require, row_number
from firms.words.saying import said as _


@require_safe
def patterns(request: Request) -> HttpResponse:
    require(may_manage_people(request.acting))
    rows = WorkingPattern.objects.visible_to(request.acting).select_related("establishment").prefetch_related("hours")
    establishments = Establishment.objects.filter(organisation=request.acting.organisation_id)
    return render(
        request,
        "firms/patterns.html",
        {"page": page_of(rows, request), "establishments": establishments.annotate(count=Count("holidays"))},
    )


@require_http_methods(["GET", "POST"])
def pattern_new(request: Request) -> HttpResponse:
    require(may_manage_people(request.acting))
    return edit(request, None)


@require_http_methods(["GET", "POST"])
def pattern_edit(request: Request, pk: int) -> HttpResponse:
    pattern = get_object_or_404(
        WorkingPattern.objects.visible_to(request.acting).select_related("establishment"), pk=pk
    )
    require(may_edit_establishment(request.acting, pattern.establishment))
    return edit(request, pattern)


def edit(request: Request, pattern: WorkingPattern | None) -> HttpResponse:
    given = {name: getattr(pattern, name) for name in PatternForm.base_fields} if pattern else {}
    form = PatternForm(request.POST or None, organisation=own_organisation(request), initial=given)
    if pattern:
        form.fields["establishment"].disabled = True
    week = HoursFormSet(request.POST or None, initial=week_of(pattern), prefix="week")
    if form.is_valid() and week.is_valid():
        with refusing(form):
            save(request, pattern, form, week)
            messages.success(request, _("勤務形態を保存しました。"))
            return redirect("firms:patterns")
    return render(request, "firms/pattern.html", {"form": form, "week": week, "pattern": pattern})


def save(request: Request, pattern: WorkingPattern | None, form: PatternForm, week: HoursFormSet) -> None:  # type: ignore[valid-type]
    given = dict(form.cleaned_data)
    establishment = given.pop("establishment")
    days = [{"weekday": day.weekday, **day.cleaned_data} for day in week]  # type: ignore[attr-defined]
    if pattern:
        edit_pattern(pattern, by=request.acting, week=days, **given)
    else:
        create_pattern(establishment, by=request.acting, week=days, **given)


@require_http_methods(["GET", "POST"])
def holidays(request: Request, pk: int) -> HttpResponse:
    """The list, the form that adds a day, and the buttons that take one out."""
    establishment = get_object_or_404(Establishment.objects.visible_to(request.acting), pk=pk)
    require(may_edit_establishment(request.acting, establishment))
    removed = request.POST.get("remove", "")
    if removed:
        remove_holiday(establishment, by=request.acting, pk=row_number(removed))
        messages.success(request, _("登録を削除しました。"))
        return redirect("firms:holidays", pk)
    form = HolidayForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            add_holiday(establishment, by=request.acting, **form.cleaned_data)
            messages.success(request, _("登録しました。"))
            return redirect("firms:holidays", pk)
    page = page_of(establishment.holidays.order_by("-on"), request)
    return render(request, "firms/holidays.html", {"establishment": establishment, "form": form, "page": page})
