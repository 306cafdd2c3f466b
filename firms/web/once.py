"""A form sent twice does its work once: the middleware that keeps what the first sending answered."""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from firms.models import Arrival, Submission
from firms.words.saying import said as _

MARK = "once_mark"
# Django's token changes with every page, and the organisation acted for is looked at before.
NOT_FACTS = {MARK, "csrfmiddlewaretoken", "acting_for"}
KEPT_DAYS = 7
View = Callable[..., HttpResponse]


class Once:
    """Runs after the token and the login were looked at; whatever is refused before has sent nothing.

    The mark is claimed in the transaction of the view's own work: both stand or neither. A second sending waits for
    the first at the unique mark and is led where that one was led; other facts under the same mark are refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        mark = mark_of(request)
        if mark is None or is_of_others(view):
            return None
        with transaction.atomic():
            known, is_first = Submission.objects.get_or_create(mark=mark, defaults=facts_of(request))
            if not is_first:
                return again(request, known)
            response = view(request, *args, **kwargs)
            keep(request, known, response)
        return response


def mark_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(MARK, "")) if request.method == "POST" else None
    except ValueError:
        return None


def is_of_others(view: View) -> bool:
    """Sign-in and the admin site count and commit on their own."""
    return view.__module__.split(".")[0] in {"allauth", "django"}


def facts_of(request: HttpRequest) -> dict[str, Any]:
    person = request.user if request.user.is_authenticated else None
    return {"person": person, "path": request.get_full_path(), "fingerprint": fingerprint(request)}


def fingerprint(request: HttpRequest) -> str:
    """One hash over every field and every file as they were sent."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_FACTS)
    files = sorted((name, [file_facts(one) for one in ones]) for name, ones in request.FILES.lists())
    return sha256(json.dumps([fields, files]).encode()).hexdigest()


def file_facts(upload: UploadedFile) -> tuple[str, str]:
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return upload.name or "", digest.hexdigest()


def again(request: HttpRequest, known: Submission | Arrival) -> HttpResponse:
    """What the first sending answered; a page filled in anew under an old mark is told so."""
    asked = facts_of(request)
    if all(getattr(known, name) == value for name, value in asked.items()):
        return HttpResponseRedirect(known.answer)
    messages.error(
        request,
        _("この画面はすでに送信済みのため、今回の内容は保存していません。開き直した画面で入力し直してください。"),
    )
    return HttpResponseRedirect(request.get_full_path() if known.person == asked["person"] else "/")


def keep(request: HttpRequest, claimed: Submission, response: HttpResponse) -> None:
    """Only work that was done counts: a page shown again with its errors may be sent again under its mark."""
    if response.status_code >= 500:
        transaction.set_rollback(True)
    elif isinstance(response, HttpResponseRedirect) and not was_refused(request):
        claimed.answer = response.url
        claimed.save(update_fields=["answer"])
    else:
        claimed.delete()


def was_refused(request: HttpRequest) -> bool:
    """A refusal of a plain button leads back with an error message, which this request alone has queued."""
    queued: Iterable[Any] = getattr(messages.get_messages(request), "_queued_messages", ())
    return any(message.level == messages.ERROR for message in queued)


def forget_old() -> None:
    """A page older than this is no double click; its mark may go."""
    Submission.objects.filter(made_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
