"""A session moves: asked for by one side, agreed on by the other, and its hours taken anew in one transaction."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.post.notify import notify
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.actions.requesting.asking import locked as locked_request
from mentors.actions.requesting.planning import (
    Visit,
    refuse_late,
    refuse_lengths,
    refuse_out_of_term,
    refuse_over_limit,
    take_time,
    tell_host,
)
from mentors.models import Booking, MentoringRequest, Session, SessionMove
from mentors.models.requesting.moves import Side, side_of
from mentors.states import MoveState, RequestState, SessionState


@transaction.atomic
def ask_move(session: Session, visit: Visit, *, because: str, by: Acting) -> SessionMove:
    """The hours are not held meanwhile: who agrees takes them, or is told that somebody else has."""
    request = locked_request(session.request)
    session = locked(session)
    refuse_fixed(session, request)
    wanted = {"starts_at": visit.at(visit.starts_at), "ends_at": visit.at(visit.ends_at)}
    if all(getattr(session, name) == value for name, value in wanted.items()):
        raise Refused(_("いまと同じ日時です。変えたい日時を入力してください。"), field="day")
    if session.moves.open().exists():
        raise Refused(_("日時の変更の申出が、すでにあります。先にその返事を待つか、取り下げてください。"))
    refuse_impossible(session, request, visit, on=by.today)
    asked = SessionMove.objects.create(
        session=session,
        side=side_of(by, session),
        asked_by=by.person,
        break_minutes=visit.break_minutes,
        because=because,
        **wanted,
    )
    refuse_taken(asked)
    record(asked, "move.ask", by=by, concerns=request.host, reason=because)
    words = {"old": time_of(session), "new": time_of(asked), "because": because}
    body = _("%(old)sを、%(new)sに変えたいとの申出です。理由: %(because)s 同意するか、断るかを返事してください。")
    tell(session, Side.HOST if asked.side == Side.MENTOR else Side.MENTOR, _("日時の変更の申出"), body % words, by=by)
    return asked


def locked(session: Session) -> Session:
    rows = Session.objects.select_for_update(of=("self",)).select_related("request__host", "request__ward", "mentor")
    return rows.get(pk=session.pk)


def refuse_fixed(session: Session, request: MentoringRequest) -> None:
    if session.state != SessionState.PLANNED or request.state != RequestState.AGREED:
        raise Refused(_("記録した実技指導や、中止した実技指導の日時は変えられません。"))
    if session.starts_at <= timezone.now():
        raise Refused(_("始まった実技指導の日時は変えられません。行わなかったときは、中止してください。"))


def refuse_impossible(session: Session, request: MentoringRequest, visit: Visit, *, on: date) -> None:
    """Everything a plan is held to: length, term, limit of the year, and the lead from the day it was planned."""
    if visit.at(visit.starts_at) <= timezone.now():
        raise Refused(_("もう過ぎた日時には変えられません。"), field="day")
    refuse_lengths([visit])
    assert request.certification is not None
    assert request.host_agreed_at is not None
    refuse_out_of_term(request.certification, [visit])
    others = [one.on for one in request.sessions.standing().exclude(pk=session.pk)]
    refuse_over_limit(request, [*others, visit.day])
    refuse_late(request, [visit], on=min(on, timezone.localdate(request.host_agreed_at)))


def refuse_taken(asked: SessionMove) -> None:
    """Already known now; what is taken until the answer is found by the database then."""
    session = asked.session
    pieces = list(Session(starts_at=asked.starts_at, ends_at=asked.ends_at).pieces())
    if Booking.objects.filter(mentor=session.mentor_id, piece__in=pieces).exclude(session=session).exists():
        raise Refused(
            _("%(day)sのこの時間には、このマイスターにほかの指導が入っています。別の時間にしてください。")
            % {"day": day_words(asked.on)}
        )


@transaction.atomic
def agree_to_move(asked: SessionMove, *, by: Acting) -> None:
    """The old quarters are given back and the new ones taken, or nothing is moved at all."""
    request = locked_request(asked.session.request)
    session = locked(asked.session)
    asked = SessionMove.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    refuse_fixed(session, request)
    refuse_impossible(session, request, visit_of(asked, session), on=by.today)
    before = session.time_words
    move(asked, MoveState.AGREED, by=by, verb="move.agree", concerns=request.host, answered_at=timezone.now())
    hours = {name: getattr(asked, name) for name in ("starts_at", "ends_at", "break_minutes")}
    Session.objects.filter(pk=session.pk).update(**hours)
    for name, value in hours.items():
        setattr(session, name, value)
    session.bookings.all().delete()
    take_time(session)
    after = {"time": session.time_words}
    record(session, "session.move", by=by, concerns=request.host, before={"time": before}, after=after)
    body = _("実技指導は%(new)sになりました。カレンダーを購読している方には、そのまま届きます。")
    for side in Side:
        tell(session, side, _("日時が変わりました"), body % {"new": time_of(session)}, by=by)


def visit_of(asked: SessionMove, session: Session) -> Visit:
    begin, end = timezone.localtime(asked.starts_at), timezone.localtime(asked.ends_at)
    return Visit(begin.date(), begin.time(), end.time(), asked.break_minutes, session.topic)


@transaction.atomic
def decline_move(asked: SessionMove, *, because: str, by: Acting) -> None:
    """The session stays where it was."""
    session = locked(asked.session)
    asked = SessionMove.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    move(
        asked,
        MoveState.DECLINED,
        by=by,
        verb="move.decline",
        concerns=session.request.host,
        told={"reason": because},
        answer=because,
        answered_at=timezone.now(),
    )
    body = _("実技指導は%(old)sのままです。理由: %(because)s") % {"old": time_of(session), "because": because}
    tell(session, Side(asked.side), _("日時の変更は断られました"), body, by=by)


@transaction.atomic
def take_back_move(asked: SessionMove, *, by: Acting) -> None:
    session = locked(asked.session)
    asked = SessionMove.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    concerns = session.request.host
    move(asked, MoveState.WITHDRAWN, by=by, verb="move.take_back", concerns=concerns, answered_at=timezone.now())
    body = _("実技指導は%(old)sのままです。") % {"old": time_of(session)}
    other = Side.HOST if asked.side == Side.MENTOR else Side.MENTOR
    tell(session, other, _("日時の変更の申出が取り下げられました"), body, by=by)


def time_of(row: Session | SessionMove) -> str:
    begin, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return f"{day_words(row.on)} {begin:%H:%M}–{end:%H:%M}"


def tell(session: Session, side: Side, subject: str, body: str, *, by: Acting) -> None:
    if side == Side.HOST:
        tell_host(session.request, f"{subject}: %(occupation)s", body, on=by.today)
        return
    path = reverse("mentors:session", args=[session.pk])
    notify(session.mentor, subject=f"{subject}: {session}", body=body, path=path)
