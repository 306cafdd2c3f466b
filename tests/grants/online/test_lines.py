"""E-learning of a claim on both sides of its lines: its units, its days of access, its standard time."""

from datetime import date

import pytest

from grants.facts.online import agreed_online, online_changes, period_changes, standard_minutes
from tests.grants.test_lines import change

UNIT = {"id": 2, "versions": [2, 1], "minutes": 90, "kind": "video", "title": "一"}
PLAN = {"starts_on": "2027-02-03", "ends_on": "2027-02-17", "planned_minutes": 600, "units": []}


@pytest.mark.parametrize(
    ("now", "untold", "minutes"),
    [(599, {"standard"}, 599), (601, {"standard"}, 600), (599, set(), 599), (601, set(), 601)],
)
def test_standard_time_that_changed_untold_is_the_less_of_the_two(now, untold, minutes):
    assert standard_minutes(PLAN, PLAN | {"planned_minutes": now}, untold) == minutes


@pytest.mark.parametrize(
    ("changes", "starts_on", "minutes", "counts"),
    [
        ([], "2027-02-03", 90, [True]),
        ([change(subject="unit-1")], "2027-02-03", 0, [False]),
        ([change(subject="unit-1", is_told=True)], "2027-02-03", 90, [True]),
        ([change(subject="period")], "2027-02-03", 90, [True]),
        ([change(subject="period", is_told=True)], "2027-02-04", 90, [True]),
    ],
    ids=["nothing changed", "a unit untold", "a unit told", "the days untold", "the days told"],
)
def test_online_training_is_what_the_office_knows(changes, starts_on, minutes, counts):
    found = agreed_online(PLAN | {"units": [UNIT]}, PLAN | {"starts_on": "2027-02-04", "units": [UNIT]}, changes)

    assert (found["starts_on"], found["total_minutes"], found["planned_minutes"]) == (starts_on, minutes, minutes)
    assert (found["standard_hours"], [unit["counts"] for unit in found["units"]]) == (minutes // 60, counts)


def test_unit_added_untold_is_not_asked_for():
    added = UNIT | {"id": 3, "versions": [3]}
    plan, now = PLAN | {"units": [UNIT]}, PLAN | {"units": [UNIT, added]}

    untold = agreed_online(plan, now, [change(subject="unit-3")])
    told = agreed_online(plan, now, [change(subject="unit-3", is_told=True)])

    assert [[unit["id"] for unit in found["units"]] for found in (untold, told)] == [[2], [2, 3]]
    assert [found["planned_minutes"] for found in (untold, told)] == [90, 180]


@pytest.mark.parametrize(
    ("now", "told", "due", "event"),
    [
        (("2027-02-03", "2027-02-17"), {}, None, None),
        (("2027-02-03", "2027-02-18"), {}, date(2027, 2, 16), "2027-02-03〜2027-02-18"),
        (("2027-02-04", "2027-02-17"), {}, date(2027, 2, 2), "2027-02-04〜2027-02-17"),
        (("2027-02-04", "2027-02-18"), {}, date(2027, 2, 2), "2027-02-04〜2027-02-18"),
        (("2027-02-03", "2027-02-16"), {}, date(2027, 2, 15), "2027-02-03〜2027-02-16"),
        (
            ("2027-02-03", "2027-02-17"),
            {"period": "2027-02-03〜2027-02-20"},
            date(2027, 2, 16),
            "2027-02-03〜2027-02-17",
        ),
        (
            ("2027-02-03", "2027-02-20"),
            {"period": "2027-02-03〜2027-02-20"},
            date(2027, 2, 16),
            "2027-02-03〜2027-02-20",
        ),
        ((None, None), {}, None, None),
    ],
)
def test_days_of_access_are_told_before_the_earliest_of_them(now, told, due, event):
    later = PLAN | dict(zip(("starts_on", "ends_on"), now, strict=True))
    found = next(iter(period_changes(PLAN, later, told, None)), None)

    assert (found and found.due, found and found.event) == (due, event)


def online_found(plan, now, told=()):
    return [(one.subject, one.label, one.due) for one in online_changes(plan, now, dict(told), None)]


BEFORE = date(2027, 2, 2)


def test_standard_time_that_changed_is_told_before_the_first_day():
    later = PLAN | {"planned_minutes": 660}

    assert online_found(PLAN, PLAN) == []
    assert online_found(PLAN, later) == [("standard", "標準学習時間が 10時間 から 11時間 に変わりました", BEFORE)]
    assert online_found(PLAN | {"units": [UNIT]}, later | {"units": [UNIT]}) == []
    nothing = {"units": None}
    assert online_found(nothing, later) == online_found(PLAN, nothing) == []


@pytest.mark.parametrize(
    ("planned", "held", "change"),
    [
        ([UNIT], [UNIT], None),
        ([UNIT], [UNIT | {"minutes": 91}], "教材「一」の標準学習時間が 1時間30分 から 1時間31分 に変わりました"),
        ([UNIT], [UNIT | {"title": "二"}], "教材「二」の内容が計画と変わりました"),
        ([UNIT], [UNIT | {"id": 9, "versions": [9, 2, 1]}], "教材「一」の内容が計画と変わりました"),
        ([UNIT], [], "教材「一」がなくなりました"),
        ([], [UNIT], "計画にない教材「一」（1時間30分）が増えました"),
    ],
    ids=["as planned", "longer", "other title", "new version", "gone", "added"],
)
def test_unit_that_changed_is_told_before_the_first_day(planned, held, change):
    found = online_found(PLAN | {"units": planned}, PLAN | {"units": held})

    assert found == ([("unit-1", change, BEFORE)] if change else [])


def test_unit_that_came_back_after_a_notice_is_told_again():
    units = PLAN | {"units": [UNIT]}

    assert [one[0] for one in online_found(units, units, {"unit-1": "removed"})] == ["unit-1"]
