"""Notice of an end by whoever employs: thirty days or their pay, short contracts, renewals, and what is said beside it."""

from datetime import date

import pytest

from trials.rules import dismissal_notice, evaluation_days, not_renewed_notice

HIRED = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("notice_on", "last_day", "missing"),
    [
        (date(2027, 2, 1), date(2027, 3, 3), 0),
        (date(2027, 2, 1), date(2027, 3, 2), 1),
        (date(2027, 2, 1), date(2027, 2, 1), 30),
        (date(2028, 1, 30), date(2028, 2, 29), 0),
    ],
    ids=["thirty days", "a day less", "at once", "to a 29 February"],
)
def test_dismissal_is_told_thirty_days_before_or_paid_for(notice_on, last_day, missing):
    found = dismissal_notice(notice_on, last_day, employed_from=HIRED, contract_until=date(2028, 3, 31))

    assert (found.is_owed, found.missing_days) == (True, missing)
    assert found.source == "労働基準法20条1項・2項; 労働基準法21条2号"


@pytest.mark.parametrize(("contract_until", "is_owed"), [(date(2027, 1, 31), False), (date(2027, 2, 1), True)])
def test_contract_of_two_months_is_free_of_it_and_of_a_day_more_is_not(contract_until, is_owed):
    found = dismissal_notice(date(2026, 12, 20), date(2026, 12, 20), employed_from=HIRED, contract_until=contract_until)

    assert (found.is_owed, found.missing_days) == (is_owed, 30 if is_owed else 0)
    assert ("労働契約法17条1項" in found.because) is not is_owed


@pytest.mark.parametrize(
    ("times", "last_day", "is_owed"),
    [
        (2, date(2027, 11, 30), False),
        (3, date(2027, 11, 30), True),
        (0, date(2027, 12, 1), True),
    ],
    ids=["twice, a year", "three times", "a day over a year"],
)
def test_contract_not_renewed_is_told_from_three_renewals_or_after_more_than_a_year(times, last_day, is_owed):
    found = not_renewed_notice(last_day, last_day, employed_from=HIRED, times_renewed=times)

    assert (found.is_owed, found.missing_days) == (is_owed, 30 if is_owed else 0)


def test_what_is_no_duty_says_so():
    found = not_renewed_notice(HIRED, date(2027, 1, 31), employed_from=HIRED, times_renewed=0)

    assert "義務ではありません" in found.because
    assert found.note


@pytest.mark.parametrize(
    ("last", "final"), [(date(2027, 1, 31), date(2027, 1, 10)), (date(2026, 12, 15), HIRED)], ids=["long", "short"]
)
def test_work_is_evaluated_on_its_fifteenth_day_and_three_weeks_before_its_end(last, final):
    assert evaluation_days(HIRED, last) == (date(2026, 12, 15), final)
