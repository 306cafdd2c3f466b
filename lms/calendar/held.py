"""What one person's feed for one organisation holds: whatever every role held for it may see, each entry once."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain

from django.utils import timezone

from firms.acting import Acting
from firms.models import FeedToken
from firms.queries import acting_for
from lms.calendar.entry import Event
from lms.calendar.events import deadline_events, lesson_events
from lms.calendar.manuals import manual_events, subsidy_events
from lms.calendar.trials import trial_events
from lms.calendar.visits import host_events


def actings_of(token: FeedToken, *, on: date) -> list[Acting]:
    """The rights of this day: none of a membership that ended."""
    held = token.person.memberships.on(on).filter(organisation=token.organisation_id).select_related("organisation")
    return [acting_for(token.person, membership, on=on) for membership in held]


def events_of(token: FeedToken, *, now: datetime) -> list[Event]:
    """Everything one may see through any role held for the organisation, each entry once."""
    day = timezone.localdate(now)
    found = chain.from_iterable(events_for(acting, now=now) for acting in actings_of(token, on=day))
    return sorted({event.uid: event for event in found}.values(), key=lambda event: event.uid)


def events_for(acting: Acting, *, now: datetime) -> Iterable[Event]:
    yield from deadline_events(acting, now=now)
    yield from lesson_events(acting, now=now)
    yield from host_events(acting, now=now)
    yield from manual_events(acting)
    yield from subsidy_events(acting, now=now)
    yield from trial_events(acting)
