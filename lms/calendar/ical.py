"""A feed written out as iCalendar (RFC 5545)."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lms.calendar.entry import Event

if TYPE_CHECKING:
    from icalendar import Component

TOKYO = ZoneInfo("Asia/Tokyo")
# Seven days before, at nine in the morning: reckoned from midnight, where a whole day begins.
ALARM_BEFORE = timedelta(days=7) - timedelta(hours=9)
REFRESH = timedelta(hours=1)
# About two kilobytes each, the event with its text.
ENTRIES_KEPT = 4096
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def written_out(name: str, events: Iterable[Event]) -> bytes:
    """The calendar with its entries as they were written before: each is the same text as long as it shows the same."""
    listed = list(events)
    zone = timezone_text() if any(isinstance(event.starts, datetime) for event in listed) else b""
    head, end, _nothing = frame(name).partition(b"END:VCALENDAR")
    return b"".join([head, zone, *map(entry_text, listed), end, b"\r\n"])


def frame(name: str) -> bytes:
    """A calendar without entries."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Takumi//Takumi//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    return bytes(calendar.to_ical())


@cache
def timezone_text() -> bytes:
    """VTIMEZONE of Tokyo, which has not moved its clocks since 1951: reckoned once, for it takes half as long as a feed."""
    from icalendar import Timezone

    return bytes(Timezone.from_tzid("Asia/Tokyo").to_ical())


@lru_cache(maxsize=ENTRIES_KEPT)
def entry_text(event: Event) -> bytes:
    return bytes(entry(event).to_ical())


def entry(event: Event) -> "Component":
    from icalendar import Event as Entry

    made = Entry()
    made.add("uid", f"{event.uid}@takumi")
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.stamp)
    made.add("dtstart", local(event.starts))
    made.add("dtend", local(event.ends))
    made.add("summary", one_line(event.summary))
    if event.description:
        made.add("description", several_lines(event.description))
    made.add("url", event.url)
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    made.add("transp", "OPAQUE" if isinstance(event.starts, datetime) else "TRANSPARENT")
    if event.location:
        made.add("location", one_line(event.location))
    if event.has_alarm and not event.is_cancelled:
        made.add_component(alarm(one_line(event.summary)))
    return made


def one_line(text: str) -> str:
    """Without what would begin a new line of the file: names of old may hold anything."""
    return " ".join(CONTROL.sub(" ", text).split())


def several_lines(text: str) -> str:
    return "\n".join(CONTROL.sub(" ", line).strip() for line in text.splitlines())


def local(moment: object) -> object:
    return moment.astimezone(TOKYO) if isinstance(moment, datetime) else moment


def alarm(words: str) -> "Component":
    from icalendar import Alarm

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", words)
    made.add("trigger", -ALARM_BEFORE)
    return made
