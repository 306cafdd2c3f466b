"""様式第12号 of one case, for the college that gives the training and for those who send it there."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from firms.web.http import Request, require
from grants.facts.funded import agreed_days, told_of
from grants.papers.consent import consent_pdf
from grants.policies import may_make_consent
from grants.queries.consents import consents


@require_safe
def consent(request: Request, pk: int) -> HttpResponse:
    plan = consents(request.acting).filter(case=pk).last()
    if plan is None:
        raise Http404
    require(may_make_consent(request.acting, plan.case))
    first, last = agreed_days(plan.facts["training"], told_of([plan]).get(plan.case_id, {}))
    answer = HttpResponse(consent_pdf(plan, starts_on=first, ends_on=last), content_type="application/pdf")
    name = f"様式第12号_{plan.case.run.code}_{plan.case.establishment.organisation}.pdf"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
