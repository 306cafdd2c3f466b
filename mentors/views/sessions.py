"""Pages of a session: what was planned and what happened, the log, and the list of them."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.offline.arriving import LateRequest, may_come_late
from firms.offline.conflicts import SEEN, Changed, conflict, mark_of_facts
from firms.policies import may_sign
from firms.web.http import Request, page_of, refusing, require
from firms.words.saying import said as _
from mentors.actions.sessions.logging import write_log
from mentors.actions.sessions.messages import write_message
from mentors.facts import telling
from mentors.forms.sessions import LogForm, MessageForm, as_initial
from mentors.models import Session
from mentors.oneself import oneself
from mentors.policies import may_add_photo, may_ask_move, may_log, may_withdraw_consent, may_write_message
from mentors.queries.sessions import (
    clock_of,
    facts_of,
    host_request,
    items_of,
    last_told,
    newest_log,
    photos_of,
    reached_before,
    tasks_of,
    tellings_of,
)
from mentors.states import MoveState
from mentors.views.moving import answers_to, by_of, moves_of, shown_session


@require_safe
def sessions(request: Request) -> HttpResponse:
    """Of a マイスター, a host or the ward: the newest first."""
    seen = Session.objects.visible_to(request.acting).filter(request__state="agreed")
    rows = seen.select_related("request__host", "mentor").order_by("-starts_at", "-pk")
    return render(request, "mentors/sessions/sessions.html", {"page": page_of(rows, request)})


@require_safe
def session(request: Request, pk: int) -> HttpResponse:
    """Plan against actual, every telling of it, and who has signed."""
    shown = shown_session(request, pk)
    return render(request, "mentors/sessions/session.html", page_of_session(request, shown))


def page_of_session(request: Request, shown: Session, **forms: Any) -> dict[str, Any]:
    tellings = [telling(log) for log in tellings_of(shown)]
    asked, moves = host_request(shown) if tellings else None, moves_of(shown) if shown.has_moves else []
    return {
        "session": shown,
        "told": tellings[0] if tellings else None,
        "log": tellings[0].log if tellings else None,
        "earlier": tellings[1:],
        "asked": asked,
        "may_sign": asked is not None and asked.standing is None and may_sign(request.acting, asked),
        "may_log": may_log(request.acting, shown) and shown.starts_at <= timezone.now(),
        "talk": shown.messages.select_related("written_by") if shown.has_messages else [],
        "may_write": may_write_message(request.acting, shown),
        "message_form": MessageForm(),
        "photos": photos_of(shown) if shown.has_photos else [],
        "may_add_photo": may_add_photo(request.acting, shown) and shown.starts_at <= timezone.now(),
        "may_withdraw_consent": may_withdraw_consent(request.acting, shown),
        "may_move": may_ask_move(request.acting, shown) and shown.starts_at > timezone.now(),
        "moves": answers_to(request.acting, [one for one in moves if one.state == MoveState.ASKED]),
        "earlier_times": [one for one in moves if one.state == MoveState.AGREED],
        "is_own": shown.mentor_id == request.acting.person.pk,
        **forms,
    }


@require_POST
def message_write(request: Request, pk: int) -> HttpResponse:
    shown = shown_session(request, pk)
    require(may_write_message(request.acting, shown))
    form = MessageForm(request.POST)
    if form.is_valid():
        with refusing(form):
            write_message(shown, form.cleaned_data["text"], by=by_of(request, shown))
            messages.success(request, _("相手に伝えました。"))
            return redirect("mentors:session", pk)
    return render(request, "mentors/sessions/session.html", page_of_session(request, shown, message_form=form))


@may_come_late
@require_http_methods(["GET", "POST"])
def log(request: LateRequest, pk: int) -> HttpResponse:
    """Written now, or kept on the telephone and sent when there is a network again."""
    shown = shown_session(request, pk)
    require(may_log(request.acting, shown))
    prefetch_related_objects([shown], "request__learners")
    learners, title, key = list(shown.request.learners.all()), str(shown), f"mentors.log.{shown.pk}"
    form = LogForm(request.POST or None, learners=learners, tasks=tasks_of(shown), items=items_of(shown))
    if form.is_valid():
        moments = {"typed_at": request.typed_at, "arrived_at": request.arrived_at}
        try:
            with refusing(form):
                write_log(
                    shown, form.cleaned_data, seen=request.POST.get(SEEN, ""), by=oneself(request.acting), **moments
                )
                messages.success(request, _("記録しました。派遣先に確認をお願いします。"))
                return redirect("mentors:session", pk)
        except Changed as changed:
            return conflict(request, form, changed, title=title, back=reverse("mentors:session", args=[pk]), key=key)
    before = newest_log(shown)
    facts = facts_of(before, learners)
    form.initial.update(as_initial(facts, planned_facts(shown)))
    context = {"session": shown, "form": form, "log": before, "key": key, "title": title, "seen": mark_of_facts(facts)}
    return render(request, "mentors/sessions/log.html", context)


def planned_facts(shown: Session) -> dict[str, Any]:
    """What the plan says, and what the マイスター said of safety and method the last time there."""
    last = last_told(shown)
    return {
        "briefing": last.briefing if last else [],
        "safety": last.safety if last else "",
        "method": last.method if last else "",
        "starts_at": clock_of(shown.starts_at),
        "ends_at": clock_of(shown.ends_at),
        "break_minutes": shown.break_minutes,
        "topic": shown.topic,
        **reached_before(last),
    }
