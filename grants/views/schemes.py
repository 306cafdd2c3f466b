"""Schemes: each with its figures, where they are from, how they changed, what is unsure, and which open cases rest on them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.web.http import Request, require
from grants.cases.moved import MOST, resting_on
from grants.models import GrantCase
from grants.policies import may_list_cases
from grants.queries.schemes import figure_rows, schemes_listed
from grants.rules import Scheme, current_schemes
from grants.subjects import trainings


@require_safe
def schemes(request: Request) -> HttpResponse:
    """The rules of the land: whoever is signed in may read them."""
    return render(request, "grants/schemes.html", {"rows": schemes_listed(on=request.acting.today)})


@require_safe
def scheme(request: Request, name: str) -> HttpResponse:
    """As `schemes`; the cases that rest on it are another page, for those who have any."""
    found = scheme_named(name)
    rows = figure_rows(found, on=request.acting.today)
    context = {
        "scheme": found,
        "rows": rows,
        "open": [row for row in rows if row.is_open],
        "editions": [(one, one.editions) for one in trainings() if one.scheme == name],
        "has_cases": may_list_cases(request.acting),
        "today": request.acting.today,
    }
    return render(request, "grants/scheme.html", context)


@require_safe
def scheme_cases(request: Request, name: str) -> HttpResponse:
    require(may_list_cases(request.acting))
    found, figure = scheme_named(name), request.GET.get("figure", "")
    if figure and figure not in found.figures:
        raise Http404
    seen = GrantCase.objects.visible_to(request.acting)
    resting = resting_on(seen, name, on=request.acting.today, name=figure)
    labels = {key: dated[0].label for key, dated in found.figures.items()}
    context = {
        "scheme": found,
        "figure": labels.get(figure, ""),
        "rows": [(one, [label for key, label in labels.items() if key in one.names]) for one in resting.found],
        "unreckoned": resting.unreckoned,
        "left_out": resting.left_out,
        "most": MOST,
    }
    return render(request, "grants/scheme_cases.html", context)


def scheme_named(name: str) -> Scheme:
    found = current_schemes().by_name.get(name)
    if found is None:
        raise Http404
    return found
