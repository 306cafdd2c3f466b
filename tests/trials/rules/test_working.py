"""What the terms planned, breaks, overtime of days and weeks, the agreement, and days of approval: each bound on both sides."""

from datetime import date, timedelta

import pytest

from trials.rules import (
    Limits,
    Worked,
    agreement_fault,
    approval_due,
    approval_escalates,
    break_needed,
    clear_up_after,
    link_days,
    longest_shift,
    overtime_days,
    planned_day,
)

MONDAY = date(2026, 12, 7)
AGREED = Limits(date(2026, 4, 1), date(2027, 3, 31), 180, 600, 3_000)


def planned(hours="8:30–17:30", breaks="12:00–13:00", days_off="土日・祝日", on=MONDAY):
    found = planned_day(on, hours=hours, breaks=breaks, days_off=days_off)
    return found.start, found.end, found.break_minutes, found.is_day_off


@pytest.mark.parametrize(
    ("hours", "span"),
    [
        ("8:30–17:30", (510, 1050)),
        ("８：３０～１７：３０", (510, 1050)),
        ("8時30分から17時30分", (510, 1050)),
        ("9時〜18時", (540, 1080)),
        ("22:00〜翌6:00", (1320, 1800)),
        ("22:00-6:00", (1320, 1800)),
        ("シフト制（8:30–17:30、13:00–22:00）", (None, None)),
        ("フレックスタイム", (None, None)),
    ],
)
def test_hours_are_read_as_written_or_not_at_all(hours, span):
    assert planned(hours=hours)[:2] == span


@pytest.mark.parametrize(
    ("breaks", "minutes"),
    [("12:00–13:00", 60), ("12:00–12:45、15:00–15:15", 60), ("60分", 60), ("45分と15分", None), ("交替で", None)],
)
def test_breaks_are_summed_or_unknown(breaks, minutes):
    assert planned(breaks=breaks)[2] == minutes


@pytest.mark.parametrize(
    ("days_off", "on", "is_off"),
    [
        ("土日・祝日", date(2026, 12, 4), False),
        ("土日・祝日", date(2026, 12, 5), True),
        ("土曜・日曜・祝日、夏季・年末年始", date(2026, 12, 6), True),
        ("土日・祝日", date(2026, 11, 23), True),
        ("土日", date(2026, 11, 23), False),
        ("シフトによる", date(2026, 12, 5), None),
    ],
)
def test_days_off_are_read_or_unknown(days_off, on, is_off):
    assert planned(days_off=days_off, on=on)[3] is is_off


def test_minutes_of_a_planned_day_want_all_three():
    whole = planned_day(MONDAY, hours="8:30–17:30", breaks="12:00–13:00", days_off="土日")
    part = planned_day(MONDAY, hours="8:30–17:30", breaks="交替で", days_off="土日")

    assert (whole.minutes, part.minutes) == (480, None)


@pytest.mark.parametrize(
    ("minutes", "breaks", "needed", "enough"),
    [
        (360, 0, 0, True),
        (361, 44, 45, False),
        (361, 45, 45, True),
        (480, 45, 45, True),
        (481, 59, 60, False),
        (481, 60, 60, True),
    ],
)
def test_breaks_of_the_law_on_both_sides(minutes, breaks, needed, enough):
    found = break_needed(MONDAY, minutes=minutes, break_minutes=breaks)

    assert (found.minutes, found.is_enough, found.source) == (needed, enough, "労働基準法34条1項")


def overtime(*minutes, first=MONDAY, agreements=(AGREED,)):
    days = [Worked(first + timedelta(days=n), one) for n, one in enumerate(minutes)]
    return [(one.minutes, str(one.standing)) for one in overtime_days(days, agreements=agreements)]


def test_overtime_of_a_day_begins_after_eight_hours():
    assert overtime(480, 481) == [(0, "within"), (1, "within")]


def test_overtime_of_a_week_begins_after_forty_hours_without_counting_a_minute_twice():
    """Monday to Saturday; the ninth hour of Monday is of the day and not of the week again."""
    assert overtime(540, 480, 480, 480, 480, 60) == [
        (60, "within"),
        (0, "within"),
        (0, "within"),
        (0, "within"),
        (0, "within"),
        (60, "within"),
    ]


def test_a_week_begins_on_sunday():
    friday = date(2026, 12, 11)

    assert overtime(480, 480, 480, first=friday) == [(0, "within")] * 3


@pytest.mark.parametrize(("minutes", "standing"), [(660, "within"), (661, "over")])
def test_limit_of_the_day(minutes, standing):
    assert overtime(minutes)[0][1] == standing


def test_month_is_near_from_four_fifths_and_over_beyond_the_limit():
    """Ten hours a month agreed: three hours on three Mondays are nine."""
    days = [Worked(date(2026, 11, 2) + timedelta(days=7 * n), 660) for n in range(3)]
    beside = Worked(date(2026, 11, 24), 480 + 60)

    found = overtime_days([*days, beside, Worked(date(2026, 11, 25), 481)], agreements=[AGREED])

    assert [(one.month_minutes, str(one.standing)) for one in found] == [
        (180, "within"),
        (360, "within"),
        (540, "near"),
        (600, "near"),
        (601, "over"),
    ]


def test_a_new_month_begins_anew_and_the_year_does_not():
    agreed = Limits(date(2026, 4, 1), date(2027, 3, 31), 180, 600, 240)
    days = [Worked(date(2026, 11, 30), 660), Worked(date(2026, 12, 1), 540), Worked(date(2026, 12, 2), 481)]

    assert [(one.month_minutes, str(one.standing)) for one in overtime_days(days, agreements=[agreed])] == [
        (180, "within"),
        (60, "within"),
        (61, "over"),
    ]


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2026, 3, 31), "over"),
        (date(2026, 4, 1), "within"),
        (date(2027, 3, 31), "within"),
        (date(2027, 4, 1), "over"),
    ],
)
def test_an_agreement_holds_from_its_first_day_to_its_last(on, standing):
    [found] = overtime_days([Worked(on, 481)], agreements=[AGREED])

    assert str(found.standing) == standing


@pytest.mark.parametrize(
    ("given", "is_fault"),
    [
        ({"month_minutes": 2_700, "year_minutes": 21_600, "special_month_minutes": None}, False),
        ({"month_minutes": 2_701, "year_minutes": 21_600, "special_month_minutes": None}, True),
        ({"month_minutes": 2_700, "year_minutes": 21_601, "special_month_minutes": None}, True),
        ({"month_minutes": 2_700, "year_minutes": 21_600, "special_month_minutes": 5_999}, False),
        ({"month_minutes": 2_700, "year_minutes": 21_600, "special_month_minutes": 6_000}, True),
    ],
)
def test_an_agreement_within_the_law(given, is_fault):
    assert (agreement_fault(on=MONDAY, **given) is not None) is is_fault


def test_days_of_approval_are_open_days():
    """Told on Friday: due on Tuesday, and two more open days later the adviser hears of it."""
    friday = date(2026, 12, 11)

    assert (approval_due(friday), approval_escalates(approval_due(friday))) == (date(2026, 12, 15), date(2026, 12, 17))
    assert approval_due(date(2026, 12, 28)) == date(2027, 1, 5)
    assert (longest_shift(MONDAY), link_days(MONDAY), clear_up_after(MONDAY)) == (960, 14, date(2026, 12, 10))
