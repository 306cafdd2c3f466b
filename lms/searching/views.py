"""The page of the one search box."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.web.http import Request, searched
from lms.searching import PROVIDERS, search, words_of


@require_safe
def search_page(request: Request) -> HttpResponse:
    """Without words a box and what may be typed into it."""
    asked = searched(request)
    found = search(PROVIDERS, words_of(asked), acting=request.acting)
    return render(
        request,
        "searching/search.html",
        {"q": asked, "found": found, "count": sum(len(one.hits) for one in found)},
    )
