"""Shows a page in plain Japanese to who reads it so, with the readings over the words; whatever a POST writes stays ordinary."""

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from firms.acting import Acting
from firms.models.organisations import Role
from firms.web.tongue import reads_english
from lms.easy.writing import KANJI

LANGUAGE = "ja-x-easy"
MARKED = re.compile(rf"｜([{KANJI}]+)《([ぁ-んー]+)》")
RUBY = r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>"
TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"<(/?)(\w+)")
# What holds plain text: no element may stand inside.
PLAIN = {"title", "option", "textarea", "script", "style"}

Handler = Callable[[HttpRequest], HttpResponse]


def may_read_easily(acting: Acting) -> bool:
    """Employees, and whoever acts for nobody: trialists and craftsmen. Their pages are written anew, others' are not."""
    return acting.role in {"", Role.EMPLOYEE}


def easily(get_response: Handler) -> Handler:
    """Only where something is read: a GET writes nothing, so no word of this catalogue reaches a row or a letter."""

    def handle(request: HttpRequest) -> HttpResponse:
        acting: Acting | None = getattr(request, "acting", None)
        wanted = acting is not None and acting.person.reads_easy and may_read_easily(acting)
        if not wanted or reads_english(request) or request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with translation.override(LANGUAGE):
            response = get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = with_ruby(response.content.decode()).encode()
        return response

    return handle


def with_ruby(page: str) -> str:
    return "".join(parts(page))


def parts(page: str) -> Iterator[str]:
    """Between the tags the readings become ruby; in attributes, titles and choices the words stand alone."""
    inside = ""
    for part in TAG.split(page):
        if part.startswith("<"):
            if (name := NAME.match(part)) and name[2].lower() in PLAIN:
                inside = "" if name[1] else name[2].lower()
            yield MARKED.sub(r"\1", part)
        elif inside:
            yield MARKED.sub(r"\1", part)
        elif MARKED.search(part):
            # One piece, as the words were before: a button is a row of its pieces, and would part them.
            yield f"<span>{MARKED.sub(RUBY, part)}</span>"
        else:
            yield part
