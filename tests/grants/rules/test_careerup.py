"""What follows from the facts of a conversion, and what must be said."""

from datetime import date

import pytest

from firms.rules.reading import FactError
from grants.rules.careerup import is_priority, months_needed
from grants.rules.questions import answer

CONVERSION = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("years", "follows"), [(2, None), (3, True), (5, True), (6, None)], ids=["two", "three", "five", "six"]
)
def test_years_of_fixed_term_make_a_priority_worker_from_three_to_five(years, follows):
    assert is_priority(CONVERSION, origin="fixed_term", employed_years=years) is follows


def test_priority_that_does_not_follow_must_be_said():
    facts = {"conversion": "2026-06-01", "sme": True, "from": "fixed_term", "employed_years": 6}

    with pytest.raises(FactError, match="priority"):
        answer("careerup_grant", facts)


def test_facts_of_a_dispatch_belong_to_somebody_dispatched():
    facts = {"conversion": "2026-06-01", "sme": True, "from": "fixed_term", "employed_years": 4, "same_unit": True}

    with pytest.raises(FactError, match="same_unit"):
        answer("careerup_grant", facts)


@pytest.mark.parametrize(
    ("worked", "months"),
    [((), 6), ((11,) * 6, 6), ((10,) + (11,) * 6, 7), ((10, 10), 8)],
    ids=["nobody told", "just enough", "one short", "two short"],
)
def test_months_with_too_few_days_do_not_count(worked, months):
    assert months_needed(6, worked, 11) == months
