"""Middleware: to the script that sends a kept form, a redirect is said in a header, with what it means."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from firms.offline.arriving import is_from_device
from firms.web.once import was_refused

ANSWER, KIND = "X-Answer", "X-Answer-Kind"
Handler = Callable[[HttpRequest], HttpResponse]


def plainly(get_response: Handler) -> Handler:
    """taken: the device may forget the form; refused and login: it keeps it. A browser's own redirect would tell the
    script neither, and would use up the message that waits for the person on the next page."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseRedirect) and is_from_device(request):
            response[ANSWER], response[KIND] = response.url, kind_of(request, response.url)
            del response["Location"]
            response.status_code = 204
        return response

    return handle


def kind_of(request: HttpRequest, url: str) -> str:
    if url.startswith(reverse("account_login")):
        return "login"
    return "refused" if was_refused(request) else "taken"
