"""The log: written once by the マイスター, corrected by further rows, put before the host to countersign."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.acting import Acting
from firms.actions.documents import Content, SideOf, freeze
from firms.actions.signing import send_to_sign
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Document
from firms.offline.conflicts import refuse_changed
from mentors import skills
from mentors.actions.requesting.asking import locked as locked_request
from mentors.actions.requesting.planning import end_moves
from mentors.facts import freeze_log
from mentors.models import Learner, LogAttendance, LogTask, Session, SessionLog
from mentors.queries.sessions import LOG, SAME, facts_of, newest_log, task_field, tasks_of, text_of
from mentors.rules import FactError, link_term, session_length
from mentors.states import RequestState, SessionState

Given = Mapping[str, Any]


@transaction.atomic
def write_log(
    session: Session, given: Given, *, seen: str, typed_at: datetime, arrived_at: datetime, by: Acting
) -> SessionLog:
    """`given` is the cleaned form. The very same again is what stands; what stands otherwise raises `Changed`."""
    request = locked_request(session.request)
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("request__host", "mentor").get(pk=session.pk)
    )
    refuse_not_held(session, request.state)
    learners = list(request.learners.all())
    before = newest_log(session)
    now = facts_of(before, learners)
    refuse_changed(seen=seen, now=now, typed=given)
    if before and all(given.get(name) == value for name, value in now.items()):
        return before
    log = new_log(session, given, before=before, typed_at=typed_at, arrived_at=arrived_at, by=by)
    attend(log, given, learners)
    look_at_tasks(log, given, learners)
    freeze_log(log)
    settle_state(session, by=by)
    record(session, "session.log", by=by, concerns=request.host, number=log.number, reason=log.because)
    put_before_host(log, by=by)
    return log


def refuse_not_held(session: Session, state: str) -> None:
    if session.state == SessionState.CANCELLED or state != RequestState.AGREED:
        raise Refused(_("中止になった実技指導や、決まっていない実技指導は記録できません。"))


def new_log(
    session: Session, given: Given, *, before: SessionLog | None, typed_at: datetime, arrived_at: datetime, by: Acting
) -> SessionLog:
    starts, ends = (moment(session, given[name]) for name in ("starts_at", "ends_at"))
    if ends > arrived_at:
        raise Refused(_("終わる前には記録できません。終えてから記録してください。"), field="ends_at")
    certification = session.request.certification
    assert certification is not None
    return SessionLog.objects.create(
        session=session,
        number=before.number + 1 if before else 1,
        corrects=before,
        because=reason_for(given, before=before, typed_at=typed_at),
        starts_at=starts,
        ends_at=ends,
        teaching_minutes=minutes_taught(session, given),
        standing=certification.standing_on(session.on),
        written_by=by.person,
        typed_at=typed_at,
        arrived_at=arrived_at,
        **{name: given[name] for name in SAME},
    )


def moment(session: Session, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(session.on, clock))


def minutes_taught(session: Session, given: Given) -> int:
    """By the rules; a session shorter or longer than they foresee is told as it was."""
    start, end = (given[name].hour * 60 + given[name].minute for name in ("starts_at", "ends_at"))
    try:
        return session_length(start, end, break_minutes=given["break_minutes"], on=session.on).minutes
    except FactError:
        raise Refused(_("始めた時刻・終えた時刻・休憩が合いません。確かめてください。"), field="ends_at") from None


def reason_for(given: Given, *, before: SessionLog | None, typed_at: datetime) -> str:
    """Why a further row; of two tellings that crossed on the way the choice between them is the reason."""
    if before is None:
        return ""
    if given["because"]:
        return str(given["because"])
    if typed_at < before.arrived_at:
        return _("あとから届いた入力を、本人が選びました。")
    raise Refused(_("訂正の理由を書いてください。"), field="because")


def attend(log: SessionLog, given: Given, learners: Sequence[Learner]) -> None:
    for learner in learners:
        name = f"l{learner.pk}-"
        minutes = given[name + "minutes"] or log.teaching_minutes
        if minutes > log.teaching_minutes:
            raise Refused(
                _("%(name)sさんの時間が、指導した時間より長くなっています。") % {"name": learner.name},
                field=name + "minutes",
            )
        LogAttendance.objects.create(
            log=log,
            learner=learner,
            minutes=minutes if given[name + "is_there"] else 0,
            before=given[name + "before"],
            after=given[name + "after"],
        )


def look_at_tasks(log: SessionLog, given: Given, learners: Sequence[Learner]) -> None:
    """Of those who were there, each task they can do at all, before or after."""
    session, edition = log.session, skills.edition_on(log.session.on).edition
    for learner in learners:
        if not given[f"l{learner.pk}-is_there"]:
            continue
        for task in tasks_of(session):
            before, after = (given[task_field(learner.pk, task.key, when)] for when in ("before", "after"))
            if before or after:
                told = {"edition": edition, "task": task.key, "before": before, "after": after}
                LogTask.objects.create(log=log, learner=learner, **told)


def settle_state(session: Session, *, by: Acting) -> None:
    """A correction asks the host again, and the days of waiting begin anew."""
    on = timezone.localdate()
    if session.state == SessionState.LOGGED:
        Session.objects.filter(pk=session.pk).update(logged_on=on, reminded_at=None, because="")
        return
    end_moves(session, by=by)
    move(
        session,
        SessionState.LOGGED,
        by=by,
        verb="session.hand_in",
        concerns=session.request.host,
        logged_on=on,
        reminded_at=None,
        because="",
    )


def put_before_host(log: SessionLog, *, by: Acting) -> None:
    """The text is frozen under the マイスター's name; the host's leaders sign it on their page, the site's contact by link."""
    session, request = log.session, log.session.request
    side = SideOf(
        "host",
        _("派遣先"),
        request.host.name,
        organisation=request.host,
        contact_name=request.contact_name,
        email=request.contact_email,
    )
    log = SessionLog.objects.select_related("session__request__host", "written_by").get(pk=log.pk)
    title = _("実技指導の記録 %(session)s") % {"session": session}
    version = freeze(
        session, Content(text_of(log)), kind=LOG, title=title[:120], sides=[side], owner=request.host, by=by
    )
    if request.contact_email:
        send_to_sign(version.requests.get(), term=link_term(by.today), by=by)


def hear_countersigned(subject: object, verb: str) -> None:
    """Listens to the journal: when the host has signed the newest text, the session is confirmed."""
    if verb != "document.complete" or not isinstance(subject, Document) or subject.kind != LOG:
        return
    session = Session.objects.select_for_update(of=("self",)).select_related("request__host").get(pk=subject.subject_id)
    if session.state in (SessionState.LOGGED, SessionState.STANDS):
        host = session.request.host
        move(session, SessionState.CONFIRMED, by=None, verb="session.confirm", concerns=host, because="")
