"""A film sent in the pieces a player asks for, never held whole."""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from firms.models import StoredFile

PIECE = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


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
