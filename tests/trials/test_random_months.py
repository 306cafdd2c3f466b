"""Random months of shifts, told, corrected, approved and closed: minutes add up, no row is lost, a closed month stays as it is."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction

from firms.errors import Refused
from tests.factories import TOKYO
from tests.trials.playing import FIRST
from tests.trials.working import absent, agree, approve_all, closed, moment, month_of, seen_of, tell, whole
from trials.actions.working.approving import confirm_over_limit
from trials.models import DayEntry, MonthClosing
from trials.queries.working import rows_of, sums_of

pytestmark = pytest.mark.django_db

DAYS = [FIRST + timedelta(days=n) for n in range(31)]
CLOSES = date(2027, 1, 5)


def random_day(chance):
    """Any shift of up to sixteen hours, over midnight or not; sometimes none."""
    if chance.random() < 0.15:
        return absent(chance.choice(["own", "transport", "host", "leave"])), 0
    start, span = chance.randrange(24 * 60), chance.randrange(5, 16 * 60)
    pause = chance.randrange(min(span, 120))
    end = (start + span) % (24 * 60)
    clock = lambda minutes: time(minutes // 60, minutes % 60)  # noqa: E731
    return whole(None, None, pause) | {"starts_at": clock(start), "ends_at": clock(end)}, span - pause


def told(trial, day, given, when, **more):
    """None where two shifts would share a minute, which is refused with nothing written."""
    try:
        return tell(trial, day, form={**given, **more}, when=when)
    except Refused:
        return None


def play(trial, chance):
    """What stands at the end by the day, and how many rows there must be."""
    standing, rows = {}, 0
    for day in chance.sample(DAYS, 12):
        given, minutes = random_day(chance)
        for number in range(chance.choice([1, 1, 1, 2, 3])):
            if number:
                given, minutes = random_day(chance)
            more = {"because": "訂正"} if day in standing else {}
            if told(trial, day, given, moment(CLOSES, "06:00"), **more):
                standing[day], rows = minutes, rows + 1
    return standing, rows


def in_hours(facts):
    return facts["sections"][1]["sums"][5]


@pytest.mark.parametrize("seed", range(3))
def test_random_months_add_up_and_stay(trial, seed):
    chance = random.Random(seed)
    trial.active()
    agree(trial, day_minutes=15 * 60, month_minutes=2_700)

    standing, rows = play(trial, chance)

    month = month_of(trial, FIRST)
    shown = rows_of(month)
    assert DayEntry.objects.count() == rows
    assert {row.on: row.entry.minutes for row in shown if row.entry} == standing
    assert sums_of(shown).minutes == sum(standing.values())
    for entry in DayEntry.objects.exclude(starts_at=None):
        seconds = (entry.ends_at - entry.starts_at).total_seconds()
        assert seconds == (entry.minutes + entry.break_minutes) * 60

    for row in shown:
        if row.entry and row.is_over:
            confirm_over_limit(row.entry, words="確かめた", by=trial.adviser.acting(CLOSES))
    approve_all(trial, FIRST, day=CLOSES)
    closing = closed(trial, FIRST, day=CLOSES)
    hours, rest = divmod(sum(standing.values()), 60)
    assert in_hours(closing.facts) == "".join(
        part for part in (f"{hours}時間" if hours else "", f"{rest}分" if rest or not hours else "") if part
    )

    before = list(DayEntry.objects.order_by("pk").values())
    for day in chance.sample(DAYS, 5):
        with pytest.raises(Refused, match="締め済み"):
            tell(trial, day, form=whole(because="訂正"), when=moment(CLOSES, "12:00"), seen=seen_of(trial, day))
    last = DayEntry.objects.current().latest("pk")
    last.pk, last.before_id, last.number = None, last.pk, last.number + 1
    with pytest.raises(DatabaseError, match="month_closed"), transaction.atomic():
        last.save(force_insert=True)
    assert list(DayEntry.objects.order_by("pk").values()) == before
    assert MonthClosing.objects.get().facts == closing.facts


def test_the_clock_of_the_shift_is_tokyo_s(trial):
    trial.active()
    entry = tell(trial, FIRST)

    assert entry.starts_at == datetime(2026, 12, 1, 8, 30, tzinfo=TOKYO)
