"""所定労働時間: what counts of a day, and what never does."""

from datetime import date, time, timedelta
from itertools import pairwise

import jpholiday
import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from firms.models import Employment, Holiday, Person, WorkingHours, WorkingPattern
from firms.working_time import DAY_MINUTES, TOKYO, hours_of, stretches, working_intervals, working_minutes
from tests.factories import EmploymentFactory, WorkingPatternFactory, at

MONDAY = date(2027, 2, 1)
SATURDAY = date(2027, 2, 6)
FOUNDATION_DAY = date(2027, 2, 11)


@pytest.fixture
def day_shift(db):
    return WorkingPatternFactory()


def clock(intervals):
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in intervals]


def test_a_weekday_counts_without_its_break(day_shift):
    assert clock(working_intervals(day_shift, MONDAY, [])) == ["08:30-12:00", "13:00-17:30"]
    assert str(working_minutes(day_shift, MONDAY, [])) == "480"


def test_the_moments_are_those_of_tokyo(day_shift):
    start, _end = working_intervals(day_shift, MONDAY, [])[0]

    assert start == at(MONDAY, "08:30")
    assert start.tzinfo == TOKYO


@pytest.mark.parametrize("day", [SATURDAY, FOUNDATION_DAY], ids=["weekend", "public holiday"])
def test_a_day_off_counts_nothing(day, day_shift):
    assert working_intervals(day_shift, day, []) == []


def test_public_holidays_count_where_the_pattern_works_on_them(day_shift):
    day_shift.works_on_public_holidays = True

    assert working_minutes(day_shift, FOUNDATION_DAY, []) == 480


def test_own_holidays_count_nothing_even_where_public_ones_do(day_shift):
    day_shift.works_on_public_holidays = True

    assert working_intervals(day_shift, MONDAY, [Holiday(on=MONDAY, name="創立記念日")]) == []


@pytest.mark.parametrize("day", [SATURDAY, FOUNDATION_DAY], ids=["weekend", "public holiday"])
def test_a_day_worked_instead_counts(day, day_shift):
    assert working_minutes(day_shift, day, [Holiday(on=day, name="振替出勤", is_worked=True)]) == 480


def test_holidays_of_other_days_change_nothing(day_shift):
    others = [Holiday(on=MONDAY + timedelta(days=1), name="休業"), Holiday(on=SATURDAY, name="出勤", is_worked=True)]

    assert working_minutes(day_shift, MONDAY, others) == 480


def test_an_employment_counts_within_its_days_alone(day_shift):
    employment = EmploymentFactory(
        pattern=day_shift, establishment=day_shift.establishment, started_on=MONDAY, ended_on=MONDAY
    )

    minutes = [working_minutes(employment, MONDAY + timedelta(days=n), []) for n in (-3, 0, 1)]

    assert minutes == [0, 480, 0]


def test_without_a_pattern_nothing_counts():
    assert working_intervals(None, MONDAY, []) == []
    assert working_intervals(Employment(started_on=MONDAY, pattern=None), MONDAY, []) == []


def test_a_break_at_the_edge_leaves_no_empty_stretch():
    early = WorkingHours(starts_at=time(9), ends_at=time(12), break_starts_at=time(9), break_ends_at=time(10))

    assert stretches(early) == [(10 * 60, 12 * 60)]


@pytest.mark.parametrize(
    ("ends_at", "minutes"),
    [(time(8, 59), 1439), (time(9), 1440), (time(9, 1), 1)],
    ids=["a minute before it began", "as it began", "a minute after"],
)
def test_hours_that_end_as_they_begin_go_round_the_clock(ends_at, minutes):
    ((start, end),) = stretches(WorkingHours(starts_at=time(9), ends_at=ends_at))

    assert end - start == minutes


def test_break_without_an_end_is_none():
    half = WorkingHours(starts_at=time(9), ends_at=time(12), break_starts_at=time(10))

    assert stretches(half) == [(9 * 60, 12 * 60)]


def test_a_shift_to_midnight_leaves_nothing_for_the_next_day():
    pattern = WorkingPattern(pk=1)
    pattern._prefetched_objects_cache = {"hours": [WorkingHours(weekday=0, starts_at=time(16), ends_at=time(0))]}

    assert working_minutes(pattern, MONDAY, []) == 480
    assert working_intervals(pattern, MONDAY + timedelta(days=1), []) == []


def test_day_off_takes_hours_of_a_worked_holiday_of_its_own_alone():
    """Saturday's own 振替 counts; the one of another day, or a day off of its own, lends it no hours."""
    pattern = WorkingPattern(pk=1)
    monday = WorkingHours(weekday=0, starts_at=time(9), ends_at=time(17))
    pattern._prefetched_objects_cache = {"hours": [WorkingHours(weekday=1, starts_at=time(8), ends_at=time(9)), monday]}
    worked = Holiday(on=SATURDAY, name="振替", is_worked=True)

    assert hours_of(pattern, SATURDAY, [worked]) == monday
    assert hours_of(pattern, SATURDAY + timedelta(days=1), [worked]) is None
    assert hours_of(pattern, SATURDAY, [Holiday(on=SATURDAY, name="休業")]) is None
    pattern._prefetched_objects_cache = {"hours": []}
    assert hours_of(pattern, SATURDAY, [worked]) is None


minutes_of_day = st.integers(0, 24 * 60 - 1)


def as_time(minute):
    return time(minute // 60, minute % 60)


@st.composite
def hours(draw):
    marks = sorted(draw(st.sets(minutes_of_day, min_size=4, max_size=4)))
    rest = draw(st.booleans())
    return WorkingHours(
        starts_at=as_time(marks[0]),
        ends_at=as_time(marks[3]),
        break_starts_at=as_time(marks[1]) if rest else None,
        break_ends_at=as_time(marks[2]) if rest else None,
    )


def through(start, end):
    return (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % DAY_MINUTES


@given(hours(), minutes_of_day)
def test_stretches_lie_within_the_hours_apart_from_the_break_and_lose_nothing(row, later):
    """By day, and the same hours turned round the clock, through midnight."""
    for name in ("starts_at", "ends_at", "break_starts_at", "break_ends_at"):
        if clock := getattr(row, name):
            setattr(row, name, as_time((clock.hour * 60 + clock.minute + later) % DAY_MINUTES))
    found = stretches(row)

    start = row.starts_at.hour * 60 + row.starts_at.minute
    rest = through(*row.rest) if row.break_starts_at else 0
    assert sum(last - first for first, last in found) == through(row.starts_at, row.ends_at) - rest
    assert all(start <= first < last <= start + through(row.starts_at, row.ends_at) for first, last in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


NIGHT = {"starts_at": time(22), "ends_at": time(6), "break_starts_at": time(1), "break_ends_at": time(2)}


def test_night_shift_is_of_the_day_it_begins_on_and_goes_on_after_midnight():
    pattern = WorkingPattern(pk=1)
    pattern._prefetched_objects_cache = {"hours": [WorkingHours(weekday=0, **NIGHT)]}

    assert clock(working_intervals(pattern, MONDAY, [])) == ["22:00-00:00"]
    assert clock(working_intervals(pattern, MONDAY + timedelta(days=1), [])) == ["00:00-01:00", "02:00-06:00"]
    assert working_intervals(pattern, MONDAY + timedelta(days=2), []) == []
    assert working_intervals(pattern, MONDAY, [Holiday(on=MONDAY, name="休業")]) == []


def test_night_shift_of_the_day_before_the_first_counts_nothing():
    pattern = WorkingPattern(pk=1)
    pattern._prefetched_objects_cache = {"hours": [WorkingHours(weekday=day, **NIGHT) for day in range(7)]}
    employment = Employment(person=Person(pk=1), pattern=pattern, started_on=MONDAY)
    employment.person._prefetched_objects_cache = {"leaves": []}

    assert clock(working_intervals(employment, MONDAY, [])) == ["22:00-00:00"]
    assert working_minutes(employment, MONDAY + timedelta(days=1), []) == 420


@pytest.mark.parametrize(
    "wrong",
    [{"break_starts_at": time(12), "break_ends_at": time(13)}, {"break_ends_at": time(1)}],
    ids=["by day", "none"],
)
def test_break_of_a_night_lies_within_it(day_shift, wrong):
    WorkingHours.objects.create(pattern=day_shift, weekday=6, **NIGHT)
    with pytest.raises(IntegrityError, match="working_hours_break_inside"), transaction.atomic():
        WorkingHours.objects.create(pattern=day_shift, weekday=5, **NIGHT | wrong)


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.booleans(), st.sampled_from(["off", "worked", None]))
def test_a_day_counts_all_its_hours_or_none(on, works_on_holidays, own):
    pattern = WorkingPattern(pk=1, works_on_public_holidays=works_on_holidays)
    week = [WorkingHours(weekday=day, starts_at=time(9), ends_at=time(17)) for day in range(5)]
    pattern._prefetched_objects_cache = {"hours": week}
    holidays = [Holiday(on=on, name="x", is_worked=own == "worked")] if own else []

    minutes = working_minutes(pattern, on, holidays)

    ordinary = on.weekday() < 5 and (works_on_holidays or not jpholiday.is_holiday(on))
    expected = {"off": False, "worked": True, None: ordinary}[own]
    assert minutes == (480 if expected else 0)
