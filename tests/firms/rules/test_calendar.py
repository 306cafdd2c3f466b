"""Closed days and months as the civil code counts them."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from firms.rules.calendar import (
    add_months,
    end_of_period,
    fiscal_year,
    is_open,
    next_open_day,
    whole_months,
    why_closed,
)


def test_offices_close_on_weekends_holidays_and_over_new_year():
    closed = [date(2026, 12, 29), date(2027, 1, 1), date(2027, 1, 3), date(2026, 11, 22), date(2026, 11, 23)]

    assert [why_closed(day) for day in closed] == [
        "年末年始の閉庁日",
        "年末年始の閉庁日",
        "年末年始の閉庁日",
        "日曜日",
        "祝日（勤労感謝の日）",
    ]
    assert is_open(date(2026, 12, 28))
    assert next_open_day(date(2026, 12, 29)) == date(2027, 1, 4)


def test_months_are_counted_as_the_civil_code_says():
    assert add_months(date(2026, 8, 31), -6) == date(2026, 2, 28)
    assert add_months(date(2028, 8, 31), -6) == date(2028, 2, 29)
    assert end_of_period(date(2026, 7, 1), 2) == date(2026, 8, 31)
    assert end_of_period(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert end_of_period(date(2026, 10, 2), 5) == date(2027, 3, 1)


def test_fiscal_year_turns_in_april():
    assert [fiscal_year(date(2026, *day)) for day in ((3, 31), (4, 1))] == [2025, 2026]


def test_whole_months_leave_the_first_day_of_the_rest():
    assert whole_months(date(2026, 1, 31), date(2026, 2, 27)) == (0, date(2026, 1, 31))
    assert whole_months(date(2026, 1, 31), date(2026, 2, 28)) == (1, date(2026, 3, 1))
    assert whole_months(date(2024, 10, 15), date(2025, 3, 31)) == (5, date(2025, 3, 15))


@settings(max_examples=150, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 2000))
def test_whole_months_and_the_rest_fill_the_time_between(first, days):
    last = first + timedelta(days=days)

    months, rest = whole_months(first, last)

    assert rest == (end_of_period(first, months) + timedelta(days=1) if months else first)
    assert rest <= last + timedelta(days=1)
    assert end_of_period(first, months + 1) > last
