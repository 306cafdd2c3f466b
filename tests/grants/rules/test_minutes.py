"""What no day can hold is refused: the last minute that fits and the one after."""

import pytest

from grants.rules import FactError, attendance, counted_time


@pytest.mark.parametrize("planned", [0, -1])
def test_share_of_nothing_planned_is_refused(planned):
    with pytest.raises(FactError, match="planned_minutes は1以上"):
        attendance(method="class", planned_minutes=planned, attended_minutes=0)


def test_nothing_is_excused_unless_it_is_told():
    found = [attendance(method="class", planned_minutes=100, attended_minutes=minutes) for minutes in (79, 80)]

    assert [(one.percent, one.passes) for one in found] == [(79, False), (80, True)]


@pytest.mark.parametrize(
    ("told", "net"),
    [
        ({"day_minutes": 480}, 480),
        ({"day_minutes": 60, "meal_minutes": 60}, 0),
        ({"day_minutes": 90, "meal_minutes": 60, "break_minutes": [30]}, 30),
        ({"day_minutes": 60, "ceremony_minutes": 120}, 0),
    ],
    ids=["nothing taken off", "a meal alone", "a meal and a break", "ceremonies alone"],
)
def test_day_may_be_filled_to_its_last_minute(told, net):
    assert counted_time(**told).net_minutes == net


@pytest.mark.parametrize(
    "told",
    [
        {"day_minutes": 59, "meal_minutes": 60},
        {"day_minutes": 89, "meal_minutes": 60, "break_minutes": [30]},
        {"day_minutes": 60, "ceremony_minutes": 121},
        {"day_minutes": 60, "meal_minutes": 60, "ceremony_minutes": 61},
    ],
    ids=["a meal alone", "a meal and a break", "ceremonies alone", "a meal and ceremonies"],
)
def test_day_shorter_than_what_is_taken_off_is_refused(told):
    with pytest.raises(FactError, match="day_minutes より長く、あり得ません"):
        counted_time(**told)


def test_counted_time_names_a_source_once():
    assert counted_time(day_minutes=480).source.split("; ") == [
        "リスキリング支給要領R7.4.1 0305ロ",
        "人材育成支給要領R7.4.1 06015",
        "人材育成支援コース支給要領R8.8.3 06015ロ",
    ]
