"""The indicators of a year as they stand, as they were reported, and taken out as a sheet."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from firms.files.exports import WORKBOOK, attached, csv_answer
from firms.rules.calendar import fiscal_year
from firms.web.http import Request, require, row_number, saying_no
from firms.words.saying import said as _
from lms.kpi.pages import dimension_asked, parts_of
from lms.kpi.policies import may_read_indicators
from lms.kpi.reporting import report
from lms.kpi.shapes import ReportFacts
from lms.kpi.sheets import head, rows, workbook
from lms.kpi.telling import told
from lms.models import IndicatorReport

YEARS_BACK = 5


def years_of(today: date) -> list[int]:
    """This fiscal year and those before it."""
    return [fiscal_year(today) - back for back in range(YEARS_BACK)]


@require_safe
def indicators(request: Request) -> HttpResponse:
    require(may_read_indicators(request.acting))
    years = years_of(request.acting.today)
    asked = row_number(request.GET.get("year", ""))
    year = asked if asked in years else years[0]
    ward = request.acting.organisation
    assert ward
    facts = told(year, ward=ward, on=request.acting.today)
    kept = IndicatorReport.objects.visible_to(request.acting).filter(year=year)
    return answered(request, facts, years=years, reports=list(kept))


@require_safe
def reported(request: Request, pk: int) -> HttpResponse:
    require(may_read_indicators(request.acting))
    found = get_object_or_404(IndicatorReport.objects.visible_to(request.acting).select_related("reported_by"), pk=pk)
    return answered(request, found.lifted, report=found)


def answered(request: Request, facts: ReportFacts, **context: object) -> HttpResponse:
    """The page, or the same figures as a table or a workbook."""
    name = _("指標%(year)s年度") % {"year": facts["year"]}
    if request.GET.get("as") == "csv":
        return csv_answer(request, name, head(), rows(facts))
    if request.GET.get("as") == "xlsx":
        return attached(workbook(facts), f"{name}.xlsx", content_type=WORKBOOK)
    by = dimension_asked(facts, request.GET.get("by", ""))
    context |= {"facts": facts, "by": by, "by_label": facts["dimensions"][by], "parts": parts_of(facts, by=by)}
    return render(request, "kpi/indicators.html", {**context, "as_of": date.fromisoformat(facts["as_of"])})


@require_POST
def indicators_report(request: Request, year: int) -> HttpResponse:
    require(may_read_indicators(request.acting))
    if year not in years_of(request.acting.today):
        raise Http404
    back = f"{reverse('kpi:indicators')}?year={year}"
    with saying_no(request):
        made = report(year, by=request.acting)
        messages.success(request, _("第%(number)s版として残しました。") % {"number": made.number})
        back = reverse("kpi:report", args=[made.pk])
    return redirect(back)
