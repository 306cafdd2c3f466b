"""Middleware: text goes over the line packed, whoever can unpack it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/ld+json", "application/xml", "application/javascript", "image/svg")


class PackText(GZipMiddleware):
    """Django's own gzip, for whole answers of text alone: pictures and papers are packed already, and a part of a film
    has to arrive as it was asked for.

    Packing tells the length of a page, from which a stranger who can put words on it might guess a secret beside them
    (BREACH). Ours are masked anew in each answer (the form's token, the mark of `firms.web.once`), and Django adds up
    to a hundred random bytes.
    """

    max_random_bytes = 100

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.headers.get("Content-Type", "").startswith(TEXT)
        return super().process_response(request, response) if is_text and response.status_code != 206 else response
