"""Pictures and a film of a posting: shown, added, taken down."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.files import store as files
from firms.film.ranges import ranged
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from trials.actions.matching.sights import show_film, show_picture, take_down
from trials.forms.sights import FilmForm, PictureForm
from trials.models import Posting, Sight, SightKind
from trials.policies import may_keep_posting

FORMS: dict[str, type[Form]] = {"picture": PictureForm, "film": FilmForm}
ACTS: dict[str, Callable[..., object]] = {"picture": show_picture, "film": show_film}


def seen_sight(request: Request, pk: int) -> Sight:
    seen = Sight.objects.filter(removed_at=None, posting__in=Posting.objects.visible_to(request.acting))
    return get_object_or_404(seen.select_related("posting__establishment", "file", "captions"), pk=pk)


@require_safe
def sight(request: Request, pk: int, what: str) -> HttpResponseBase:
    """For whoever may read the posting; a film in the pieces its player asks for."""
    found = seen_sight(request, pk)
    if what == "captions" and found.captions:
        response: HttpResponseBase = HttpResponse(files.read(found.captions), content_type="text/vtt")
    elif what == "film" and found.kind == SightKind.FILM:
        response = ranged(found.file, request.headers.get("Range", ""))
    elif what == "picture" and found.kind == SightKind.PICTURE:
        response = HttpResponse(files.read(found.file), content_type=found.file.media_type)
    else:
        raise Http404
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def sight_new(request: Request, pk: int, kind: str) -> HttpResponse:
    if kind not in FORMS:
        raise Http404
    rows = Posting.objects.visible_to(request.acting).select_related("establishment__organisation")
    posting = get_object_or_404(rows, pk=pk)
    require(may_keep_posting(request.acting, posting))
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FORMS[kind](*given)
    if form.is_valid():
        with refusing(form):
            ACTS[kind](posting, by=request.acting, **form.cleaned_data)
            messages.success(request, _("載せました。"))
            return redirect("trials:posting", pk)
    heading = _("写真を載せる") if kind == "picture" else _("動画を載せる")
    context = {"form": form, "heading": heading, "back": "trials:posting", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_POST
def sight_remove(request: Request, pk: int) -> HttpResponse:
    found = seen_sight(request, pk)
    require(may_keep_posting(request.acting, found.posting))
    back = reverse("trials:posting", args=[found.posting_id])
    return attempt(request, lambda: take_down(found, by=request.acting), done=_("外しました。"), back=back)
