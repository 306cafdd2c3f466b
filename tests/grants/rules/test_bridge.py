"""What a conversion after a trial could draw, by the worked cases of the R8.4.8 text, and that every figure of it is noticed."""

from dataclasses import replace
from datetime import date

import pytest

from grants.rules import TrialEnd, current_after, options_after
from tests.worked import altered, bare, figures_of, other_values

ON = date(2026, 10, 1)
SIX = TrialEnd(
    kind="temp_to_perm",
    programme="ward",
    first=date(2026, 6, 1),
    last=date(2026, 11, 30),
    hire_on=date(2026, 12, 1),
    contracted_on=date(2026, 11, 20),
    probation_months=0,
    is_small=True,
    same_unit=True,
    is_indefinite=False,
    has_rule=True,
    plan_filed_on=date(2026, 11, 1),
)
TWO = replace(SIX, first=date(2026, 12, 1), last=date(2027, 1, 31), hire_on=date(2027, 2, 1), contracted_on=None)


def found(facts, code="careerup", **given):
    return next(one for one in options_after(facts, on=ON, **given) if one.code == code)


def states(facts):
    return {one.code: one.state for one in found(facts).conditions}


def test_full_six_months_in_one_unit_draws_two_periods():
    option = found(SIX)

    assert (option.amount, option.state) == (800_000, "unknown")
    assert {code for code, state in states(SIX).items() if state != "met"} == {"raise"}


@pytest.mark.parametrize(
    ("changed", "amount"),
    [
        ({"is_small": False}, 600_000),
        ({"is_indefinite": True}, 400_000),
        ({"is_small": False, "is_indefinite": True}, 300_000),
        ({"is_small": None}, None),
    ],
)
def test_amount_follows_size_and_how_the_agency_employs(changed, amount):
    assert found(replace(SIX, **changed)).amount == amount


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"last": date(2026, 11, 29)}, "six_months"),
        ({"same_unit": False}, "same_unit"),
        ({"contracted_on": date(2026, 12, 1)}, "contract"),
        ({"hire_on": date(2026, 12, 31), "plan_filed_on": date(2026, 12, 31)}, "plan"),
        ({"hire_on": date(2027, 1, 1)}, "contract"),
        ({"has_rule": False}, "rule"),
        ({"probation_months": 1}, "probation"),
    ],
)
def test_each_condition_bars_it_alone(changed, code):
    facts = replace(SIX, **changed)

    assert found(facts).state == "unmet"
    assert {one for one, state in states(facts).items() if state == "unmet"} == {code}


def test_work_begins_up_to_a_month_after_the_last_day():
    assert states(replace(SIX, hire_on=date(2026, 12, 31)))["contract"] == "met"


def test_trial_of_two_months_draws_nothing_and_says_what_would():
    option = found(TWO)

    assert (option.state, option.amount) == ("unmet", 0)
    assert "2027年5月31日（月）まで続く必要があります" in option.instead
    assert "紹介予定派遣のための短い期間の定めはありません" in option.conditions[0].because


def test_what_nobody_has_said_is_unknown_and_not_promised():
    option = found(TrialEnd("temp_to_perm", "ward", None, None, hire_on=date(2026, 12, 1)))

    assert option.state == "unknown"
    assert {one.state for one in option.conditions} == {"unknown"}


def test_dispatch_draws_no_trial_grant_and_says_who_would():
    option = found(SIX, "trial")

    assert (option.state, option.amount) == ("unmet", 0)
    assert "月40,000円が3か月まで" in option.instead
    assert "二度支援することはできません" in option.instead


def test_direct_hire_is_not_promised_careerup_beside_its_trial_grant():
    options = options_after(replace(SIX, kind="fixed_term"), on=ON)

    assert [(one.code, one.state) for one in options] == [("careerup", "unmet"), ("training", "unknown")]
    assert "二つを一人に約束しないでください" in options[0].instead


@pytest.mark.parametrize(("programme", "state"), [("monozukuri", "unknown"), ("ward", "unmet")])
def test_retention_grant_of_tokyo_asks_for_its_feeder(programme, state):
    assert found(replace(TWO, programme=programme), "youth_retention").state == state


def test_rounds_of_a_year_nobody_looked_up_are_never_open():
    option = found(replace(TWO, programme="monozukuri"), "youth_retention")
    known = next(one for one in option.conditions if one.code == "round")

    assert (known.state, option.is_verified) == ("unknown", False)
    assert "財団の公表で確かめてください" in known.because


TURNS = [
    (date(2025, 4, 30), "unknown"),
    (date(2025, 5, 1), "met"),
    (date(2025, 10, 31), "met"),
    (date(2025, 11, 1), "unmet"),
]


@pytest.mark.parametrize(("on", "state"), TURNS)
def test_round_is_open_from_its_first_day_to_its_last(on, state):
    facts = replace(TWO, programme="monozukuri", hire_on=date(2025, 9, 1))
    option = next(one for one in options_after(facts, on=on) if one.code == "youth_retention")

    assert next(one.state for one in option.conditions if one.code == "round") == state


def test_stabilising_grant_hangs_on_careerup():
    assert found(TWO, "stable_conversion").state == "unmet"
    assert found(SIX, "stable_conversion").state == "unknown"


# --- the figures ---

FIGURES = figures_of(current_after())


def answers(after):
    days = [*(day for day, _state in TURNS), ON]
    probes = [(facts, day, programme) for facts in (TWO, SIX) for day in days for programme in ("monozukuri", "ward")]
    return [
        bare(options_after(replace(facts, programme=programme, hire_on=day), on=day, after=after))
        for facts, day, programme in probes
    ]


@pytest.mark.parametrize(("table", "name", "n"), FIGURES, ids=["/".join(map(str, row)) for row in FIGURES])
def test_changing_a_figure_is_noticed_and_each_says_where_it_is_from(table, name, n):
    known = current_after()
    figure = known.by_name[table].figures[name][n]
    before = answers(known)

    assert any(answers(altered(known, table, name, n, value)) != before for value in other_values(figure))
    assert figure.source
    assert figure.verified_until >= figure.effective_from
