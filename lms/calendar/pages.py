"""What concerns somebody in a month or a week: the entries of their feeds, through every role they hold, day by day."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain

import jpholiday
from django.conf import settings
from django.utils import timezone

from firms.models import Membership, Person
from firms.queries import acting_for
from lms.calendar.entry import Event
from lms.calendar.held import events_for
from lms.calendar.visits import visit_events
from mentors.models import Session

WEEK = 7
SHOWN_IN_A_DAY = 4


@dataclass(frozen=True)
class Square:
    """One day: its entries, whole days first, cut to what fits, and how many more there are."""

    on: date
    is_outside: bool
    entries: list[Event]
    more: int
    holiday: str


def month_of(first: date) -> list[date]:
    """Whole weeks from Monday to Sunday."""
    return list(Calendar().itermonthdates(first.year, first.month))


def week_of(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=n) for n in range(WEEK)]


def squares(days: list[date], found: Iterable[Event], *, of_month: int = 0, most: int = 0) -> list[Square]:
    """`of_month` 0: no day lies outside; `most` 0: nothing is cut. Addresses are those of the site one is on."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in sorted(found, key=in_order):
        by_day[day_of(event)].append(replace(event, url=event.url.removeprefix(settings.SITE_URL)))
    return [square(on, by_day[on], is_outside=of_month not in (0, on.month), most=most) for on in days]


def square(on: date, entries: list[Event], *, is_outside: bool, most: int) -> Square:
    shown = entries[:most] if most else entries
    return Square(on, is_outside, shown, len(entries) - len(shown), jpholiday.is_holiday_name(on) or "")


def day_of(event: Event) -> date:
    return timezone.localdate(event.starts) if isinstance(event.starts, datetime) else event.starts


def in_order(event: Event) -> tuple[date, bool, str, str]:
    is_timed = isinstance(event.starts, datetime)
    return day_of(event), is_timed, event.starts.isoformat() if is_timed else "", event.uid


def concerning(person: Person, memberships: Iterable[Membership], days: list[date], *, on: date) -> list[Event]:
    """Of these days, each entry once. Days long past are asked for as of then, so that nothing of them is history yet."""
    now = min(timezone.now(), timezone.make_aware(datetime.combine(days[0], time.min)))
    wanted = set(days)
    found = {event.uid: event for event in all_of(person, memberships, now=now, on=on)}
    return [event for event in found.values() if day_of(event) in wanted]


def all_of(person: Person, memberships: Iterable[Membership], *, now: datetime, on: date) -> Iterator[Event]:
    """Through each role, for the person alone, and what a マイスター agreed to."""
    actings = [acting_for(person, one, on=on) for one in (*memberships, None)]
    yield from chain.from_iterable(events_for(one, now=now) for one in actings)
    yield from visit_events(Session.objects.filter(mentor=person), now=now)
