"""What must hold for every day, every number of months and every contract."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from firms.rules.calendar import is_open
from trials.rules import (
    Placed,
    answer_due,
    contract_term,
    conversion_rate,
    former_employer_bar,
    host_termination,
    last_day_of_months,
    retention_dates,
    social_insurance,
    trial_limits,
)

DAY = timedelta(days=1)
days = st.dates(date(2022, 10, 1), date(2090, 12, 31))
months = st.integers(1, 60)
PROFILE = settings(max_examples=150, deadline=None)


def by_hand(first, count):
    """民法143条 in other words: the next period would begin on the same day, or on the first after a month without it."""
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    try:
        return date(year, month + 1, first.day) - DAY
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1) - DAY


@PROFILE
@given(days, months)
def test_months_end_as_counted_by_hand(first, count):
    assert last_day_of_months(first, count).last_day == by_hand(first, count)


@PROFILE
@given(days, months)
def test_a_later_start_or_another_month_never_ends_earlier(first, count):
    last = last_day_of_months(first, count).last_day

    assert last_day_of_months(first + DAY, count).last_day >= last
    assert last_day_of_months(first, count + 1).last_day > last
    assert 28 * count <= (last - first).days + 1 <= 31 * count


@PROFILE
@given(days, months, st.sampled_from(["temp_to_perm", "dispatch"]), st.integers(-40, 40))
def test_trial_is_allowed_up_to_its_last_possible_day_and_no_longer(first, count, kind, off):
    asked = {"legal_kind": kind, "months_per_trial": count, "trials_per_person": 3, "earlier_trials": 0}
    last = trial_limits(first, first, **asked).last_possible_day
    planned = max(first, last + timedelta(days=off))

    assert trial_limits(first, planned, **asked).allowed is (planned <= last)
    assert last <= by_hand(first, count)
    if kind == "temp_to_perm":
        assert last <= by_hand(first, 6)


@PROFILE
@given(days, st.integers(0, 100))
def test_contract_is_allowed_from_thirty_one_days(start, more):
    found = contract_term(start, start + timedelta(days=more))

    assert (found.days, found.allowed) == (more + 1, more + 1 > 30)


@PROFILE
@given(days, st.integers(0, 800))
def test_bar_opens_once_and_stays_open(left_on, later):
    start = left_on + timedelta(days=later)

    found = former_employer_bar(left_on, start, retired_over_60=False)

    assert found.clear is (start >= found.clear_from)
    assert 365 <= (found.clear_from - left_on).days <= 366


@PROFILE
@given(days, st.integers(0, 100), st.booleans(), st.booleans())
def test_insured_from_the_first_day_or_not_at_all(start, more, renewed, peers):
    found = social_insurance(start, start + timedelta(days=more), may_be_renewed=renewed, peers_renewed=peers)

    assert found.insured_from in {start, None}
    if more >= 62 or renewed or peers:
        assert found.insured_from == start
    elif more <= 58:
        assert found.insured_from is None


@PROFILE
@given(days, st.integers(0, 60))
def test_notice_and_pay_make_thirty_days(notice_on, given_days):
    found = host_termination(notice_on, notice_on + timedelta(days=given_days))

    assert found.notice_days == given_days
    assert found.notice_days + found.pay_days == max(30, given_days)


@PROFILE
@given(days)
def test_retention_is_asked_in_the_month_it_says(hired):
    for count, on in retention_dates(hired).by_months:
        assert (on.year * 12 + on.month) - (hired.year * 12 + hired.month) == count
        assert on.day == hired.day or (on.day < hired.day and (on + DAY).day == 1)


@PROFILE
@given(days, st.integers(1, 30))
def test_answer_is_due_on_an_open_day_with_so_many_before_it(start, working_days):
    due = answer_due(start, working_days=working_days).due
    counted = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]

    assert is_open(due)
    assert sum(is_open(on) for on in counted) == working_days


@PROFILE
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.one_of(st.none(), st.integers(-30, 120)))))
def test_rates_stay_between_nothing_and_all(rows):
    end = date(2026, 5, 31)
    placements = [Placed(f, a, end, None if n is None else end + timedelta(days=n)) for f, a, n in rows]

    found = conversion_rate(placements)

    assert found.converted == sum(n is not None and n <= 90 for *_, n in rows)
    groups = [placements, [p for p in placements if p.finished], [p for p in placements if p.answered]]
    for rate, group in zip((found.of_started, found.of_finished, found.of_answered), groups, strict=True):
        assert (rate is None) is (not group)
        assert rate is None or 0 <= rate <= 100
