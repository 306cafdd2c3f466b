"""The lines of the log: one JSON object each, with the request it belongs to and without a word about a person.

What others log is kept as they wrote it down, their numbers filled in and their words left out: an address, a name or
the secret of a link would stand among those. Of an error the line tells its kind and where it happened, not what it said.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from secrets import token_hex
from types import TracebackType

from django.http import HttpRequest, HttpResponse

OURS = ("lms", "firms", "courses", "grants", "mentors", "trials", "takumi")
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
UNSAID = "…"
FRAMES = 12

requests = logging.getLogger("takumi.requests")
current: ContextVar[str] = ContextVar("request", default="")

Handler = Callable[[HttpRequest], HttpResponse]


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if request := current.get():
            told["request"] = request
        told |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            told["where"] = frames_of(record.exc_info[2])
        return json.dumps(told, ensure_ascii=False, default=str)


def message_of(record: logging.LogRecord) -> str:
    """Ours say what they were given: keys and kinds of rows. Of others only numbers are filled in."""
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    pattern, values = str(record.msg), record.args
    if not isinstance(values, tuple):
        return pattern
    safe = tuple(value if isinstance(value, int | float) else UNSAID for value in values)
    try:
        return pattern % safe
    except (TypeError, ValueError):
        return pattern


def frames_of(trace: TracebackType | None) -> list[str]:
    """Where it happened, the innermost last."""
    stack = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in stack]


def told(get_response: Handler) -> Handler:
    """Gives each request a name, or takes the proxy's, and tells when it is done: the page's name, never its address."""

    def handle(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if GIVEN.fullmatch(given) else token_hex(8)
        kept, started = current.set(name), time.perf_counter()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = name
            if requests.isEnabledFor(logging.INFO):
                tell(request, response.status_code, milliseconds=round((time.perf_counter() - started) * 1000))
            return response
        finally:
            current.reset(kept)

    return handle


def tell(request: HttpRequest, status: int, *, milliseconds: int) -> None:
    match, acting = request.resolver_match, getattr(request, "acting", None)
    role = f"{acting.kind}/{acting.role}" if acting and acting.role else "person" if acting else "visitor"
    line = {
        "method": request.method,
        "page": match.view_name if match else "",
        "status": status,
        "ms": milliseconds,
        "role": role,
    }
    requests.info("answered", extra={"told": line})
