"""In which language a page is read: chosen by its reader, remembered by the browser, and of pages alone.

A GET of somebody who reads English runs in English. A POST runs in Japanese, for what it writes others read; the page
it answers with, its refusals and its messages are in English again.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates, Template
from django.utils import translation

from firms.words.tongues import ENGLISH, JAPANESE

Handler = Callable[[HttpRequest], HttpResponse]
READING = {"GET", "HEAD"}


def chosen(get_response: Handler) -> Handler:
    """Sets `request.reads`; never by what a browser is set to, for that may be anybody's."""

    def handle(request: HttpRequest) -> HttpResponse:
        reads = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        request.reads = reads if reads in dict(settings.LANGUAGES) else JAPANESE  # type: ignore[attr-defined]
        with translation.override(language_of(request) if request.method in READING else JAPANESE):
            response = get_response(request)
        if language_of(request) == JAPANESE or request.method not in READING or is_page(response):
            return response
        # Papers, tables and packs are what others go on with: made once more, as everybody gets them.
        with translation.override(JAPANESE):
            return get_response(request)

    return handle


def language_of(request: HttpRequest) -> str:
    return getattr(request, "reads", JAPANESE)


def reads_english(request: HttpRequest | None) -> bool:
    return request is not None and language_of(request) == ENGLISH


def is_page(response: HttpResponse) -> bool:
    """Whether it is read in the browser, leads to where something is, or is sent on piece by piece from where it is kept."""
    kind = response.headers.get("Content-Type", "")
    return response.streaming or kind.startswith("text/html") or response.status_code != 200


class Templates(DjangoTemplates):
    """Draws what is drawn for a request in the language its reader chose; letters and papers know no request."""

    def from_string(self, template_code: str) -> Template:
        return spoken(super().from_string(template_code))

    def get_template(self, template_name: str) -> Template:
        return spoken(super().get_template(template_name))


def spoken(template: Template) -> Template:
    draw = template.render

    def render(context: Any = None, request: HttpRequest | None = None) -> Any:
        if not reads_english(request):
            return draw(context, request)
        with translation.override(ENGLISH):
            return draw(context, request)

    template.render = render  # type: ignore[method-assign]
    return template


class Messages(FallbackStorage):
    """Keeps a message in the words of whoever will read it on the next page."""

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        with translation.override(language_of(self.request)):
            super().add(level, str(message), extra_tags)
