"""Sending a film: the page, its parts over any line, going on after a break; a link instead; the length by hand."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.errors import Refused
from firms.film.kinds import can_probe
from firms.web.http import Request, attempt, refusing, require, row_number
from firms.words.saying import said as _
from mentors.actions.manuals.films import (
    PART,
    OutOfTurn,
    begin_film,
    drop_film,
    finish_film,
    link_film,
    receive_part,
    take_whole,
    tell_length,
)
from mentors.forms.manuals import FilmForm, LengthForm, LinkForm
from mentors.models import Film, SkillManual
from mentors.policies import may_write_manual
from mentors.states import FilmState
from mentors.views.manuals import draft_of, manual_url, own_manual
from mentors.views.manuals.writing import no_draft

# Where the sender goes on: how many bytes of the film are here.
OFFSET = "Upload-Offset"
DIGEST_LETTERS, PART_DIGITS = 64, 6


@require_http_methods(["GET", "POST"])
def film(request: Request, pk: int) -> HttpResponse:
    """The page sends a film in parts; without scripts the form brings it in one request."""
    manual = own_manual(request, pk)
    if draft_of(manual) is None:
        return no_draft(request, manual)
    form = FilmForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusing(form):
            take_whole(manual, form.cleaned_data["film"], by=request.acting)
            messages.success(request, _("動画が届きました。確認が終わると使えます。"))
            return redirect("mentors:film", pk)
    return render(request, "mentors/manuals/film.html", film_page(request, manual, form=form))


def film_page(request: Request, manual: SkillManual, **forms_shown: Any) -> dict[str, Any]:
    version = draft_of(manual)
    newest = manual.films.order_by("-pk").first()
    return {
        "manual": manual,
        "version": version,
        "newest": newest,
        "going_on": Film.objects.unfinished_of(request.acting).filter(manual=manual).first(),
        "part": PART,
        "limit": settings.FILM_LIMIT_BYTES,
        "can_probe": can_probe(),
        "form": FilmForm(),
        "link_form": LinkForm(),
        "length_form": LengthForm(
            initial={"seconds": version.film.duration_seconds or None} if version and version.film else {}
        ),
        "current": "film",
        **forms_shown,
    }


@require_POST
def film_link(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        with refusing(form):
            link_film(manual, by=request.acting, **form.cleaned_data)
            messages.success(request, _("動画のアドレスを登録しました。"))
            return redirect("mentors:film", pk)
    return render(request, "mentors/manuals/film.html", film_page(request, manual, link_form=form))


@require_POST
def film_length(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    version = draft_of(manual)
    if version is None or version.film is None:
        return no_draft(request, manual)
    form = LengthForm(request.POST)
    if form.is_valid():
        with refusing(form):
            tell_length(version.film, by=request.acting, **form.cleaned_data)
            messages.success(request, _("動画の長さを保存しました。"))
            return redirect("mentors:film", pk)
    return render(request, "mentors/manuals/film.html", film_page(request, manual, length_form=form))


# --- what the page's script asks; each answers where to go on ---


@require_POST
def film_begin(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    try:
        made = begin_film(
            manual,
            name=request.POST.get("name", "")[:200],
            size=row_number(request.POST.get("size", "")),
            by=request.acting,
        )
    except Refused as refused:
        return said(refused)
    return where(made)


def own_film(request: Request, pk: int) -> Film:
    found = get_object_or_404(Film.objects.visible_to(request.acting).select_related("manual"), pk=pk)
    require(may_write_manual(request.acting, found.manual))
    return found


@require_POST
def film_part(request: Request, pk: int) -> HttpResponse:
    found = own_film(request, pk)
    part = request.FILES.get("part")
    if part is None or (part.size or 0) > PART:
        return HttpResponse(status=400)
    number, digest = request.POST.get("number", ""), request.POST.get("digest", "")[:DIGEST_LETTERS]
    if not (number.isdecimal() and number.isascii() and len(number) <= PART_DIGITS):
        return HttpResponse(status=400)
    try:
        return where(receive_part(found, number=int(number), part=part, digest=digest, by=request.acting))
    except OutOfTurn as refused:
        return said(refused, received=refused.received)
    except Refused as refused:
        return said(refused)


@require_POST
def film_finish(request: Request, pk: int) -> HttpResponse:
    found = own_film(request, pk)
    try:
        return where(finish_film(found, digest=request.POST.get("digest", "")[:DIGEST_LETTERS], by=request.acting))
    except OutOfTurn as refused:
        return said(refused, received=refused.received)
    except Refused as refused:
        return said(refused)


@require_POST
def film_drop(request: Request, pk: int) -> HttpResponse:
    found = own_film(request, pk)
    done = _("送信を取りやめました。届いた分は消しました。")
    return attempt(
        request, lambda: drop_film(found, by=request.acting), done=done, back=manual_url(found.manual_id, "film")
    )


@require_safe
def film_state(request: Request, pk: int) -> HttpResponse:
    """A small part of the page that asks again until the film is checked."""
    found = own_film(request, pk)
    shown = render(
        request, "mentors/manuals/film.html#state", {"newest": found, "waits": found.state == FilmState.CHECKING}
    )
    shown[OFFSET] = str(found.received)
    return shown


def where(found: Film) -> HttpResponse:
    return HttpResponse(status=204, headers={OFFSET: str(found.received), "Upload-Film": str(found.pk)})


def said(refused: Refused, *, received: int | None = None) -> HttpResponse:
    """A sentence for the page, and where to go on if that is known."""
    answer = HttpResponse(refused.sentence, status=409, content_type="text/plain; charset=utf-8")
    if received is not None:
        answer[OFFSET] = str(received)
    return answer
