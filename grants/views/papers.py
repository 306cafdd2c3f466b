"""Papers of what was frozen: asking for them, watching them being made, taking one home."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from firms.errors import Refused
from firms.files import store as files
from firms.models import Job
from firms.web.http import Request, require
from grants.actions.corrections import filed_claim
from grants.actions.papers import ask_for_papers, frozen_last, key_of
from grants.cases.keeping import keeping_of
from grants.cases.outdated import outdated
from grants.facts import gather_plan
from grants.models import Claim, GrantCase, Paper, PlanFiling, PlanVersion
from grants.papers.forms import claim_forms, plan_forms
from grants.papers.making import PACK
from grants.policies import may_make_papers, may_read_papers
from grants.queries.workbooks import fitting
from grants.views.cases import fetch_any


@require_safe
def papers(request: Request, pk: int) -> HttpResponse:
    case = fetch_any(request, pk)
    require(may_read_papers(request.acting, case))
    frozen = frozen_last(case)
    whole = None if request.htmx or not case.is_training else frozen
    made = list(case.papers.select_related("file", "plan", "claim"))
    newest = [one for one in made if frozen and frozen in (one.plan, one.claim)]
    context = {
        "case": case,
        "frozen": frozen,
        "forms": (claim_forms(frozen) if isinstance(frozen, Claim) else plan_forms(frozen)) if frozen else (),
        "outdated": outdated_now(case, whole, today=request.acting.today) if whole else [],
        "packs": [one for one in newest if one.form == PACK],
        "newest": [one for one in newest if one.form != PACK],
        "older": [one for one in made if one not in newest],
        "job": Job.objects.filter(once_key=key_of(frozen)).first() if frozen else None,
        "may_make": may_make_papers(request.acting, case),
        "workbooks": fitting(request.acting, whole) if whole else [],
        "keeping": None if request.htmx else keeping_of(case.scheme, filed_claim(case)),
    }
    return render(request, "grants/papers.html#progress" if request.htmx else "grants/papers.html", context)


def outdated_now(case: GrantCase, frozen: PlanVersion | Claim, *, today: date) -> list[str]:
    filing = PlanFiling.objects.filter(plan__case=case).order_by("-plan__number").first()
    return outdated(frozen, gather_plan(case, on=today), filing=filing)


@require_POST
def papers_make(request: Request, pk: int) -> HttpResponse:
    case = fetch_any(request, pk)
    require(may_make_papers(request.acting, case))
    try:
        ask_for_papers(case, by=request.acting)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("grants:case", pk)
    return redirect("grants:papers", pk)


@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    seen = GrantCase.objects.visible_to(request.acting)
    found = get_object_or_404(Paper.objects.filter(case__in=seen).select_related("file", "case__establishment"), pk=pk)
    require(may_read_papers(request.acting, found.case))
    answer = HttpResponse(files.read(found.file), content_type=found.file.media_type)
    name = f"{found.case.number} {found.title}.{found.format}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
