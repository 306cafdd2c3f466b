"""Videos, captions and files of units, for those whose gate is open; a video is sent in the pieces a player asks for."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from courses.models import Unit
from courses.models.elearning.learning import UnitKind
from courses.views.elearning.player import Place, learned, page, tried
from firms.files import store as files
from firms.film.ranges import ranged
from firms.models import StoredFile
from firms.web.http import Request


@require_safe
def learn_media(request: Request, pk: int, unit: int, what: str) -> HttpResponseBase:
    return media(request, learned(request, pk, unit), what)


@require_safe
def try_media(request: Request, unit: int, what: str) -> HttpResponseBase:
    return media(request, tried(request, unit), what)


def media(request: Request, place: Place, what: str) -> HttpResponseBase:
    """The same gate as the page, and before it opens the same answer."""
    if not place.ledger.gate(on=request.acting.today).opens:
        return page(request, place)
    stored = stored_of(place.unit, what)
    if stored is None:
        raise Http404
    if what == "video":
        response = ranged(stored, request.headers.get("Range", ""))
    else:
        response = HttpResponse(files.read(stored), content_type=stored.media_type)
    as_attachment = what == "file"
    disposition = content_disposition_header(
        as_attachment=as_attachment, filename=place.unit.file_name or "captions.vtt"
    )
    response.headers["Content-Disposition"] = disposition or "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def stored_of(unit: Unit, what: str) -> StoredFile | None:
    if what == "captions":
        return unit.captions
    kinds = {"video": UnitKind.VIDEO, "file": UnitKind.FILE}
    return unit.file if kinds.get(what) == unit.kind else None
