"""What stands in a feed of 実技指導: for the host through its desks, and for the マイスター alone, whoever they work for."""

from collections.abc import Iterable
from datetime import datetime

from firms.acting import Acting
from firms.models.organisations import DESK_ROLES, Kind
from firms.words.saying import said as _
from lms.calendar.entry import Event
from lms.calendar.events import LESSONS_BACK, TRACE, address, journal_of
from mentors.models import Session, VisitFeed
from mentors.models.requesting.plans import SessionQuerySet
from mentors.states import SessionState

# What changes the calendar of a session; everything else about it shows nowhere in one.
VISITS = ("session.move", "session.cancel", "session.go_remote", "session.come_on_site", "request.agree")


def host_events(acting: Acting, *, now: datetime) -> Iterable[Event]:
    """The sessions a firm, a school or an association has asked for; the ward's desk has its lists."""
    if acting.kind == Kind.WARD or acting.role not in DESK_ROLES:
        return []
    return visit_events(Session.objects.filter(request__host=acting.organisation_id), now=now)


def own_events(feed: VisitFeed, *, now: datetime) -> list[Event]:
    """What one has agreed to oneself."""
    return sorted(visit_events(Session.objects.filter(mentor=feed.person_id), now=now), key=lambda event: event.uid)


def visit_events(sessions: SessionQuerySet, *, now: datetime) -> Iterable[Event]:
    """Of requests both sides agreed on; one that was called off stays for a while, so that every calendar hears of it."""
    rows = list(
        sessions.filter(request__mentor_agreed_at__isnull=False, starts_at__gte=now - LESSONS_BACK)
        .select_related("request__host", "mentor")
        .order_by("pk")
    )
    changes, stamps = journal_of("mentors.session", [row.pk for row in rows], verbs=VISITS)
    for row in rows:
        stamp = stamps.get(row.pk) or row.request.mentor_agreed_at or row.starts_at
        event = visit_event(row, sequence=changes[row.pk], stamp=stamp)
        if not event.is_cancelled or now - stamp <= TRACE:
            yield event


def visit_event(row: Session, *, sequence: int, stamp: datetime) -> Event:
    request = row.request
    told = [
        row.topic,
        _("マイスター: %(name)s") % {"name": row.mentor.full_name},
        _("派遣先: %(host)s") % {"host": request.host},
        _("現場の担当者: %(name)s") % {"name": request.contact_name},
    ]
    if row.is_remote:
        told.append(_("通話のリンク: %(url)s") % {"url": row.meeting_url})
    return Event(
        uid=f"visit-{row.pk}",
        sequence=sequence,
        starts=row.starts_at,
        ends=row.ends_at,
        summary=_("実技指導 %(occupation)s 第%(n)s回（%(host)s）")
        % {"occupation": request.occupation_label, "n": row.number, "host": request.host},
        description="\n".join(told),
        location=_("遠隔") if row.is_remote else request.place,
        url=address("mentors:session", row.pk),
        stamp=stamp,
        is_cancelled=row.state == SessionState.CANCELLED,
        has_alarm=False,
    )
