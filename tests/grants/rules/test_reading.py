"""The least and the most of each fact a question takes, and the ones just beyond, each refused by its name."""

import copy
import re
from decimal import Decimal

import pytest

from firms.rules.reading import FactError, as_day, as_whole, choice, decimal, items, shown, truth, truth_or_none, whole
from grants.rules.questions import answer

DAY_TIME = {"day_minutes": 480, "meal_minutes": 0, "break_minutes": [10], "ceremony_minutes": 0}
SHARE = {"method": "class", "planned_minutes": 100, "attended_minutes": 0}
WAGES = {"kind": "wage", "workers": [{"three_months_before": 1, "three_months_after": 0}]}
GRANT = {"conversion": "2026-06-01", "sme": True, "from": "fixed_term", "priority": True, "employed_years": 1}
HOST = GRANT | {"from": "dispatched", "dispatch_from": "2026-06-01", "dispatch_to": "2026-06-01"}
BY_HOUR = {"before_total": 10**6, "before_hours": 1, "after_total": 10**6, "after_hours": 1}
BY_WEEK = {"before_total": 10**6, "before_weekly_hours": 1, "after_total": 10**6, "after_weekly_hours": 1}
PAY = {"conversion": "2026-04-01", "closing_day": 31, "pay_day": 15, "pay_month_offset": 1, "worked_days": [20]}
PLAN = {"plan_filed": "2026-04-01", "plan_from": "2026-04-02", "plan_to": "2029-04-01", "conversion": "2026-04-18"}
MIXED = {"class_minutes": 600, "standard_days": 1}
HOURS = {"class_minutes": 600, "standard_hours": 1}
MONTHS = {"class_minutes": 600, "standard_months": 1}
TRIAL = {"months": [{"scheduled_days": 31, "worked_days": 1, "reduced": True}], "single_parent": False}
SIZE = {"industry": "retail", "capital_yen": 1, "regular_employees": 1}


def put(facts, path, value):
    found = copy.deepcopy(facts)
    holder = found
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    return found


def name_of(path):
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).lstrip(".")


@pytest.mark.parametrize(
    ("question", "facts", "path", "fits", "beyond"),
    [
        ("counted_time", DAY_TIME, ("day_minutes",), 1440, 1441),
        ("counted_time", DAY_TIME, ("meal_minutes",), 0, -1),
        ("attendance", SHARE, ("planned_minutes",), 1, 0),
        ("attendance", SHARE, ("attended_minutes",), 0, -1),
        ("uplift_test", WAGES, ("workers", 0, "three_months_before"), 1, 0),
        ("uplift_test", WAGES, ("workers", 0, "three_months_after"), 0, -1),
        ("careerup_grant", GRANT, ("employed_years",), 100, 101),
        ("careerup_grant", GRANT, ("employed_years",), "100.0", "100.1"),
        ("careerup_raise", BY_HOUR, ("before_hours",), 4416, 4417),
        ("careerup_raise", BY_HOUR, ("after_hours",), "4416", "4416.1"),
        ("careerup_raise", BY_WEEK, ("before_weekly_hours",), 168, 169),
        ("careerup_raise", BY_WEEK, ("after_weekly_hours",), "168", "168.1"),
        ("careerup_paydays", PAY, ("closing_day",), 1, 0),
        ("careerup_paydays", PAY, ("closing_day",), 31, 32),
        ("careerup_paydays", PAY, ("pay_day",), 1, 0),
        ("careerup_paydays", PAY, ("pay_day",), 31, 32),
        ("careerup_paydays", PAY, ("pay_month_offset",), 0, -1),
        ("careerup_paydays", PAY, ("pay_month_offset",), 12, 13),
        ("careerup_paydays", PAY, ("worked_days", 0), 31, 32),
        ("careerup_paydays", PAY, ("worked_days", 0), 0, -1),
        ("mixed_hours", MIXED, ("class_minutes",), 527_040, 527_041),
        ("mixed_hours", MIXED, ("standard_days",), 366, 367),
        ("mixed_hours", HOURS, ("standard_hours",), 100_000, 100_001),
        ("mixed_hours", MONTHS, ("standard_months",), 1200, 1201),
        ("trial_grant", {"full_months": 1, "single_parent": False}, ("full_months",), 1200, 1201),
        ("trial_grant", TRIAL, ("months", 0, "scheduled_days"), 31, 32),
        ("trial_grant", TRIAL, ("months", 0, "scheduled_days"), 1, 0),
        ("trial_grant", TRIAL, ("months", 0, "worked_days"), 31, 32),
        ("trial_grant", TRIAL, ("months", 0, "worked_days"), 0, -1),
        ("firm_size", SIZE, ("capital_yen",), 10**12, 10**12 + 1),
        ("firm_size", SIZE, ("regular_employees",), 0, -1),
        ("plan_window", {"training_start": ""}, ("training_start",), "2000-01-01", "1999-12-31"),
        ("plan_window", {"training_start": ""}, ("training_start",), "2099-12-31", "2100-01-01"),
        ("careerup_plan", PLAN, ("plan_to",), "2026-04-02", "2026-04-01"),
        ("careerup_grant", HOST, ("dispatch_to",), "2026-06-01", "2026-05-31"),
    ],
)
def test_fact_is_taken_to_its_edge_and_refused_beyond(question, facts, path, fits, beyond):
    assert answer(question, put(facts, path, fits))
    with pytest.raises(FactError, match=re.escape(name_of(path))):
        answer(question, put(facts, path, beyond))


@pytest.mark.parametrize(
    ("attended", "excused", "elsewhen", "fits"), [(40, 30, 30, True), (41, 30, 30, False), (40, 30, 31, False)]
)
def test_minutes_of_a_plan_are_not_more_than_the_plan(attended, excused, elsewhen, fits):
    facts = SHARE | {"attended_minutes": attended, "excused_minutes": excused, "held_elsewhen_minutes": elsewhen}

    if fits:
        assert answer("attendance", facts)["percent"] == 70
    else:
        with pytest.raises(FactError, match="合計が planned_minutes（100分）より多く"):
            answer("attendance", facts)


@pytest.mark.parametrize(
    ("question", "facts", "words"),
    [
        ("careerup_raise", BY_HOUR | {"after_hours": None}, "両方を指定"),
        ("careerup_raise", BY_HOUR | {"before_hours": None}, "両方を指定"),
        ("trial_grant", TRIAL | {"full_months": 1}, "full_months と months はどちらか一方"),
        ("mixed_hours", HOURS | {"standard_months": 1}, "standard_hours と standard_months はどちらか一方"),
        (
            "trial_grant",
            {"months": [{"scheduled_days": 1, "worked_days": 1}], "single_parent": True},
            r"months\[1\].reduced",
        ),
        ("trial_grant", {"months": [1], "single_parent": True}, r"months\[1\] は項目と値の組"),
        ("uplift_test", {"kind": "wage", "workers": [1]}, r"workers\[1\] は項目と値の組"),
        ("uplift_test", {"kind": "wage", "workers": []}, "workers が空"),
        ("uplift_test", {"kind": "wage", "workers": [{"wage": 1}]}, r"workers\[1\].wage という項目はありません"),
        ("plan_window", {"start": "2026-04-01"}, "start という項目はありません"),
        ("plan_window", {}, "training_start がありません"),
        ("plan_window", {"training_start": "2026-02-29"}, "2026-02-29 は暦にない日"),
        ("plan_window", {"training_start": "26-02-28"}, "「26-02-28」は読めません"),
        ("plan_window", 1, "facts は項目と値の組"),
        ("weather", {}, "question「weather」は不明です。plan_window・"),
        (
            "expense_cap",
            {"scheme": "hrd_support", "menu": "general", "plan_filed": "2026-09-01", "sme": True},
            "class_minutes か standard_hours か standard_months のどれか",
        ),
        ("careerup_grant", GRANT | {"additions": ["gift"]}, "additions は rule_introduced"),
        ("careerup_grant", HOST | {"agency_contract": "daily"}, "agency_contract は fixed_term・indefinite"),
    ],
)
def test_question_that_cannot_be_answered_says_why(question, facts, words):
    with pytest.raises(FactError, match=words):
        answer(question, facts)


def test_whole_numbers_are_no_truth_and_no_text():
    assert [as_whole(value, "n") for value in (0, 1, 10**12)] == [0, 1, 10**12]
    for value in (True, "1", 1.0, None, -1, 10**12 + 1):
        with pytest.raises(FactError, match=r"^n は"):
            as_whole(value, "n")


@pytest.mark.parametrize(
    ("value", "read"), [(1, "1"), ("0", "0"), ("38.75", "38.75"), (Decimal("0.5"), "0.5"), ("999999999", "999999999")]
)
def test_decimals_are_read_exactly(value, read):
    assert str(decimal({"d": value}, "d")) == read


@pytest.mark.parametrize("value", [True, None, "", "-1", "1.", ".5", "1e5", "1234567890", "0.1234567890", -1, "１"])
def test_what_is_no_decimal_is_refused(value):
    with pytest.raises(FactError, match=r"^in\.d は"):
        decimal({"d": value}, "d", within="in.")


def test_each_kind_names_the_fact_with_its_place():
    asked = [
        lambda: whole({}, "x", within="a[1]."),
        lambda: truth({"x": 1}, "x", within="a[1]."),
        lambda: truth_or_none({"x": "yes"}, "x", within="a[1]."),
        lambda: choice({"x": "c"}, "x", ("a", "b"), within="a[1]."),
        lambda: items({"x": {}}, "x", within="a[1]."),
        lambda: as_day("1", "a[1].x"),
    ]

    for ask in asked:
        with pytest.raises(FactError, match=r"^a\[1\]\.x "):
            ask()
    assert truth_or_none({"x": None}, "x") is None
    assert truth_or_none({"x": False}, "x") is False


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 40 + "…"),
        (10**12, "1000000000000"),
        (10**12 + 1, "桁数が多すぎる数"),
        (-(10**12) - 1, "桁数が多すぎる数"),
        (None, "None"),
    ],
)
def test_what_was_entered_is_shown_short(value, words):
    assert shown(value) == words
