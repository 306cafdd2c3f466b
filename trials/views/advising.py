"""Who looks after whom: an agency's advisers with their caseloads, handing over, deputies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.models import Organisation, Person
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from trials.actions.matching.advising import appoint_deputy, end_deputy, hand_over, hand_over_all
from trials.forms.advising import DeputyForm, HandOverForm
from trials.models import Deputy, JobSeeker
from trials.policies import may_advise, may_arrange, may_see_advisers
from trials.queries.advising import at_agency, caseloads


def own_agency(request: Request) -> Organisation:
    require(may_see_advisers(request.acting))
    assert request.acting.organisation is not None
    return request.acting.organisation


@require_safe
def advisers(request: Request) -> HttpResponse:
    agency = own_agency(request)
    found = caseloads(agency, on=request.acting.today)
    context = {
        "rows": [(one, may_arrange(request.acting, one.person)) for one in found],
        "deputies": Deputy.objects.visible_to(request.acting)
        .standing(request.acting.today)
        .select_related("adviser", "deputy"),
        "today": request.acting.today,
    }
    return render(request, "trials/advisers.html", context)


def arranged_adviser(request: Request, pk: int) -> tuple[Organisation, Person]:
    """Somebody who is or was at the agency; strangers' numbers are nobody."""
    agency = own_agency(request)
    known = {one.person.pk: one.person for one in caseloads(agency, on=request.acting.today)}
    found = get_object_or_404(Person.objects.filter(pk__in=known), pk=pk)
    require(may_arrange(request.acting, found))
    return agency, found


@require_http_methods(["GET", "POST"])
def caseload_hand_over(request: Request, pk: int) -> HttpResponse:
    agency, adviser = arranged_adviser(request, pk)
    others = at_agency(agency.pk, on=request.acting.today).exclude(pk=adviser.pk)
    form = HandOverForm(request.POST or None, desk=others)
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            told = {"to": given["adviser"], "reason": given["reason"], "by": request.acting}
            count = hand_over_all(adviser, agency=agency, **told)
            messages.success(request, _("%(count)s人の担当を引き継ぎました。") % {"count": count})
            return redirect("trials:advisers")
    heading = _("%(name)sさんの担当をすべて引き継ぐ") % {"name": adviser.full_name}
    return render(request, "trials/form.html", {"form": form, "heading": heading, "back": "trials:advisers"})


@require_http_methods(["GET", "POST"])
def deputy_new(request: Request, pk: int) -> HttpResponse:
    agency, adviser = arranged_adviser(request, pk)
    others = at_agency(agency.pk, on=request.acting.today).exclude(pk=adviser.pk)
    form = DeputyForm(request.POST or None, desk=others)
    if form.is_valid():
        with refusing(form):
            appoint_deputy(adviser, agency=agency, by=request.acting, **form.cleaned_data)
            messages.success(request, _("代理を立てました。代理の人に知らせます。"))
            return redirect("trials:advisers")
    heading = _("%(name)sさんの代理を立てる") % {"name": adviser.full_name}
    return render(request, "trials/form.html", {"form": form, "heading": heading, "back": "trials:advisers"})


@require_POST
def deputy_end(request: Request, pk: int) -> HttpResponse:
    rows = Deputy.objects.visible_to(request.acting).select_related("adviser", "deputy")
    found = get_object_or_404(rows, pk=pk)
    require(may_arrange(request.acting, found.adviser))
    back = reverse("trials:advisers")
    return attempt(request, lambda: end_deputy(found, by=request.acting), done=_("代理を終えました。"), back=back)


@require_http_methods(["GET", "POST"])
def seeker_hand_over(request: Request, pk: int) -> HttpResponse:
    rows = JobSeeker.objects.visible_to(request.acting).select_related("person", "round", "agency", "adviser")
    found = get_object_or_404(rows, pk=pk)
    require(may_advise(request.acting, found))
    others = at_agency(found.agency_id, on=request.acting.today).exclude(pk=found.adviser_id)
    form = HandOverForm(request.POST or None, desk=others)
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            hand_over(found, to=given["adviser"], reason=given["reason"], by=request.acting)
            messages.success(request, _("担当を引き継ぎました。新旧の担当者と本人に知らせます。"))
            return redirect("trials:placements")
    context = {"form": form, "heading": _("担当を引き継ぐ"), "back": "trials:seeker", "back_pk": pk}
    return render(request, "trials/form.html", context)
