"""Grant money on one page: by firm, scheme and fiscal year, and what is still to come by month."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.files.exports import xlsx_answer
from firms.web.http import Request, require, row_number
from firms.words.amounts import yen_words
from firms.words.saying import said as _
from grants.forms.desk import YearForm
from grants.policies import may_list_cases
from grants.queries.money import (
    EXPECTED,
    STAGES,
    MoneyEntry,
    MoneyRow,
    entries,
    months_ahead,
    rows_of,
    rows_of_year,
    total_of,
    undated,
    unknown,
    without_a_day,
    years_of,
)
from grants.rules import fiscal_year
from grants.subjects import scheme_label


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
        "rows": [(row, scheme_label(row.scheme), list(zip(labels, amounts_of(row), strict=True))) for row in rows],
        "kept": sum(row.kept for row in rows),
        "bars": list(zip(labels, total, strict=True)),
        "unknown": sum(row.unknown for row in rows),
        "months": [
            (_("%(year)s年%(month)s月") % {"year": first.year, "month": first.month}, yen)
            for first, yen in months_ahead(found, today=today)
        ],
        "waiting": without_a_day(request.acting),
        "open": open_words(found),
        "loose": [(one, scheme_label(one.scheme)) for one in found if one.on is None or one.yen is None],
    }
    return render(request, "grants/money.html", context)


@require_safe
def money_xlsx(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    found = entries(request.acting)
    year = year_asked(request, found)
    head = [_("企業"), _("制度"), _("年度"), *stage_labels(), _("差引の受給額"), _("見込額の分からない案件（件）")]
    lines = [(year, row) for row in rows_of_year(found, year)] + [
        (_("日が未定"), row) for row in rows_of(undated(found))
    ]
    rows = ([row.firm, scheme_label(row.scheme), when, *row.yen, row.kept, row.unknown] for when, row in lines)
    return xlsx_answer(_("助成金の額"), head, rows)


def amounts_of(row: MoneyRow) -> list[tuple[str, str]]:
    """By stage, with a note; beside what is expected, how many cases expect a sum nobody knows."""
    note = _("ほかに額の分からない案件 %(n)s件") % {"n": row.unknown} if row.unknown else ""
    return [(yen_words(one), note if stage == EXPECTED else "") for stage, one in zip(STAGES, row.yen, strict=True)]


def open_words(found: list[MoneyEntry]) -> list[tuple[str, str]]:
    """What stands in no month: how many cases, and how much of it is known."""
    dateless, sumless = undated(found), unknown(found)
    known = sum(one.yen or 0 for one in dateless)
    return [
        (_("期限の日が分からない見込"), _("%(n)s件、%(yen)s") % {"n": len(dateless), "yen": yen_words(known)}),
        (_("額が分からない見込"), _("%(n)s件") % {"n": len(sumless)}),
    ]


def stage_labels() -> list[str]:
    return [_("見込"), _("申請"), _("決定"), _("入金"), _("返還")]


def year_asked(request: Request, found: list[MoneyEntry]) -> int:
    """A year the page offers; this fiscal year where another is asked for."""
    asked = row_number(request.GET.get("year", ""))
    today = request.acting.today
    return asked if asked in years_of(found, today=today) else fiscal_year(today)
