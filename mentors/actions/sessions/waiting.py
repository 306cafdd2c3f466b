"""A host that does not countersign: reminded once, and then the マイスター's word stands with that note."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.journal import move, record
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.models import Session
from mentors.queries.sessions import host_request
from mentors.rules import host_word
from mentors.states import SessionState


@transaction.atomic
def follow_up(session: Session, *, on: date) -> None:
    """By how long the host has been waited for; whoever runs it twice changes nothing."""
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("request__host", "mentor").get(pk=session.pk)
    )
    if session.state != SessionState.LOGGED or session.logged_on is None:
        return
    days = host_word(session.logged_on)
    if session.reminded_at is None:
        if days.remind_on <= on:
            remind(session, stands_on=days.stands_on, on=on)
    elif days.stands_on <= on and timezone.localtime(session.reminded_at).date() < on:
        stand(session)


def remind(session: Session, *, stands_on: date, on: date) -> None:
    host, asked = session.request.host, host_request(session)
    Session.objects.filter(pk=session.pk).update(reminded_at=timezone.now())
    record(session, "session.remind_host", by=None, concerns=host)
    for leader in leaders_of(host.pk, on=on):
        notify(
            leader,
            subject=_("実技指導の記録の確認をお願いします: %(session)s") % {"session": session},
            body=_("%(day)sまでに確認がないときは、マイスターの記録のとおりに確定します。")
            % {"day": day_words(stands_on)},
            path=reverse("firms:sign", args=[asked.pk]) if asked else "",
            organisation=host,
        )


def stand(session: Session) -> None:
    because = _("派遣先に催促したあとも確認がなかったため、マイスターの記録のとおりに確定しました。")
    host = session.request.host
    move(session, SessionState.STANDS, by=None, verb="session.stand", concerns=host, because=because)
    notify(session.mentor, subject=_("実技指導の記録が確定しました: %(session)s") % {"session": session}, body=because)
