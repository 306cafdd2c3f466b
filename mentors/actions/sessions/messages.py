"""A message to the other side of a session."""

from django.db import transaction
from django.urls import reverse

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.post.notify import notify
from firms.words.saying import said as _
from mentors.actions.requesting.moving import locked
from mentors.actions.requesting.planning import tell_host
from mentors.models import Session, SessionMessage
from mentors.models.requesting.moves import Side, side_of

MOST_MESSAGES = 100


@transaction.atomic
def write_message(session: Session, text: str, *, by: Acting) -> SessionMessage:
    session = locked(session)
    if session.messages.count() >= MOST_MESSAGES:
        raise Refused(_("1回の実技指導への連絡は%(n)s件までです。") % {"n": MOST_MESSAGES})
    side = side_of(by, session)
    made = SessionMessage.objects.create(session=session, side=side, text=text, written_by=by.person)
    record(session, "session.write_message", by=by, concerns=session.request.host)
    if side == Side.MENTOR:
        tell_host(session.request, _("マイスターからの連絡: %(occupation)s"), text, on=by.today)
    else:
        path = reverse("mentors:session", args=[session.pk])
        notify(session.mentor, subject=_("派遣先からの連絡: %(session)s") % {"session": session}, body=text, path=path)
    return made
