"""What draws nothing and what is not taken, and every way out of a case."""

from datetime import date, timedelta

import pytest

from firms.errors import Refused
from grants.actions.careerup import file_careerup_plan, file_period, freeze_careerup_plan, freeze_period
from grants.actions.careerup_told import (
    ConversionTold,
    PayTold,
    PlanTold,
    choose_careerup_plan,
    save_careerup_plan,
    save_conversion,
    save_period_pay,
)
from grants.actions.cases import drop_case
from grants.actions.steps import take_step
from grants.claims.careerup import assess_conversion
from tests.grants.careerup.cast import (
    FILED_ON,
    FIRST_DAY,
    LAST_DAY,
    PAY,
    PLAN,
    SECOND_FIRST_DAY,
    TOLD,
    claimed,
    conditions,
    decide,
    now,
    open_days,
    opened,
    paid,
    say_yes,
    second_of,
    worker,
)


@pytest.mark.parametrize(
    ("ends_on", "is_taken"),
    [
        (date(2029, 11, 23), False),
        (date(2029, 11, 24), True),
        (date(2031, 11, 24), True),
        (date(2031, 11, 25), False),
    ],
    ids=["a day short", "three years", "five years", "a day over"],
)
def test_plan_lasts_three_to_five_years(case, manager, ends_on, is_taken):
    given = PlanTold(**PLAN | {"ends_on": ends_on})
    if is_taken:
        assert save_careerup_plan(case, given, by=manager.acting(FILED_ON)).ends_on == ends_on
        return

    with pytest.raises(Refused, match="3年から5年") as refused:
        save_careerup_plan(case, given, by=manager.acting(FILED_ON))

    assert refused.value.field == "ends_on"


def test_plan_that_lacks_something_is_not_frozen(case, advisor):
    with pytest.raises(Refused, match="キャリアアップ計画書（様式第1号）、転換日、転換前の雇用"):
        freeze_careerup_plan(case, by=advisor.acting(FILED_ON))


def test_plan_is_not_filed_on_its_first_day(planned, advisor):
    freeze_careerup_plan(planned, by=advisor.acting(FILED_ON))

    with pytest.raises(Refused, match="計画期間は") as refused:
        file_careerup_plan(
            now(planned), filed_on=PLAN["starts_on"], receipt_number="1", by=advisor.acting(PLAN["starts_on"])
        )

    assert refused.value.field == "filed_on"


def test_filed_plan_is_closed(in_time, manager):
    with pytest.raises(Refused, match="変更届"):
        save_careerup_plan(in_time, PlanTold(**PLAN), by=manager.acting(FILED_ON))


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(1), LAST_DAY + timedelta(1)], ids=["before", "after"])
def test_claim_is_frozen_in_its_window_alone(first, advisor, day):
    with pytest.raises(Refused):
        freeze_period(first, by=advisor.acting(day))


@pytest.mark.parametrize(
    ("pay", "code"),
    [
        ({"after_yen": 1_235_000}, "raise"),
        ({"worked_days": [20, 10, 19, 21, 20, 19]}, "paid"),
        ({"last_paid_on": date(2027, 6, 17)}, "paid"),
    ],
    ids=["2.9 per cent", "ten days in a month", "not paid yet"],
)
def test_what_is_not_met_draws_nothing(in_time, manager, advisor, pay, code):
    case = paid(in_time, by=manager, on=date(2027, 6, 20), **pay)

    assert conditions(case)[code] == "unmet"
    with pytest.raises(Refused):
        freeze_period(case, by=advisor.acting(FIRST_DAY))


@pytest.mark.parametrize("said", ["no", "unknown"])
def test_requirement_of_the_firm_that_is_open_stops_the_claim(first, manager, advisor, said):
    say_yes(first, by=manager, on=FIRST_DAY, regular_terms=said)

    with pytest.raises(Refused, match="賞与か退職金"):
        freeze_period(now(first), by=advisor.acting(FIRST_DAY))


@pytest.mark.parametrize(
    ("since", "state"),
    [(date(2026, 6, 1), "met"), (date(2026, 6, 2), "unmet")],
    ids=["six months", "a day short"],
)
def test_six_months_go_before(in_time, manager, since, state):
    save_conversion(in_time, ConversionTold(**TOLD | {"since": since}), by=manager.acting(FILED_ON))

    assert conditions(in_time)["length"] == state


@pytest.mark.parametrize(
    ("facts", "yen"),
    [
        ({}, 400_000),
        ({"since": date(2021, 12, 1)}, 400_000),
        ({"since": date(2021, 11, 30)}, 200_000),
        ({"has_probation": True, "probation_to": date(2026, 12, 31)}, 200_000),
        ({"origin": "indefinite"}, 200_000),
    ],
    ids=["four years", "five to the day", "over five", "probation", "indefinite"],
)
def test_amount_follows_what_the_work_was(in_time, manager, facts, yen):
    save_conversion(in_time, ConversionTold(**TOLD | facts), by=manager.acting(FILED_ON))

    assert assess_conversion(now(in_time), on=FIRST_DAY).total == yen


def test_second_period_is_for_prior_workers_alone(in_time, manager, advisor):
    save_conversion(in_time, ConversionTold(**TOLD | {"since": date(2024, 12, 1)}), by=manager.acting(FILED_ON))
    case = claimed(paid(in_time, by=manager), by=advisor)

    with pytest.raises(Refused, match="重点支援対象者でない人"):
        second_of(case, by=manager)

    assert case.conversion.cases.count() == 1


def test_cut_of_pay_closes_the_second_claim(first_claimed, manager, advisor):
    second = paid(second_of(first_claimed, by=manager), by=manager, on=SECOND_FIRST_DAY, after_yen=1_235_999)

    assert conditions(second, on=SECOND_FIRST_DAY)["not_cut"] == "unmet"


def test_twenty_persons_a_year_are_counted_without_second_claims(first_claimed, manager, advisor):
    second = claimed(
        paid(second_of(first_claimed, by=manager), by=manager, on=SECOND_FIRST_DAY), by=advisor, on=SECOND_FIRST_DAY
    )
    other = opened(worker(second.establishment, None, name="六郷", number=8), by=manager)
    choose_careerup_plan(other, second.conversion.plan, by=manager.acting(FILED_ON))
    save_conversion(now(other), ConversionTold(**TOLD), by=manager.acting(FILED_ON))

    found = assess_conversion(now(other), on=FIRST_DAY).conditions

    assert next(one.because for one in found if one.code == "persons").startswith(
        "この年度に申請した人は、この人を除いて1人"
    )


@pytest.mark.parametrize(
    ("facts", "length", "yen"),
    [
        ({}, "met", 400_000),
        ({"agency_is_indefinite": True}, "met", 200_000),
        ({"since": date(2026, 6, 2)}, "unmet", 0),
        ({"same_unit": False}, "unmet", 0),
    ],
    ids=["six months", "indefinite with the agency", "a day short", "another unit"],
)
def test_hire_after_a_dispatch(in_time, manager, facts, length, yen):
    dispatched = TOLD | {
        "origin": "dispatched",
        "since": date(2026, 6, 1),
        "until": date(2026, 11, 30),
        "same_unit": True,
        "agency_is_indefinite": False,
        "contracted_on": date(2026, 11, 30),
    }
    save_conversion(in_time, ConversionTold(**dispatched | facts), by=manager.acting(FILED_ON))

    assert (conditions(in_time)["length"], assess_conversion(now(in_time), on=FIRST_DAY).total) == (length, yen)


def test_first_refused_closes_the_second(first_claimed, manager, advisor):
    second = second_of(first_claimed, by=manager)
    refused = decide(first_claimed, by=advisor, yen=0, reason="制度の規定がない")

    second = paid(second, by=manager, on=SECOND_FIRST_DAY)

    assert refused.state == "refused"
    assert conditions(second, on=SECOND_FIRST_DAY)["first"] == "unmet"
    with pytest.raises(Refused, match="第1期が不支給でない"):
        freeze_period(second, by=advisor.acting(SECOND_FIRST_DAY))


def test_first_refused_bars_opening_the_second(first_claimed, manager, advisor):
    decide(first_claimed, by=advisor, yen=0, reason="制度の規定がない")

    with pytest.raises(Refused, match="第1期が不支給"):
        second_of(first_claimed, by=manager, on=date(2027, 9, 2))


def test_first_merely_late_leaves_the_second_open(first, manager, advisor):
    drop_case(first, reason="期限に遅れた", by=advisor.acting(LAST_DAY + timedelta(1)))

    second = second_of(first, by=manager, on=LAST_DAY + timedelta(1))

    assert (second.period, second.state) == (2, "filed")
    assert open_days(second)["claim"][0] == SECOND_FIRST_DAY


def test_claim_taken_back_counts_no_person(first_claimed, advisor, manager):
    on = FIRST_DAY + timedelta(3)
    take_step(first_claimed, "withdrawn", on=on, note="労働局が認めた", by=advisor.acting(on))
    other = opened(worker(first_claimed.establishment, None, name="六郷", number=8), by=manager)
    choose_careerup_plan(other, first_claimed.conversion.plan, by=manager.acting(FILED_ON))
    save_conversion(now(other), ConversionTold(**TOLD), by=manager.acting(FILED_ON))

    found = assess_conversion(now(other), on=FIRST_DAY).conditions

    assert now(first_claimed).state == "withdrawn"
    assert "この人を除いて0人" in next(one.because for one in found if one.code == "persons")


def test_what_is_claimed_keeps_its_facts(first_claimed, manager):
    with pytest.raises(Refused, match="支給申請を出した後"):
        save_conversion(first_claimed, ConversionTold(**TOLD), by=manager.acting(FIRST_DAY))
    with pytest.raises(Refused, match="支給申請を出すまで"):
        save_period_pay(first_claimed, PayTold(**PAY), by=manager.acting(FIRST_DAY))


def test_claim_handed_in_before_it_was_entered_is_frozen_as_of_that_day(first, advisor):
    file_period(first, filed_on=FIRST_DAY, receipt_number="", by=advisor.acting(FIRST_DAY + timedelta(5)))

    assert now(first).claims.get().as_of == FIRST_DAY
