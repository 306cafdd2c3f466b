"""Learning a unit: opened, watched, read, fetched, done. Every event carries the moment the server saw it.

Each of these may come twice, by a double click or from two tabs; the second changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from courses.actions.elearning.ledgers import Ledger, guard
from courses.actions.telling import tell_college
from courses.learning.kinds import KINDS, Event, Moment, watched
from courses.models import Unit
from courses.models.elearning.learning import EventKind
from firms.acting import Acting
from firms.errors import Refused
from firms.film import stretches
from firms.journal import record
from firms.models import JournalEntry
from firms.words.saying import said as _

DEAD = "unit.video_dead"


@dataclass(frozen=True)
class Seen:
    """How much of a video is behind somebody."""

    percent: int
    position: float
    reached: float
    is_done: bool


@transaction.atomic
def open_unit(ledger: Ledger, *, at: datetime) -> Event:
    guard(ledger, at=at)
    return has(ledger.events(), EventKind.OPENED) or ledger.write(EventKind.OPENED, {}, at=at)


@transaction.atomic
def watch(ledger: Ledger, *, start: float, end: float, at: datetime) -> Seen:
    """One stretch of a video, counted if the clock since the person's last event allows its length."""
    guard(ledger, at=at)
    events = ledger.events()
    guard_opened(events)
    if has(events, EventKind.COMPLETED) or is_repeated(events, start=start, end=end):
        return seen_of(ledger.unit, events)
    start, end = within(ledger.unit, start, end)
    allowed = allowed_now(ledger, at=at)
    if end - start > allowed:
        raise Refused(
            _(
                "実際の時間より長い視聴は記録されません。同じ時間に見られる動画は1つで、速さは等速です。"
                "ほかの画面を閉じて、続きを再生してください。"
            )
        )
    spare = round(stretches.left_over(allowed, length=end - start), 3)
    events.append(ledger.write(EventKind.WATCHED, {"from": start, "to": end, "spare": spare}, at=at))
    if done := complete_if_done(ledger, events, at=at):
        events.append(done)
    return seen_of(ledger.unit, events)


def is_repeated(events: Sequence[Event], *, start: float, end: float) -> bool:
    """The same message again, because its answer was lost on the way."""
    last = events[-1]
    return last.kind == EventKind.WATCHED and (last.data["from"], last.data["to"]) == (start, end)


def within(unit: Unit, start: float, end: float) -> stretches.Stretch:
    end = min(end, float(unit.duration_seconds))
    if not 0 <= start < end:
        raise Refused(_("動画の外の位置は記録できません。画面を開き直してください。"))
    return start, end


def allowed_now(ledger: Ledger, *, at: datetime) -> float:
    last = ledger.latest()
    if last is None:
        return 0.0
    spare = float(last.data.get("spare", stretches.SPARE))
    return stretches.allowance(elapsed=(at - last.at).total_seconds(), spare=spare)


def seen_of(unit: Unit, events: Sequence[Event]) -> Seen:
    seen = watched(events)
    return Seen(
        percent=stretches.percent(seen, duration=unit.duration_seconds),
        position=seen[-1][1] if seen else 0.0,
        reached=stretches.reached(seen),
        is_done=bool(has(events, EventKind.COMPLETED)),
    )


@transaction.atomic
def fetch_file(ledger: Ledger, *, at: datetime) -> Event:
    guard(ledger, at=at)
    guard_opened(ledger.events())
    return has(ledger.events(), EventKind.FETCHED) or ledger.write(EventKind.FETCHED, {}, at=at)


@transaction.atomic
def finish_reading(ledger: Ledger, *, at: datetime) -> Event:
    """The person says a text or a file is read; the clock has to agree."""
    guard(ledger, at=at)
    events = ledger.events()
    if done := has(events, EventKind.COMPLETED):
        return done
    if missing := missing_of(ledger, events, at=at):
        raise Refused(missing)
    ledger.write(EventKind.READ, {}, at=at)
    return ledger.write(EventKind.COMPLETED, {}, at=at)


def complete_if_done(ledger: Ledger, events: Sequence[Event], *, at: datetime) -> Event | None:
    if has(events, EventKind.COMPLETED) or missing_of(ledger, events, at=at):
        return None
    return ledger.write(EventKind.COMPLETED, {}, at=at)


def missing_of(ledger: Ledger, events: Sequence[Event], *, at: datetime) -> str:
    """What is still to be done, in a sentence; by the rule of the unit's kind."""
    behaviour = KINDS[ledger.unit.kind]
    moment = Moment(now=at, since=since(ledger, events) if behaviour.is_timed else None)
    return behaviour.missing(ledger.unit, events, moment)


def since(ledger: Ledger, events: Sequence[Event]) -> datetime | None:
    """From when on the person did nothing but this unit."""
    if not events:
        return None
    elsewhere = ledger.latest_elsewhere()
    return max(events[0].at, elsewhere.at) if elsewhere else events[0].at


def has(events: Sequence[Event], kind: EventKind) -> Event | None:
    return next((event for event in events if event.kind == kind), None)


def guard_opened(events: Sequence[Event]) -> None:
    if not has(events, EventKind.OPENED):
        raise Refused(_("まだ始めていません。「学習を始める」を押してください。"))


@transaction.atomic
def tell_dead_video(ledger: Ledger, *, at: datetime, by: Acting) -> bool:
    """The college hears of it once a day for each unit, however many people press the button."""
    guard(ledger, at=at)
    unit = Unit.objects.select_for_update(of=("self",)).select_related("course__college").get(pk=ledger.unit.pk)
    day = f"{localdate(at):%Y-%m-%d}"
    if JournalEntry.objects.about(unit).filter(verb=DEAD, details__day=day).exists():
        return False
    record(unit, DEAD, by=by, concerns=unit.course.college_id, day=day)
    tell_college(
        unit.course,
        subject=_("動画が再生できません: %(unit)s") % {"unit": unit},
        body=_(
            "講座「%(course)s」の教材「%(unit)s」の動画が再生できないと、受講者から連絡がありました。アドレスを確かめて直してください。"
        )
        % {"course": unit.course, "unit": unit},
        by=by,
        path=reverse("courses:unit_edit", args=[unit.pk]),
    )
    return True
