"""What was typed into a form that could not be taken, because its login or its token had expired, and the way back."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from firms.offline.arriving import is_from_device
from firms.web.once import NOT_FACTS

KEY = "typed"
KEPT_SECONDS = 60 * 60
# A session is a row of the database; a longer form is rather lost than every row made long.
LARGEST = 100_000
SECRET = ("password", "secret", "token", "code", "signature", "picture")
Handler = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Typed:
    name: str
    value: str


def keeping(get_response: Handler) -> Handler:
    """Middleware: a form that is sent to the login instead is kept in the session, and forgotten once it was taken."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and is_sent_to_login(request, response):
            keep(request)
        elif request.method == "POST" and is_taken(request, response):
            del request.session[KEY]
        return response

    return handle


def is_sent_to_login(request: HttpRequest, response: HttpResponse) -> bool:
    is_away = isinstance(response, HttpResponseRedirect) and response.url.startswith(reverse("account_login"))
    return is_away and not request.user.is_authenticated


def is_taken(request: HttpRequest, response: HttpResponse) -> bool:
    return response.status_code == 302 and request.session.get(KEY, {}).get("path") == request.get_full_path()


def keep(request: HttpRequest) -> None:
    """Nothing secret and no file; nothing of the account's own pages, and nothing the device itself keeps."""
    if is_from_device(request):
        return
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_FACTS and not any(word in name.lower() for word in SECRET)
        for value in values
        if value.strip()
    ]
    is_long = sum(len(name) + len(value) for name, value in fields) > LARGEST
    if not fields or is_long or request.path.startswith(("/accounts/", reverse("admin:index"))):
        return
    request.session[KEY] = {
        "path": request.get_full_path(),
        "for": request.POST.get("acting_for"),
        "at": time.time(),
        "fields": fields,
    }


def typed_of(request: HttpRequest) -> list[Typed]:
    """What waits for this page, unless another person or organisation came back to it, or too late."""
    kept = request.session.get(KEY) if hasattr(request, "session") else None
    if not kept or kept["path"] != request.get_full_path() or time.time() - kept["at"] > KEPT_SECONDS:
        return []
    membership = getattr(getattr(request, "acting", None), "membership", None)
    if kept["for"] is not None and kept["for"] != str(membership.pk if membership else ""):
        return []
    return [Typed(name, value) for name, value in kept["fields"]]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of an expired token; who is signed in came from here, so what they typed waits on the page.

    A stranger's page cannot put words there: the session's cookie does not come along with its sending.
    """
    if request.user.is_authenticated:
        keep(request)
    is_kept = KEY in request.session and request.session[KEY]["path"] == request.get_full_path()
    return render(request, "403_csrf.html", {"back": request.get_full_path() if is_kept else ""}, status=403)
