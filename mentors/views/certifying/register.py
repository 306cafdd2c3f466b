"""The public register of マイスター, and the page where one says what stands there of oneself."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firms.queries import today
from firms.web.http import Request, acting_of, page_of, refusing, require, searched
from firms.words.saying import said as _
from mentors import occupations, teachings
from mentors.actions.certifying.describing import describe
from mentors.forms.certifying.register import LABELS, RegisterForm, TeachingForm
from mentors.models import Certification
from mentors.oneself import oneself
from mentors.policies import may_choose_listing
from mentors.queries.certifying.register import chosen_among, counted, label_of
from mentors.queries.certifying.register import register as registered
from mentors.views.certifying.certifications import shown_certification


@dataclass(frozen=True)
class Chip:
    """A condition in force, and the address without it."""

    text: str
    url: str


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Open to everybody; only who agreed stands in it."""
    words, chosen, on = searched(request), chosen_among(request.GET.dict()), today()
    found = registered(words=words, chosen=chosen, on=on)
    counts = counted(words=words, chosen=chosen, on=on)
    context = {
        "form": RegisterForm(initial={"q": words, **chosen}, counted=counts),
        "words": words,
        "chips": [
            Chip(f"{LABELS[facet]}: {label_of(facet, key)}", without(request, facet)) for facet, key in chosen.items()
        ],
        "page": page_of(found, request),
        "editions": (occupations.current_edition(), teachings.editions()[-1]),
        "acting": acting_of(request),
    }
    return render(request, "mentors/certifying/register.html", context)


def without(request: HttpRequest, facet: str) -> str:
    left = request.GET.copy()
    for name in (facet, "page"):
        left.pop(name, None)
    return f"{request.path}?{left.urlencode()}"


@require_http_methods(["GET", "POST"])
def teaching(request: Request, pk: int) -> HttpResponse:
    """The holder alone says what the register says of them."""
    shown = shown_certification(request, pk)
    require(may_choose_listing(request.acting, shown))
    form = TeachingForm(request.POST or None, initial=as_told(shown))
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            told = {name: given[name] for name in ("best", "also", "base")}
            describe(shown, tags=form.tags, by=oneself(request.acting), **told)
            messages.success(request, _("名簿の内容を保存しました。"))
            return redirect("mentors:certification", pk)
    return render(request, "mentors/certifying/teaching.html", {"certification": shown, "form": form})


def as_told(shown: Certification) -> dict[str, object]:
    ticked = list(shown.tags.all())
    tags = {facet: [one.key for one in ticked if one.facet == facet] for facet in teachings.FACETS}
    return {"best": shown.best, "also": shown.also, "base": shown.base, **tags}
