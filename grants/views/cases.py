"""The list of cases, one case as a process, its journal, and giving it up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.models import Run
from firms.errors import Refused
from firms.models import Establishment
from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.cases import drop_case, may_be_dropped, open_case, set_contact
from grants.actions.claims import close_refused
from grants.actions.statements import OPEN_FOR_PLAN
from grants.actions.steps import may_be_voided, steps_open
from grants.cases.overview import overview, people_of_firm, stories
from grants.cases.situation import guides_of
from grants.forms.cases import CaseFilter, ContactForm, DropForm
from grants.models import GrantCase, OfficeStep
from grants.policies import may_apply, may_keep_workbooks, may_list_cases, may_open_case, may_prepare
from grants.queries import candidates, case_list, firms_of
from grants.subjects import Training, trainings

PER_PAGE = 30


def fetch(request: Request, pk: int) -> GrantCase:
    """Of a training. A stranger, a ward officer, a college or a former advisor gets 404."""
    return get_object_or_404(GrantCase.objects.visible_to(request.acting).trainings().whole(), pk=pk)


def fetch_any(request: Request, pk: int) -> GrantCase:
    """Whatever it is about: for the pages every case has."""
    return get_object_or_404(GrantCase.objects.visible_to(request.acting).whole(), pk=pk)


@require_safe
def cases(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    firms = firms_of(request.acting)
    form = CaseFilter(request.GET, firms=firms)
    found = case_list(request.acting)
    if form.is_valid():
        wanted = {"state": form.cleaned_data["state"], "establishment__organisation": form.cleaned_data.get("firm")}
        found = found.filter(**{name: value for name, value in wanted.items() if value})
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    guides = guides_of(page, on=request.acting.today)
    context = {
        "form": form,
        "page": page,
        "rows": [(one, guides[one.pk]) for one in page],
        "candidates": candidates(firms, today=request.acting.today),
        "today": request.acting.today,
        "shows_firm": len(firms) > 1,
        "may_keep_workbooks": may_keep_workbooks(request.acting),
    }
    return render(request, "grants/cases.html", context)


@require_POST
def case_open(request: Request) -> HttpResponse:
    run = get_object_or_404(Run.objects.visible_to(request.acting), pk=number(request, "run"))
    place = get_object_or_404(Establishment.objects.visible_to(request.acting), pk=number(request, "establishment"))
    require(may_open_case(request.acting, place))
    try:
        opened = open_case(run, place, entry=chosen_entry(request), by=request.acting)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("grants:cases")
    return redirect("grants:case", opened.pk)


def chosen_entry(request: Request) -> Training | None:
    """The menu whose button was pressed; None where the page offered one alone."""
    said = request.POST.get("entry", "")
    found = next((one for one in trainings() if one.code == said), None)
    if said and found is None:
        raise Http404
    return found


def number(request: Request, name: str) -> int:
    """What a form of ours sends; anything else is nothing we know."""
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 18 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Request, pk: int) -> HttpResponse:
    found = fetch_any(request, pk)
    if not found.is_training:
        return redirect(found.page, pk)
    form = ContactForm(
        request.POST or None, people=people_of_firm(found, on=request.acting.today), initial={"contact": found.contact}
    )
    if request.method == "POST":
        require(may_prepare(request.acting, found))
        if form.is_valid():
            with refusing(form):
                set_contact(found, contact=form.cleaned_data["contact"], by=request.acting)
                messages.success(request, _("担当者を設定しました。"))
                return redirect("grants:case", pk)
    now = overview(found, acting=request.acting)
    context = {
        "case": found,
        "now": now,
        "channel": getattr(found, "channel", None),
        "may_draft": found.state in OPEN_FOR_PLAN and not any(one.is_needed for one in now.lacks),
        "form": form,
        "today": request.acting.today,
        "may_apply": may_apply(request.acting, found),
        "may_drop": may_apply(request.acting, found) and may_be_dropped(found),
        "steps_open": [(kind, OfficeStep.Kind(kind).label) for kind in steps_open(found)],
        "may_void_step": may_be_voided(found),
        "exempted": found.exemptions.in_force(request.acting.today),
        "office_steps": found.office_steps.filter(voids=None).select_related("evidence", "recorded_by", "voided_by"),
    }
    return render(request, "grants/case.html", context)


@require_safe
def case_journal(request: Request, pk: int) -> HttpResponse:
    found = fetch_any(request, pk)
    return render(
        request, "grants/case_journal.html", {"case": found, "entries": stories(found).told(), "about": str(found)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_drop(request: Request, pk: int) -> HttpResponse:
    found = fetch_any(request, pk)
    require(may_apply(request.acting, found))
    if not may_be_dropped(found):
        messages.error(request, _("「%(state)s」の案件は取りやめられません。") % {"state": found.get_state_display()})
        return redirect("grants:case", pk)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            drop_case(found, reason=form.cleaned_data["reason"], by=request.acting)
            messages.success(request, _("案件を取りやめました。"))
            return redirect("grants:case", pk)
    return render(request, "grants/case_drop.html", {"case": found, "form": form})


@require_POST
def case_close(request: Request, pk: int) -> HttpResponse:
    found = fetch_any(request, pk)
    require(may_apply(request.acting, found))
    with saying_no(request):
        close_refused(found, by=request.acting)
    return redirect("grants:case", pk)
