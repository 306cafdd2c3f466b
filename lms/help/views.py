"""First steps of one's role, and the glossary everybody may read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.web.http import Request
from firms.words.searching import search_form
from lms.help.reading import groups, guide_of


@require_safe
def first_steps(request: Request) -> HttpResponse:
    return render(request, "help/first_steps.html", {"guide": guide_of(request.acting)})


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All words, or those that hold what the address asks for, in word, reading or meaning."""
    asked = request.GET.get("q", "")[:40].strip()
    wanted = search_form(asked)
    shown = {
        name: [word for word in words if wanted in search_form(f"{word.word} {word.kana} {word.means}")]
        for name, words in groups().items()
    }
    return render(
        request, "help/glossary.html", {"q": asked, "groups": {name: words for name, words in shown.items() if words}}
    )
