"""What the views of every app share: the request's type, the question whether one may, and refusals said aloud."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from firms.errors import Refused
from firms.files import store as files

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from firms.acting import Acting
    from firms.models import Membership, Person, StoredFile

PAGE_SIZE = 50
# As many as fit into the databases' integers.
ROW_DIGITS = 18
# SQLite refuses longer patterns, and nobody types them.
SEARCH_LETTERS = 100
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Request(HttpRequest):
    """A signed-in person's request, with the organisation they act for."""

    person: "Person"
    memberships: "list[Membership]"
    acting: "Acting"
    htmx: "HtmxDetails"


def acting_of(request: HttpRequest) -> "Acting | None":
    """On pages open to everybody: who acts, or None for a visitor without a login."""
    return getattr(request, "acting", None)


def require(allowed: bool, because: str = "") -> None:
    """403 for one who may look but not touch; what one may not even see is a 404 by `visible_to`.

    `because` is what the page says where neither another role nor whoever could give it would help.
    """
    if not allowed:
        raise PermissionDenied(because)


@contextmanager
def refusing(form: BaseForm) -> Iterator[None]:
    """A refusal becomes a sentence at the field it names, or above the form."""
    try:
        yield
    except Refused as refused:
        add_refusal(form, refused)


def add_refusal(form: BaseForm, refused: Refused) -> None:
    """At its field where the form has one, else above all."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


@contextmanager
def saying_no(request: HttpRequest) -> Iterator[None]:
    """A refusal of a plain button becomes a message on the page one comes back to."""
    try:
        yield
    except Refused as refused:
        messages.error(request, refused.sentence)


def attempt(request: HttpRequest, action: Callable[[], object], *, done: str, back: str) -> HttpResponse:
    """How a plain button answers: done, or refused with a sentence, and back to the page."""
    with saying_no(request):
        action()
        messages.success(request, done)
    return redirect(back)


def row_number(text: str) -> int:
    """The number of a row as our own pages write it; whatever else an address or a form says is no row's."""
    return int(text) if text.isdecimal() and len(text) <= ROW_DIGITS else 0


def searched(request: HttpRequest) -> str:
    """What the address searches for: as many letters as a database compares, and none that it cannot hold."""
    asked = CONTROL.sub(" ", request.GET.get("q", ""))
    return asked.strip()[:SEARCH_LETTERS]


def page_of(rows: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """The page of the list the address asks for; a number that makes no sense is the first or the last."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def unlisted(response: HttpResponse) -> HttpResponse:
    """What opens by a secret is no matter for search engines or shared caches, nor is the address for other sites."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


def file_answer(stored: "StoredFile", *, name: str) -> HttpResponse:
    """A stored file to take away: never shown inside the browser, which would run what it understands."""
    response = HttpResponse(files.read(stored), content_type=stored.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
