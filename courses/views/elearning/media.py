"""Videos, captions and files of units, for those whose gate is open; a video is sent in the pieces a player asks for."""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from courses.models import Unit
from courses.models.elearning.learning import UnitKind
from courses.views.elearning.player import Place, learned, page, tried
from firms.files import store as files
from firms.models import StoredFile
from firms.web.http import Request

PIECE = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


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


def ranged(stored: StoredFile, asked: str) -> HttpResponseBase:
    """RFC 9110 §14: one range or the whole; several ranges are answered with the whole, as a server may.

    The hash is not verified here: that would read the whole film for each of its pieces.
    """
    span = span_of(asked, size=stored.size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    start, end = span
    response = StreamingHttpResponse(pieces(stored.path, start, end), content_type=stored.media_type)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(end - start)
    if RANGE.fullmatch(asked):
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{stored.size}"
    return response


def span_of(asked: str, *, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None where nothing of it exists."""
    match = RANGE.fullmatch(asked)
    if not match:
        return 0, size
    first, last = match.groups()
    if not first:
        return (max(size - int(last), 0), size) if last and int(last) else None
    start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end) if start < end else None


def pieces(path: str, start: int, end: int) -> Iterator[bytes]:
    with default_storage.open(path) as file:
        file.seek(start)
        left = end - start
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
