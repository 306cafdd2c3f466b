"""Guidance from afar: said before, tried before, begun only where dangerous work has somebody beside it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.post.notify import notify
from firms.words.saying import said as _
from mentors.actions.requesting.moving import locked, refuse_fixed
from mentors.actions.requesting.planning import tell_host
from mentors.models import ConnectionCheck, RecordingConsent, Remark, Session
from mentors.models.requesting.moves import Side, side_of
from mentors.states import RequestState, SessionState

MOST_REMARKS = 200


@transaction.atomic
def go_remote(session: Session, *, meeting_url: str, is_dangerous: bool, supervisor: str, by: Acting) -> None:
    """Until it begins. With a machine that turns while somebody touches the work, a person stands beside it."""
    session = locked(session)
    refuse_fixed(session, session.request)
    refuse_unattended(is_dangerous=is_dangerous, supervisor=supervisor)
    told = {"meeting_url": meeting_url, "is_dangerous": is_dangerous, "supervisor": supervisor}
    Session.objects.filter(pk=session.pk).update(is_remote=True, **told)
    record(session, "session.go_remote", by=by, concerns=session.request.host)
    tell_other(session, _("遠隔で行うことになりました"), _("前の日までに、接続を確かめてください。"), by=by)


def refuse_unattended(*, is_dangerous: bool, supervisor: str) -> None:
    if is_dangerous and not supervisor:
        raise Refused(
            _(
                "回っている機械や火・高い所など危険のある作業は、現場で見守る方がいないと遠隔ではできません。見守る方の氏名を入力してください。"
            ),
            field="supervisor",
        )


@transaction.atomic
def come_on_site(session: Session, *, by: Acting) -> None:
    session = locked(session)
    refuse_fixed(session, session.request)
    if not session.is_remote:
        return
    plain = {"is_remote": False, "meeting_url": "", "is_dangerous": False, "supervisor": ""}
    Session.objects.filter(pk=session.pk).update(**plain)
    record(session, "session.come_on_site", by=by, concerns=session.request.host)
    tell_other(session, _("現地で行うことになりました"), _("計画の場所で行います。"), by=by)


def tell_other(session: Session, subject: str, body: str, *, by: Acting) -> None:
    if side_of(by, session) == Side.MENTOR:
        tell_host(session.request, f"{subject}: %(occupation)s", body, on=by.today)
        return
    path = reverse("mentors:remote", args=[session.pk])
    notify(session.mentor, subject=f"{subject}: {session}", body=body, path=path)


@transaction.atomic
def check_connection(session: Session, *, by: Acting, **seen: Any) -> ConnectionCheck:
    """What does not work is said in a sentence, so that the other side can do something about it."""
    session = locked(session)
    refuse_not_remote(session)
    if not all(seen[name] for name in ("is_heard", "is_seen", "are_hands_seen")) and not seen["note"]:
        raise Refused(_("うまくいかないところを、「気づいたこと」に書いてください。"), field="note")
    made = ConnectionCheck.objects.create(session=session, side=side_of(by, session), checked_by=by.person, **seen)
    record(session, "session.check_connection", by=by, concerns=session.request.host, reason=made.note)
    return made


def refuse_not_remote(session: Session) -> None:
    if not session.is_remote:
        raise Refused(_("この実技指導は、遠隔で行うことになっていません。"))
    if session.state == SessionState.CANCELLED or session.request.state != RequestState.AGREED:
        raise Refused(_("中止になった実技指導や、決まっていない実技指導です。"))


@transaction.atomic
def consent_to_recording(session: Session, *, by: Acting) -> None:
    """For one's own side; a second click finds it given."""
    session = locked(session)
    refuse_not_remote(session)
    try:
        with transaction.atomic():
            RecordingConsent.objects.create(session=session, side=side_of(by, session), given_by=by.person)
    except IntegrityError:
        return
    record(session, "session.consent_to_recording", by=by, concerns=session.request.host)


@transaction.atomic
def refuse_recording(session: Session, *, by: Acting) -> None:
    """Taken back by the side that gave it, at any time."""
    session = locked(session)
    given = session.consents.filter(side=side_of(by, session), withdrawn_at=None)
    if given.update(withdrawn_at=timezone.now()):
        record(session, "session.refuse_recording", by=by, concerns=session.request.host)


@transaction.atomic
def begin_call(session: Session, *, by: Acting) -> None:
    """From this moment remarks are counted in seconds; a second click changes nothing."""
    session = locked(session)
    refuse_not_remote(session)
    if session.called_at is not None:
        return
    if session.on != timezone.localdate():
        raise Refused(_("通話を始められるのは、実技指導の当日だけです。"))
    refuse_unattended(is_dangerous=session.is_dangerous, supervisor=session.supervisor)
    newest = session.checks.last()
    if newest is None or not newest.is_good:
        raise Refused(
            _(
                "接続の確認が済んでいません。声・顔・手元の3つを確かめてから始めてください。つながらないときは、日時を変えるか現地で行ってください。"
            )
        )
    Session.objects.filter(pk=session.pk).update(called_at=timezone.now())
    record(session, "session.begin_call", by=by, concerns=session.request.host)


@transaction.atomic
def remark(session: Session, text: str, *, by: Acting) -> Remark:
    """At the server's second of the call."""
    session = locked(session)
    refuse_not_remote(session)
    if session.called_at is None:
        raise Refused(_("通話を始めてから書いてください。"))
    if session.on != timezone.localdate():
        raise Refused(_("指導中のひとことは、当日だけ書けます。あとからは記録に書いてください。"))
    if session.remarks.count() >= MOST_REMARKS:
        raise Refused(_("ひとことは%(n)s件までです。") % {"n": MOST_REMARKS})
    second = int((timezone.now() - session.called_at).total_seconds())
    made = Remark.objects.create(session=session, second=second, text=text, written_by=by.person)
    record(session, "session.remark", by=by, concerns=session.request.host)
    return made
