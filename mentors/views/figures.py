"""The figures of the programme, for whoever is bound by them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.web.http import Request
from mentors.rules import told_figures


@require_safe
def figures(request: Request) -> HttpResponse:
    found = told_figures(request.acting.today)
    context = {
        "figures": found,
        "unsure": [one for one in found if not one.is_verified],
        "on": request.acting.today,
    }
    return render(request, "mentors/figures.html", context)
