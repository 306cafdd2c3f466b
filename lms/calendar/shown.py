"""What a feed has told before: what is shown decides SEQUENCE and DTSTAMP, and what is gone is called off (RFC 5546)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from firms.models import FeedEntry
from lms.calendar.entry import Event
from lms.calendar.events import TRACE

# What a calendar shows of an entry; the rest says when and how often that changed.
SHOWN = ("starts", "ends", "summary", "description", "location", "url", "is_cancelled", "has_alarm")


@transaction.atomic
def settled(feed: str, events: Iterable[Event], *, now: datetime) -> list[Event]:
    """The events with their numbers, and those called off that have not been long; writes what is told now."""
    before = {row.uid: row for row in FeedEntry.objects.select_for_update().filter(feed=feed)}
    told = [told_now(event, before.get(event.uid), now=now) for event in events]
    uids = {event.uid for event in told}
    gone = [row for row in before.values() if row.uid not in uids and is_called_off(row, now=now)]
    called_off = [call_off(row, now=now) for row in gone]
    keep(feed, [*told, *called_off], before, gone=gone, now=now)
    return sorted([*told, *called_off], key=lambda event: event.uid)


def told_now(event: Event, row: FeedEntry | None, *, now: datetime) -> Event:
    """A change takes the next number and this moment, however small the journal thinks of it."""
    if row is None:
        return event
    if row.gone_at is None and row.shown == shown(event):
        return replace(event, sequence=row.sequence, stamp=row.stamp)
    return replace(event, sequence=max(event.sequence, row.sequence + 1), stamp=now)


def is_called_off(row: FeedEntry, *, now: datetime) -> bool:
    """What is still to come and is no more shown; whatever is past just goes out of sight."""
    if row.gone_at is not None:
        return now - row.gone_at <= TRACE
    return not row.shown["is_cancelled"] and moment(row.shown["ends"]) > now


def call_off(row: FeedEntry, *, now: datetime) -> Event:
    is_new = row.gone_at is None
    told = {name: row.shown[name] for name in SHOWN} | {
        "starts": day_or_moment(row.shown["starts"]),
        "ends": day_or_moment(row.shown["ends"]),
        "is_cancelled": True,
        "has_alarm": False,
        # Who may not see it any more is told that it is off, and nothing else.
        "description": "",
        "location": "",
        "url": settings.SITE_URL,
    }
    return Event(uid=row.uid, sequence=row.sequence + is_new, stamp=now if is_new else row.stamp, **told)


def keep(feed: str, told: list[Event], before: dict[str, FeedEntry], *, gone: list[FeedEntry], now: datetime) -> None:
    left = {row.uid for row in gone}
    written = []
    for event in told:
        row = before.get(event.uid)
        gone_at = (row.gone_at if row and row.gone_at else now) if event.uid in left else None
        fields = {"sequence": event.sequence, "stamp": event.stamp, "shown": shown(event), "gone_at": gone_at}
        if event.uid in left and row:
            fields["shown"] = row.shown
        if row is None or any(getattr(row, name) != value for name, value in fields.items()):
            written.append(FeedEntry(feed=feed, uid=event.uid, **fields))
    FeedEntry.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["feed", "uid"],
        update_fields=["sequence", "stamp", "shown", "gone_at"],
    )
    uids = {event.uid for event in told}
    if past := [row.pk for row in before.values() if row.uid not in uids]:
        FeedEntry.objects.filter(pk__in=past).delete()


def shown(event: Event) -> dict[str, Any]:
    """As JSON keeps it."""
    held = {name: getattr(event, name) for name in SHOWN}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in held.items()}


def day_or_moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def moment(text: str) -> datetime:
    """Days as their beginning in Tokyo."""
    found = day_or_moment(text)
    if isinstance(found, datetime):
        return found
    return datetime.combine(found, datetime.min.time(), timezone.get_current_timezone())
