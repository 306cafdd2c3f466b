"""Days at work told, approved and closed by the product's own actions, for the tests of them."""

from datetime import date, datetime, time, timedelta

import time_machine

from firms.models import Notification
from firms.offline.conflicts import mark_of_facts
from tests.factories import TOKYO, at
from trials.actions.working.approving import Said, approve
from trials.actions.working.clocking import Moments, clock_in, clock_out, tell_day
from trials.actions.working.closing import close_month, register_agreement
from trials.models import DayKind, WorkMonth
from trials.queries.working import entry_on, facts_of, facts_of_in, facts_of_out, first_of, rows_of

MONDAY = date(2026, 12, 7)
TUESDAY = MONDAY + timedelta(days=1)
AGREED = {
    "filed_on": date(2026, 3, 20),
    "valid_from": date(2026, 4, 1),
    "valid_until": date(2027, 3, 31),
    "day_minutes": 180,
    "month_minutes": 600,
    "year_minutes": 21_600,
}


def moment(day, clock):
    return datetime.combine(day, time.fromisoformat(clock), TOKYO)


def moments(typed, arrived=None):
    return Moments(typed, arrived or typed)


def whole(starts="08:30", ends="17:30", breaks=60, **given):
    told = {
        "kind": DayKind.WORK,
        "starts_at": time.fromisoformat(starts) if starts else None,
        "ends_at": time.fromisoformat(ends) if ends else None,
        "break_minutes": breaks,
        "absence": "",
        "comment": "",
        "private_words": "",
        "because": "",
    }
    return {**told, **given}


def absent(code="own", **given):
    return whole(None, None, 0, kind=DayKind.ABSENT, absence=code, **given)


def seen_of(trial, on):
    return mark_of_facts(facts_of(entry_on(trial.placement, on)))


def tell(trial, on, *, when=None, seen=None, **given):
    """Told in the evening of the day, or at `when`; the page has shown what stands unless `seen` says otherwise."""
    at_moment = when or moment(on + timedelta(days=1), "07:00")
    by = trial.trialist.acting(at_moment.date())
    shown = seen_of(trial, on) if seen is None else seen
    form = given.pop("form", None) or whole(**given)
    return tell_day(trial.placement, on, form, seen=shown, at=moments(at_moment), by=by)


def press_in(trial, on, clock, *, seen=None, said=False, arrived=None):
    typed = moment(on, clock)
    shown = mark_of_facts(facts_of_in(entry_on(trial.placement, on))) if seen is None else seen
    given = {"on": on, "starts_at": time.fromisoformat(clock), "is_said": said}
    return clock_in(
        trial.placement,
        given,
        seen=shown,
        at=moments(typed, arrived),
        by=trial.trialist.acting((arrived or typed).date()),
    )


def press_out(trial, on, clock, *, breaks=60, seen=None, said=False, typed=None, arrived=None, comment=""):
    typed = typed or moment(on, clock)
    shown = mark_of_facts(facts_of_out(entry_on(trial.placement, on))) if seen is None else seen
    given = {
        "on": on,
        "ends_at": time.fromisoformat(clock),
        "break_minutes": breaks,
        "comment": comment,
        "is_said": said,
    }
    by = trial.trialist.acting((arrived or typed).date())
    return clock_out(trial.placement, given, seen=shown, at=moments(typed, arrived), by=by)


def month_of(trial, on):
    return WorkMonth.objects.with_sides().get(placement=trial.placement, first=first_of(on))


def approve_all(trial, on, *, by=None, day=None):
    month = month_of(trial, on)
    said = {row.entry.pk: Said(row.entry.pk, True) for row in rows_of(month) if row.waits}
    return approve(month, said, by=by or trial.manager.acting(day or on))


def closed(trial, on, *, day, by=None):
    with time_machine.travel(at(day, "09:00"), tick=True):
        return close_month(month_of(trial, on), by=by or trial.adviser.acting(day))


def agree(trial, **given):
    return register_agreement(**{**AGREED, **given}, by=trial.adviser.acting())


def say(trial, entry, *, is_ok=True, words="", by=None):
    said = {entry.pk: Said(entry.pk, is_ok, words)}
    return approve(month_of(trial, entry.on), said, by=by or trial.manager.acting(TUESDAY))


def said_to(person):
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("subject", flat=True))
