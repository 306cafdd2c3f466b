"""What must hold for every career, every fee and every visit."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mentors.rules import (
    Career,
    Stretch,
    certification,
    plan_due,
    renewal_dates,
    session_length,
    visit_limit,
    withholding,
)

DAY = timedelta(days=1)
ON = date(2026, 11, 28)
PROFILE = settings(max_examples=150, deadline=None)
dates = st.dates(date(2010, 1, 1), date(2027, 12, 31))
stretches = st.lists(
    st.builds(
        lambda first, days: Stretch(first, None if days is None else first + timedelta(days=days)),
        dates,
        st.one_of(st.none(), st.integers(0, 3000)),
    ),
    max_size=4,
).map(tuple)


def practised(practice, since=date(2015, 4, 1), on=ON):
    found = certification(Career("grade_1", since, practice, (Stretch(since, None),), willing=True), on)
    return "practice" not in found.unmet


@PROFILE
@given(stretches, stretches)
def test_more_practice_never_loses_what_less_of_it_has(some, more):
    assert not practised(some) or practised(some + more)


@PROFILE
@given(stretches, st.randoms(use_true_random=False))
def test_order_of_stretches_and_their_repetition_do_not_matter(some, dice):
    shuffled = [*some, *some]
    dice.shuffle(shuffled)

    assert practised(some) is practised(tuple(shuffled))


@PROFILE
@given(st.dates(date(2015, 4, 1), date(2021, 11, 20)), st.integers(1, 1800))
def test_a_stretch_cut_in_two_that_touch_is_the_same_stretch(first, days):
    last = first + timedelta(days=days + 30)
    cut = first + timedelta(days=days)

    whole, halves = (Stretch(first, last),), (Stretch(first, cut), Stretch(cut + DAY, last))

    assert practised(whole) is practised(halves)


@PROFILE
@given(st.dates(date(2015, 4, 1), date(2021, 11, 29)))
def test_five_years_are_full_on_the_day_before_their_anniversary(first):
    try:
        anniversary = first.replace(year=first.year + 5)
    except ValueError:
        anniversary = date(first.year + 5, 3, 1)

    assert practised((Stretch(first, anniversary - DAY),))
    assert not practised((Stretch(first, anniversary - 2 * DAY),))


@PROFILE
@given(st.integers(0, 3_000_000), st.integers(0, 100_000))
def test_withheld_and_paid_make_the_whole(fee, travel):
    found = withholding(fee_yen=fee, travel_yen=travel, travel_paid_to_carrier=False)
    apart = withholding(fee_yen=fee, travel_yen=travel, travel_paid_to_carrier=True)

    assert found.withheld + found.paid == fee + travel
    assert apart.withheld + apart.paid == fee
    assert apart.withheld <= found.withheld
    assert 1021 * min(fee, 1_000_000) - 10_000 < 10_000 * apart.withheld <= 2042 * fee


@PROFILE
@given(st.sampled_from(["firm", "association", "school"]), st.integers(0, 30), st.integers(0, 30))
def test_visits_left_are_what_can_still_be_planned(host, done, planned):
    found = visit_limit(host, done=done, planned=planned)

    more = found.left + planned if found.allowed else found.left
    assert visit_limit(host, done=done, planned=more).allowed or done > 10
    assert not visit_limit(host, done=done, planned=more + 1).allowed


@PROFILE
@given(st.integers(0, 1438), st.data())
def test_session_counts_every_minute_but_the_break(start, data):
    end = data.draw(st.integers(start + 1, 1439))
    pause = data.draw(st.integers(0, end - start))

    found = session_length(start, end, break_minutes=pause)

    assert found.minutes + pause + start == end
    assert found.within is (60 <= found.minutes <= 180)


@PROFILE
@given(dates, st.integers(1, 400), st.integers(1, 24))
def test_plan_is_due_before_the_first_visit(visit, days, months):
    assert (visit - plan_due(visit, days=days).due).days == days
    due = plan_due(visit, months=months).due
    assert (visit.year * 12 + visit.month) - (due.year * 12 + due.month) == months
    assert due.day <= visit.day


@PROFILE
@given(dates, st.integers(1, 10))
def test_term_ends_before_its_anniversary_and_reminders_before_that(certified_on, years):
    found = renewal_dates(certified_on, term_years=years)

    assert found.last_day.year - certified_on.year in {years, years - 1}
    assert 365 * years <= (found.last_day - certified_on).days + 1 <= 366 * years
    assert [on for _, on in found.reminders] == sorted(on for _, on in found.reminders)
    assert found.reminders[-1][1] < found.last_day
