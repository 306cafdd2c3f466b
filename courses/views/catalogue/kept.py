"""Pages for everybody: written once for each change of what they show and each day, and sent again as long as it holds."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.utils.cache import patch_cache_control

from firms.queries import today
from firms.web.kept import keep, key_of, text_of

View = Callable[..., HttpResponse]
# Where a page carries the visitor's own token; a kept text carries this word there.
TOKEN = re.compile(r'(?<="x-csrftoken": ")[A-Za-z0-9]+')
PLACE = "TOKEN-OF-THE-VISITOR"
# A form that posts is filled in once: such a page is no one's but the visitor's.
OWN = 'name="once_mark"'


def kept_for_visitors(changes: Callable[..., int]) -> Callable[[View], View]:
    """Decorates an open page that is the same for every visitor without a login until `changes` says another number.

    `changes` takes what the address names, and asks the database once. Whoever is signed in, or has something in
    their session, is answered by the view.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named: Any) -> HttpResponse:
            if not is_like_all(request):
                return view(request, **named)
            key = key_of(request.get_full_path(), today(), changes(**named))
            if is_held(request, key):
                return HttpResponseNotModified(headers={"ETag": tag_of(request, key)})
            text = text_of(key)
            return view_kept(request, view(request, **named), key) if text is None else page(request, text, key)

        return answer

    return decorate


def is_like_all(request: HttpRequest) -> bool:
    """A visitor to whom nothing else has to be said: no message, nothing typed before a login ran out.

    Nobody at all while templates are being written, which change without a new process.
    """
    if settings.DEBUG:
        return False
    return not request.user.is_authenticated and request.session.is_empty() and "messages" not in request.COOKIES


def view_kept(request: HttpRequest, response: HttpResponse, key: str) -> HttpResponse:
    """Keeps what the view wrote, unless it is a refusal or the visitor's own."""
    text = response.content.decode()
    if response.status_code != 200 or OWN in text:
        return response
    return page(request, keep(key, TOKEN.sub(PLACE, text)), key)


def page(request: HttpRequest, text: str, key: str) -> HttpResponse:
    response = HttpResponse(text.replace(PLACE, get_token(request)))
    response["ETag"] = tag_of(request, key)
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response


def tag_of(request: HttpRequest, key: str) -> str:
    """Of the page and of the visitor's token in it: whose token has ended gets another page."""
    return f'"{key_of(key, request.META.get("CSRF_COOKIE"))[:32]}"'


def is_held(request: HttpRequest, key: str) -> bool:
    return tag_of(request, key) in request.headers.get("If-None-Match", "")
