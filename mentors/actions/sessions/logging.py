"""The log: written once by the マイスター, corrected by further rows, put before the host to countersign."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.documents import Content, SideOf, freeze
from firms.actions.signing import send_to_sign
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Document
from firms.offline.conflicts import refuse_changed
from firms.words.saying import said as _
from mentors import briefings, skills
from mentors.actions.requesting.asking import locked as locked_request
from mentors.actions.requesting.planning import end_moves
from mentors.facts import freeze_log
from mentors.models import Learner, LogAttendance, LogTask, Session, SessionLog
from mentors.queries.sessions import LOG, SAME, facts_of, newest_log, task_field, tasks_of, text_of, with_what_was_said
from mentors.rules import FactError, link_term, session_length
from mentors.states import RequestState, SessionState

Given = Mapping[str, Any]


@transaction.atomic
def write_log(
    session: Session, given: Given, *, seen: str, typed_at: datetime, arrived_at: datetime, by: Acting
) -> SessionLog:
    """`given` is the cleaned form. The very same again is what stands; what stands otherwise raises `Changed`."""
    # The list of learners stands since the first session began: who asks with it at hand is not asked again.
    learners = list(session.request.learners.all())
    request = locked_request(session.request)
    rows = Session.objects.select_for_update(of=("self",)).select_related("mentor")
    session = with_what_was_said(rows).get(pk=session.pk)
    session.request = request
    refuse_not_held(session, request.state)
    before = newest_log(session)
    now = facts_of(before, learners)
    refuse_changed(seen=seen, now=now, typed=given)
    if before and all(given.get(name) == value for name, value in now.items()):
        return before
    log = new_log(session, given, before=before, typed_at=typed_at, arrived_at=arrived_at, by=by)
    attended = attend(log, given, learners)
    tasks = look_at_tasks(log, given, learners)
    freeze_log(log, attended, tasks)
    settle_state(log, by=by)
    put_before_host(log, text_of(log, attended, tasks), by=by)
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
        briefing_edition=briefings.edition_on(session.on).edition if given["briefing"] else "",
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


def attend(log: SessionLog, given: Given, learners: Sequence[Learner]) -> list[LogAttendance]:
    return LogAttendance.objects.bulk_create(attendance(log, given, learner) for learner in learners)


def attendance(log: SessionLog, given: Given, learner: Learner) -> LogAttendance:
    name = f"l{learner.pk}-"
    minutes = given[name + "minutes"] or log.teaching_minutes
    if minutes > log.teaching_minutes:
        raise Refused(
            _("%(name)sさんの時間が、指導した時間より長くなっています。") % {"name": learner.name},
            field=name + "minutes",
        )
    minutes = minutes if given[name + "is_there"] else 0
    levels = {when: given[name + when] for when in ("before", "after")}
    return LogAttendance(log=log, learner=learner, minutes=minutes, **levels)


def look_at_tasks(log: SessionLog, given: Given, learners: Sequence[Learner]) -> list[LogTask]:
    """Of those who were there, each task they can do at all, before or after."""
    edition, tasks = skills.edition_on(log.session.on).edition, tasks_of(log.session)
    there = [learner for learner in learners if given[f"l{learner.pk}-is_there"]]
    told = [
        LogTask(
            log=log,
            learner=learner,
            edition=edition,
            task=task.key,
            **{when: given[task_field(learner.pk, task.key, when)] for when in ("before", "after")},
        )
        for learner in there
        for task in tasks
    ]
    return LogTask.objects.bulk_create(one for one in told if one.before or one.after)


def settle_state(log: SessionLog, *, by: Acting) -> None:
    """One entry of the journal says both. A correction asks the host again, and the days of waiting begin anew."""
    session, host = log.session, log.session.request.host
    waits: dict[str, Any] = {"logged_on": timezone.localdate(), "reminded_at": None, "because": ""}
    told: dict[str, Any] = {"number": log.number, "reason": log.because}
    if session.state == SessionState.LOGGED:
        Session.objects.filter(pk=session.pk).update(**waits)
        record(session, "session.log", by=by, concerns=host, **told)
        return
    if session.has_moves:
        end_moves(session, by=by)
    move(session, SessionState.LOGGED, by=by, verb="session.log", concerns=host, told=told, **waits)


def put_before_host(log: SessionLog, text: str, *, by: Acting) -> None:
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
    title = _("実技指導の記録 %(session)s") % {"session": session}
    version = freeze(session, Content(text), kind=LOG, title=title[:120], sides=[side], owner=request.host, by=by)
    if request.contact_email:
        asked = version.requests.select_related("side__person", "version__document__owner").get()
        send_to_sign(asked, term=link_term(by.today), by=by)


def hear_countersigned(subject: object, verb: str) -> None:
    """Listens to the journal: when the host has signed the newest text, the session is confirmed."""
    if verb != "document.complete" or not isinstance(subject, Document) or subject.kind != LOG:
        return
    session = Session.objects.select_for_update(of=("self",)).select_related("request__host").get(pk=subject.subject_id)
    if session.state in (SessionState.LOGGED, SessionState.STANDS):
        host = session.request.host
        move(session, SessionState.CONFIRMED, by=None, verb="session.confirm", concerns=host, because="")
