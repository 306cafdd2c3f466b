"""Pages of a session that moves or is called off: asking, answering, taking back, cancelling."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from firms.acting import Acting
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from mentors.actions.requesting.moving import agree_to_move, ask_move, decline_move, take_back_move
from mentors.actions.requesting.planning import cancel_session
from mentors.forms.certifying import BecauseForm
from mentors.forms.requesting import MoveForm
from mentors.models import Session, SessionMove
from mentors.oneself import oneself
from mentors.policies import may_answer_move, may_ask_move, may_cancel_session, may_take_back_move
from mentors.queries.sessions import clock_of, with_what_was_said
from mentors.rules import is_late_to_cancel

Answers = list[tuple[SessionMove, bool, bool]]


def moves_shown(acting: Acting, sessions: Iterable[Session]) -> Answers:
    """The open moves of these sessions, with whether one may answer, and whether one may take it back."""
    rows = SessionMove.objects.open().filter(session__in=[one.pk for one in sessions])
    return answers_to(acting, rows.select_related("session__request__host", "session__mentor", "asked_by"))


def answers_to(acting: Acting, moves: Iterable[SessionMove]) -> Answers:
    return [(one, may_answer_move(acting, one), may_take_back_move(acting, one)) for one in moves]


def moves_of(shown: Session) -> list[SessionMove]:
    """All of one session, asked for and answered."""
    rows = list(shown.moves.select_related("asked_by"))
    for one in rows:
        one.session = shown
    return rows


def shown_session(request: Request, pk: int) -> Session:
    seen = with_what_was_said(Session.objects.visible_to(request.acting))
    return get_object_or_404(seen.select_related("request__host", "request__certification", "mentor"), pk=pk)


def by_of(request: Request, session: Session) -> Acting:
    return oneself(request.acting) if session.mentor_id == request.acting.person.pk else request.acting


def session_url(session: Session) -> str:
    return reverse("mentors:session", args=[session.pk])


@require_http_methods(["GET", "POST"])
def session_move(request: Request, pk: int) -> HttpResponse:
    shown = shown_session(request, pk)
    require(may_ask_move(request.acting, shown))
    now = {"day": shown.on, "starts_at": clock_of(shown.starts_at), "ends_at": clock_of(shown.ends_at)}
    form = MoveForm(request.POST or None, initial={**now, "break_minutes": shown.break_minutes})
    if form.is_valid():
        with refusing(form):
            because = form.cleaned_data["because"]
            ask_move(shown, form.visit_of(shown.topic), because=because, by=by_of(request, shown))
            messages.success(request, _("相手に申し出ました。同意があるまで、いまの日時のままです。"))
            return redirect(session_url(shown))
    return render(request, "mentors/requesting/move.html", {"session": shown, "form": form})


def shown_move(request: Request, pk: int) -> SessionMove:
    seen = SessionMove.objects.visible_to(request.acting)
    return get_object_or_404(seen.select_related("session__request__host", "session__mentor"), pk=pk)


@require_POST
def move_agree(request: Request, pk: int) -> HttpResponse:
    asked = shown_move(request, pk)
    require(may_answer_move(request.acting, asked))
    by, done = by_of(request, asked.session), _("日時を変えました。両方に知らせました。")
    return attempt(request, lambda: agree_to_move(asked, by=by), done=done, back=session_url(asked.session))


@require_http_methods(["GET", "POST"])
def move_decline(request: Request, pk: int) -> HttpResponse:
    asked = shown_move(request, pk)
    require(may_answer_move(request.acting, asked))
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            decline_move(asked, because=form.cleaned_data["because"], by=by_of(request, asked.session))
            messages.success(request, _("断ったことを相手に知らせました。日時は元のままです。"))
            return redirect(session_url(asked.session))
    context = {
        "title": _("日時の変更を断る"),
        "lead": str(asked.session),
        "form": form,
        "submit": _("断る"),
        "back": session_url(asked.session),
    }
    return render(request, "firms/form.html", context)


@require_POST
def move_take_back(request: Request, pk: int) -> HttpResponse:
    asked = shown_move(request, pk)
    require(may_take_back_move(request.acting, asked))
    by, done = by_of(request, asked.session), _("申出を取り下げました。")
    return attempt(request, lambda: take_back_move(asked, by=by), done=done, back=session_url(asked.session))


@require_http_methods(["GET", "POST"])
def session_cancel(request: Request, pk: int) -> HttpResponse:
    shown = shown_session(request, pk)
    require(may_cancel_session(request.acting, shown))
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            cancel_session(shown, because=form.cleaned_data["because"], by=by_of(request, shown))
            messages.success(request, _("中止を記録し、相手に知らせました。"))
            return redirect("mentors:request", shown.request_id)
    context = {
        "title": _("第%(n)s回の中止") % {"n": shown.number},
        "lead": cancel_words(request, shown),
        "form": form,
        "submit": _("中止する"),
        "back": reverse("mentors:request", args=[shown.request_id]),
    }
    return render(request, "firms/form.html", context)


def cancel_words(request: Request, shown: Session) -> str:
    """What cancelling now means, before one presses."""
    if not is_late_to_cancel(shown.on, request.acting.today):
        return str(shown)
    said = _("間際の中止になるため、区にも知らせます。相手には、電話でも伝えてください。")
    if shown.starts_at > timezone.now():
        said += _("日時を変えるだけなら、「日時を変える」から申し出られます。")
    return f"{shown}　{said}"
