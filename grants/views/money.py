"""Grant money on one page: by firm, scheme and fiscal year, and what is still to come by month."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from firms.files.exports import xlsx_answer
from firms.web.http import Request, require, row_number
from grants.forms.desk import YearForm
from grants.policies import may_list_cases
from grants.queries.money import (
    MoneyEntry,
    entries,
    months_ahead,
    rows_of_year,
    total_of,
    without_a_day,
    years_of,
)
from grants.rules import current_schemes, fiscal_year
from grants.subjects import trainings


@require_safe
def money(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    found = entries(request.acting)
    year = year_asked(request, found)
    rows = rows_of_year(found, year)
    total = total_of(rows)
    labels = stage_labels()
    today = request.acting.today
    context = {
        "year": year,
        "form": YearForm(initial={"year": year}, years=years_of(found, today=today)),
        "labels": labels,
        "rows": [(row, scheme_label(row.scheme), list(zip(labels, row.yen, strict=True))) for row in rows],
        "kept": sum(row.kept for row in rows),
        "bars": list(zip(labels, total, strict=True)),
        "months": [
            (_("%(year)s年%(month)s月") % {"year": first.year, "month": first.month}, yen)
            for first, yen in months_ahead(found, today=today)
        ],
        "waiting": without_a_day(request.acting),
    }
    return render(request, "grants/money.html", context)


@require_safe
def money_xlsx(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    found = entries(request.acting)
    year = year_asked(request, found)
    head = [_("企業"), _("制度"), _("年度"), *stage_labels(), _("差引の受給額")]
    rows = ([row.firm, scheme_label(row.scheme), year, *row.yen, row.kept] for row in rows_of_year(found, year))
    return xlsx_answer(_("助成金の額"), head, rows)


def stage_labels() -> list[str]:
    return [_("見込"), _("申請"), _("決定"), _("入金"), _("返還")]


def scheme_label(scheme: str) -> str:
    """As its first menu is printed, or by the title of the scheme; one that is known no more keeps its code."""
    titles = {name: one.title for name, one in current_schemes().by_name.items()}
    return next((str(one.grant) for one in trainings() if one.scheme == scheme), titles.get(scheme, scheme))


def year_asked(request: Request, found: list[MoneyEntry]) -> int:
    """A year the page offers; this fiscal year where another is asked for."""
    asked = row_number(request.GET.get("year", ""))
    today = request.acting.today
    return asked if asked in years_of(found, today=today) else fiscal_year(today)
