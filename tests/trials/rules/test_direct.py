"""The due days of 国のトライアル雇用, which the grants reckon alike."""

from datetime import date, timedelta

import pytest

from grants.rules import claim_window, trial_plan
from trials.rules import direct_claim, direct_plan, direct_reminder


@pytest.mark.parametrize(
    ("hired", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 16)),  # the fourteenth day is a Sunday
        (date(2026, 11, 4), date(2026, 11, 17)),
        (date(2026, 12, 18), date(2027, 1, 4)),  # the offices are closed from 29 December to 3 January
    ],
)
def test_plan_is_due_on_the_fourteenth_day_or_the_next_open_one(hired, last):
    assert direct_plan(hired).last == last


@pytest.mark.parametrize(
    ("ended", "first", "last"),
    [
        (date(2027, 1, 31), date(2027, 2, 1), date(2027, 3, 31)),
        (date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 2, 29), date(2028, 3, 1), date(2028, 5, 1)),  # 30 April is a Sunday
    ],
)
def test_claim_is_two_months_from_the_day_after_the_end(ended, first, last):
    found = direct_claim(ended)

    assert (found.first, found.last) == (first, last)


def test_plan_is_asked_for_a_week_before():
    assert direct_reminder(date(2026, 11, 4)) == date(2026, 11, 10)


@pytest.mark.parametrize("n", range(0, 400, 7))
def test_grants_reckon_the_same_days(n):
    day = date(2026, 4, 1) + timedelta(days=n)

    assert direct_plan(day).last == trial_plan(day).last
    assert direct_claim(day).last == claim_window("trial_end", day).last
