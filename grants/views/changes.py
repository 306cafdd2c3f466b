"""様式第2-1号 of one filed plan, filled from what left it and was not told yet."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from firms.web.http import Request, require
from grants.facts import drift_of, filed_plan, gather_reality
from grants.papers.change_notice import change_pdf
from grants.policies import may_make_papers
from grants.views.cases import fetch


@require_safe
def change_notice(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_make_papers(request.acting, case))
    plan = filed_plan(case)
    told = [change.subject for change in drift_of(case, plan) if change.needs_notice] if plan else []
    if plan is None or not told:
        raise Http404
    pdf = change_pdf(
        plan, gather_reality(case), told, receipt_number=plan.filing.receipt_number, on=request.acting.today
    )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"{case.number} 計画変更届.pdf") or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
