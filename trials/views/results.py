"""The results of a round as agencies report them: listed for the ward and the agency, reported by its desk, each as PDF."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from firms.web.http import Request, page_of, require, saying_no
from firms.words.saying import said as _
from trials.actions.matching.results import report_results
from trials.models import ResultReport, Round
from trials.papers.sheets import sheet_pdf
from trials.policies import may_report_results
from trials.rules import report_days
from trials.views.papers import pdf_answer


@require_safe
def results(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Round.objects.visible_to(request.acting), pk=pk)
    reports = ResultReport.objects.visible_to(request.acting).filter(round=found).select_related("agency", "made_by")
    may_report = may_report_results(request.acting)
    context = {
        "round": found,
        "page": page_of(reports, request),
        "days": report_days(found.opens_on, request.acting.today) if may_report else [],
    }
    return render(request, "trials/results.html", context)


@require_POST
def result_issue(request: Request, pk: int, until: str) -> HttpResponse:
    found = get_object_or_404(Round.objects.visible_to(request.acting), pk=pk)
    require(may_report_results(request.acting))
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise Http404 from None
    with saying_no(request):
        made = report_results(found, until=day, by=request.acting)
        messages.success(request, _("第%(n)s版を区に報告しました。") % {"n": made.number})
    return redirect("trials:results", pk)


@require_safe
def result(request: Request, pk: int) -> HttpResponse:
    made = get_object_or_404(ResultReport.objects.visible_to(request.acting), pk=pk)
    return pdf_answer(sheet_pdf(made.lifted, number=made.number), name=_("実績報告"), number=made.number)
