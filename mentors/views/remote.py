"""The page of a session held from afar, for a telephone beside the machine: the line, the consent, the remarks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from mentors.actions.sessions.remote import (
    begin_call,
    check_connection,
    come_on_site,
    consent_to_recording,
    go_remote,
    refuse_recording,
    remark,
)
from mentors.forms.remote import ConnectionForm, RemarkForm, RemoteForm
from mentors.models import Session
from mentors.models.requesting.moves import Side, side_of
from mentors.policies import may_ask_move, may_hold_remote
from mentors.views.moving import by_of, session_url, shown_session

STEPS = {
    "begin": (begin_call, gettext_lazy("通話を始めました。ひとことは、ここから何秒目かと一緒に残ります。")),
    "consent": (consent_to_recording, gettext_lazy("録画への同意を記録しました。")),
    "no-consent": (refuse_recording, gettext_lazy("録画しないことを記録しました。")),
    "on-site": (come_on_site, gettext_lazy("現地で行うことにして、相手に知らせました。")),
}


@require_safe
def remote(request: Request, pk: int) -> HttpResponse:
    shown = shown_session(request, pk)
    return render(request, "mentors/sessions/remote.html", page_of_remote(request, shown))


def page_of_remote(request: Request, shown: Session, **forms: Any) -> dict[str, Any]:
    may_hold = may_hold_remote(request.acting, shown)
    consents = set(shown.consents.filter(withdrawn_at=None).values_list("side", flat=True))
    return {
        "session": shown,
        "checks": list(shown.checks.select_related("checked_by")) if shown.is_remote else [],
        "remarks": list(shown.remarks.select_related("written_by")) if shown.is_remote else [],
        "may_hold": may_hold,
        "may_change": may_ask_move(request.acting, shown) and shown.starts_at > timezone.now(),
        "may_see_link": may_hold and shown.is_remote,
        "has_consented": may_hold and side_of(request.acting, shown) in consents,
        "is_recordable": consents == set(Side.values),
        "is_today": shown.on == timezone.localdate(),
        "remote_form": RemoteForm(initial={"meeting_url": shown.meeting_url, "supervisor": shown.supervisor}),
        "check_form": ConnectionForm(),
        "remark_form": RemarkForm(),
        **forms,
    }


def remote_url(session: Session) -> str:
    return reverse("mentors:remote", args=[session.pk])


@require_http_methods(["GET", "POST"])
def remote_set(request: Request, pk: int) -> HttpResponse:
    shown = shown_session(request, pk)
    require(may_ask_move(request.acting, shown))
    known = {name: getattr(shown, name) for name in ("meeting_url", "is_dangerous", "supervisor")}
    form = RemoteForm(request.POST or None, initial=known)
    if form.is_valid():
        with refusing(form):
            go_remote(shown, by=by_of(request, shown), **form.facts)
            messages.success(request, _("遠隔で行うことにして、相手に知らせました。"))
            return redirect(remote_url(shown))
    context = {
        "title": _("遠隔で行う"),
        "lead": str(shown),
        "form": form,
        "submit": _("遠隔で行う"),
        "back": session_url(shown),
    }
    return render(request, "firms/form.html", context)


@require_POST
def remote_check(request: Request, pk: int) -> HttpResponse:
    shown = shown_session(request, pk)
    require(may_hold_remote(request.acting, shown))
    form = ConnectionForm(request.POST)
    if form.is_valid():
        with refusing(form):
            check_connection(shown, by=by_of(request, shown), **form.cleaned_data)
            messages.success(request, _("接続の確認を記録しました。"))
            return redirect(remote_url(shown))
    return render(request, "mentors/sessions/remote.html", page_of_remote(request, shown, check_form=form))


@require_POST
def remote_remark(request: Request, pk: int) -> HttpResponse:
    shown = shown_session(request, pk)
    require(may_hold_remote(request.acting, shown))
    form = RemarkForm(request.POST)
    if form.is_valid():
        with refusing(form):
            remark(shown, form.cleaned_data["text"], by=by_of(request, shown))
            return redirect(remote_url(shown))
    return render(request, "mentors/sessions/remote.html", page_of_remote(request, shown, remark_form=form))


@require_POST
def remote_step(request: Request, pk: int, step: str) -> HttpResponse:
    """The plain buttons: begin, consent, no-consent, on-site."""
    shown = shown_session(request, pk)
    require(may_hold_remote(request.acting, shown))
    act, done = STEPS[step]
    back = session_url(shown) if step == "on-site" else remote_url(shown)
    return attempt(request, lambda: act(shown, by=by_of(request, shown)), done=str(done), back=back)
