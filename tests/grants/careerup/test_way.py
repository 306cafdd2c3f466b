"""From the plan over the conversion to the claims of both periods."""

from datetime import date, timedelta

import pytest

from firms.errors import Refused
from grants.actions.careerup import file_careerup_plan, freeze_careerup_plan, freeze_period, open_conversion
from grants.actions.careerup_told import ConversionTold, choose_careerup_plan, save_conversion
from grants.actions.claims import record_payment
from grants.actions.deadlines import is_in_line, to_sweep
from grants.models import CareerUpPlan
from grants.queries.money import entries
from tests.grants.careerup.cast import (
    CONVERTED_ON,
    FILED_ON,
    FIRST_DAY,
    LAST_DAY,
    PLAN,
    SECOND_FIRST_DAY,
    TOLD,
    claimed,
    decide,
    filed,
    now,
    open_days,
    opened,
    paid,
    second_of,
    titles,
    told,
    worker,
)


def test_opening_twice_is_opening_once(case, employment, manager):
    again = open_conversion(employment.person, employment.establishment, by=manager.acting(FILED_ON))

    assert (again.pk, again.number) == (case.pk, case.number)
    assert (case.period, case.state, case.title) == (1, "preparing", f"正社員化：{employment.person} 第1期")


def test_whoever_does_not_work_there_is_not_converted(establishment, manager, stranger):
    with pytest.raises(Refused, match="この事業所で働いている人") as refused:
        open_conversion(stranger.person, establishment, by=manager.acting(FILED_ON))

    assert refused.value.field == "employment"


def test_plan_is_due_the_day_before_its_first_day(planned):
    assert open_days(planned) == {"plan": (min(date(2026, 11, 20), PLAN["starts_on"]), date(2026, 11, 24))}


def test_claim_opens_the_day_after_the_sixth_month_is_paid(in_time):
    assert open_days(in_time) == {"claim": (FIRST_DAY, LAST_DAY)}


def test_first_claim_of_a_prior_worker_draws_the_amount_of_one_period(first_claimed):
    claim = first_claimed.claims.get()

    assert (first_claimed.state, claim.total_yen) == ("claimed", 400_000)
    assert [one["code"] for one in claim.outcome["lines"]] == ["period_1"]
    assert {one["state"] for one in claim.outcome["conditions"]} == {"met"}
    assert open_days(first_claimed) == {}


def test_second_period_opens_a_year_after_and_draws_as_much(first_claimed, manager, advisor):
    second = second_of(first_claimed, by=manager)

    assert (second.period, second.state, second.conversion_id) == (2, "filed", first_claimed.conversion_id)
    assert open_days(second) == {"claim": (SECOND_FIRST_DAY, date(2028, 2, 15))}

    second = claimed(paid(second, by=manager, on=SECOND_FIRST_DAY), by=advisor, on=SECOND_FIRST_DAY)

    assert (second.state, second.claims.get().total_yen) == ("claimed", 400_000)


def test_both_periods_are_decided_and_paid_apart(first_claimed, manager, advisor):
    second = second_of(first_claimed, by=manager)
    decided = decide(first_claimed, by=advisor, yen=400_000)

    record_payment(decided, paid_on=date(2027, 9, 20), amount_yen=400_000, by=advisor.acting(date(2027, 9, 21)))

    assert (now(first_claimed).state, now(second).state) == ("closed", "filed")
    sums = [(one.stage, one.yen) for one in entries(advisor.acting(date(2027, 9, 21))) if one.yen]
    assert sums == [("claimed", 400_000), ("decided", 400_000), ("paid", 400_000)]


def test_next_step_is_named_at_each_stand(case, manager, advisor):
    said = [titles(case, on=FILED_ON)]
    case = told(case, by=manager)
    said.append(titles(case, on=FILED_ON))
    freeze_careerup_plan(case, by=advisor.acting(FILED_ON))
    said.append(titles(case, on=FILED_ON))
    file_careerup_plan(now(case), filed_on=FILED_ON, receipt_number="1", by=advisor.acting(FILED_ON))
    said += [titles(case, on=day) for day in (CONVERTED_ON, FIRST_DAY, LAST_DAY + timedelta(1))]
    case = paid(case, by=manager)
    said.append(titles(case, on=FIRST_DAY))
    freeze_period(case, by=advisor.acting(FIRST_DAY))
    said.append(titles(case, on=FIRST_DAY))

    assert said == [
        "足りないもの3件をうめる",
        "キャリアアップ計画書を確定する",
        "キャリアアップ計画書を労働局へ出す",
        "6か月働き、賃金を支払う",
        "この期の賃金を入力する",
        "支給申請の期限を過ぎました",
        "支給申請を確かめて確定する",
        "支給申請を労働局へ出す",
    ]


def test_another_conversion_rests_on_the_plan_that_is_filed(in_time, establishment, pattern, manager):
    other = opened(worker(establishment, pattern, name="六郷", number=8), by=manager)

    choose_careerup_plan(other, in_time.conversion.plan, by=manager.acting(FILED_ON))

    assert (now(other).state, now(other).conversion.plan) == ("filed", in_time.conversion.plan)


def test_one_plan_files_every_case_that_rests_on_it(planned, establishment, pattern, manager, advisor):
    other = told(opened(worker(establishment, pattern, name="六郷", number=8), by=manager), by=manager)

    filed(planned, by=advisor)

    assert (now(other).state, CareerUpPlan.objects.count()) == ("filed", 1)


def test_deadlines_stay_in_line_with_their_facts(in_time, manager):
    save_conversion(in_time, ConversionTold(**TOLD | {"pay_day": 25}), by=manager.acting(FILED_ON))

    assert open_days(in_time) == {"claim": (date(2027, 6, 26), date(2027, 8, 25))}
    assert [is_in_line(one) for one in to_sweep()] == [True]
    assert in_time.deadlines.filter(state="replaced").count() == 1
