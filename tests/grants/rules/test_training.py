"""An assessment explains itself: who falls out and why, and how each amount was reckoned."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from grants.rules import Condition, Cost, Line, WorkerPart, assess, outcome_as_mapping
from tests.grants.rules.worked import person, training, with_workers

CLASS = training(workers=(person(key="a"), person(key="b", attended_minutes=959, wage_minutes=959)))


def condition(outcome, code, subject=""):
    return next(c for c in outcome.conditions if (c.code, c.subject) == (code, subject))


def test_trainee_below_the_share_falls_out_with_the_reason_and_the_other_is_paid():
    outcome = assess(CLASS)

    assert condition(outcome, "attendance", "b") == Condition(
        code="attendance",
        label="受講時間数が計画の80%以上",
        state="unmet",
        because="出席率 79%（1%未満切捨て）で80%未満のため、支給対象者になりません。",
        source="様式第8-1号; リスキリング支給要領R7.4.1 0302",
        subject="b",
    )
    assert condition(outcome, "attendance", "a").state == "met"
    assert outcome.workers == (
        WorkerPart("a", True, 100, 225000, 1200, False),
        WorkerPart("b", False, 79, 0, 0, False),
    )
    assert (outcome.payable, outcome.total) == (True, 245000)


def test_lines_write_out_the_arithmetic_with_figure_and_source():
    assert assess(CLASS).lines == (
        Line(
            code="expense",
            label="経費助成",
            amount=225000,
            because="受講料等 300,000円 × 75% = 225,000円 × 1人、100円未満切捨て = 225,000円",
            figures=("reskilling/expense_rate.sme", "reskilling/limit.first.sme", "hrd_common/rounding"),
            source="リスキリング支給要領R7.4.1 0403; 様式第6-3号; リスキリング支給要領R7.4.1 0408; "
            "雇用関係助成金共通要領R8.4.8 0603ロ; 様式第5号",
            confidence="high",
            verified_until=date(2027, 3, 31),
        ),
        Line(
            code="wage",
            label="賃金助成",
            amount=20000,
            because="20時間 × 1,000円、100円未満切捨て = 20,000円",
            figures=("reskilling/wage.sme", "reskilling/wage_hours", "hrd_common/rounding"),
            source="リスキリング支給要領R7.4.1 0403; 様式第5号; リスキリング支給要領R7.4.1 0408ハ; "
            "雇用関係助成金共通要領R8.4.8 0603ロ; 様式第5号",
            confidence="high",
            verified_until=date(2027, 3, 31),
        ),
    )


def test_in_house_line_names_the_hourly_limit_and_the_journey():
    cost = Cost(
        kind="in_house",
        lecturer_fee=900_000,
        lecturer_travel=40_000,
        establishment_prefecture="東京都",
        trainees_total=2,
    )

    assert assess(replace(CLASS, cost=cost)).lines[0].because == (
        "（講師謝金 600,000円（1時間 30,000円まで）＋講師旅費 0円（東京都の事業所は対象外））÷ 総受講者 2人 × 75% = "
        "225,000円 × 1人、100円未満切捨て = 225,000円"
    )


def test_limit_per_person_is_named_where_it_holds():
    dear = replace(CLASS, cost=Cost(kind="external", fee_per_person=600_000))

    assert "450,000円 → 1人の限度額 300,000円 × 1人" in assess(dear).lines[0].because


@pytest.mark.parametrize(
    ("told", "code", "subject", "because"),
    [
        ({"attended_minutes": None}, "attendance", "a", "受講時間数がまだ入力されていません。"),
        ({"grants_this_year": None}, "times_this_year", "a", "この年度の受給回数が入力されていません。"),
        (
            {"in_trial_support_period": None},
            "outside_trial",
            "a",
            "トライアル雇用の支給対象期間かどうかが入力されていません。",
        ),
    ],
)
def test_untold_fact_of_a_trainee_is_unknown(told, code, subject, because):
    found = condition(assess(with_workers(CLASS, person(**told))), code, subject)

    assert (found.state, found.because) == ("unknown", because)


def test_untold_attendance_draws_nothing():
    outcome = assess(with_workers(CLASS, person(attended_minutes=None, wage_minutes=None)))

    assert (outcome.payable, outcome.total) == (False, 0)


def test_untold_conversion_draws_nothing():
    worker = person(employment="fixed_term", ojt_passed=True, converted=None)
    outcome = assess(training(scheme="hrd_support", menu="fixed_term_practice", workers=(worker,)))

    assert condition(outcome, "converted", "a").state == "unknown"
    assert outcome.total == 0


def test_trainee_short_on_the_job_falls_out_unless_excused():
    course = training(scheme="hrd_support", menu="approved_practice")
    short = person(key="short", ojt_passed=False)
    excused = person(
        key="excused",
        ojt_passed=False,
        ojt_excused=True,
        ojt_attended_hours=Decimal(60),
        ojt_planned_hours=Decimal(100),
    )
    outcome = assess(with_workers(course, short, excused, person(key="passed", ojt_passed=True)))

    assert condition(outcome, "ojt", "short").because == "OJTが8割未満のため、OFF-JTを含めて支給対象者になりません。"
    assert [(part.subject, part.supported, part.ojt_passed) for part in outcome.workers] == [
        ("short", False, False),
        ("excused", True, False),
        ("passed", True, True),
    ]
    assert (outcome.expense_aid, outcome.wage_aid, outcome.ojt_aid) == (270_000, 32_000, 320_000)


def test_untold_payment_is_unknown_and_told_payment_is_met():
    told = Cost(
        kind="external", fee_per_person=1, paid_partly_by="nobody", provider_rebate=False, paid_on=date(2025, 9, 1)
    )
    paid = assess(replace(CLASS, cost=told, claim_filed=date(2025, 9, 1), already_granted_in_claim_year=0))
    codes = ("worker_paid_nothing", "firm_paid_all", "no_rebate", "paid_in_time", "yearly_limit")

    assert [condition(assess(CLASS), code).state for code in codes] == ["unknown"] * 5
    assert [condition(paid, code).state for code in codes] == ["met"] * 5


def test_keyless_trainees_are_told_apart_by_their_place():
    outcome = assess(with_workers(CLASS, person(key=""), person(key="")))

    assert [part.subject for part in outcome.workers] == ["#1", "#2"]


def test_course_that_has_ended_says_until_when_it_took_plans():
    outcome = assess(replace(CLASS, plan_filed=date(2027, 4, 1)))

    assert [(c.code, c.state, c.because) for c in outcome.conditions] == [
        ("plan_taken", "unmet", "計画届は2027年3月31日（水）までです。")
    ]


def test_course_that_has_ended_pays_nothing_to_anybody():
    outcome = assess(replace(with_workers(CLASS, person(key="a"), person(key="")), plan_filed=date(2027, 4, 1)))

    assert outcome.workers == (WorkerPart("a", False, None, 0, 0, False), WorkerPart("#2", False, None, 0, 0, False))
    assert (outcome.payable, outcome.calculated, outcome.payable_amount) == (False, 0, 0)
    assert (outcome.total, outcome.expense_aid, outcome.wage_aid, outcome.ojt_aid) == (0, 0, 0, 0)
    assert (outcome.uplift_expense_aid, outcome.uplift_wage_aid, outcome.uplift_ojt_aid) == (0, 0, 0)


def test_course_of_which_nobody_is_supported_has_no_lines():
    course = training(scheme="hrd_support", menu="approved_practice", uplift=True)
    outcome = assess(with_workers(course, person(attended_minutes=0, wage_minutes=0, ojt_passed=True)))

    assert (outcome.lines, outcome.uplift_lines, outcome.payable) == ((), (), False)


def test_lines_stand_in_the_order_of_the_form():
    course = training(scheme="hrd_support", menu="approved_practice", uplift=True)
    outcome = assess(with_workers(course, person(ojt_passed=True)))

    assert [(line.code, line.label) for line in outcome.lines + outcome.uplift_lines] == [
        ("expense", "経費助成"),
        ("wage", "賃金助成"),
        ("ojt", "OJT実施助成"),
        ("uplift_expense", "経費助成（割増分）"),
        ("uplift_wage", "賃金助成（割増分）"),
        ("uplift_ojt", "OJT実施助成（割増分）"),
    ]


def test_yearly_limit_follows_the_claim_and_says_what_is_left():
    full = replace(CLASS, already_granted_in_claim_year=99_900_000, claim_filed=date(2025, 9, 1))
    outcome = assess(full)

    assert condition(outcome, "yearly_limit").because == (
        "既に受けた 99,900,000円 ＋ 今回 245,000円（限度額 100,000,000円）"
    )
    assert (condition(outcome, "yearly_limit").state, outcome.payable_amount) == ("unmet", 100_000)


@pytest.mark.parametrize(
    ("drawn", "state", "payable"),
    [
        (99_755_000, "met", 245_000),
        (99_755_001, "unmet", 244_999),
        (99_999_999, "unmet", 1),
        (100_000_000, "unmet", 0),
        (100_000_001, "unmet", 0),
    ],
)
def test_yearly_limit_is_met_to_the_yen(drawn, state, payable):
    outcome = assess(replace(CLASS, already_granted_in_claim_year=drawn, claim_filed=date(2025, 9, 1)))

    assert (condition(outcome, "yearly_limit").state, outcome.payable_amount) == (state, payable)


@pytest.mark.parametrize(
    ("cost", "part", "aids"),
    [
        ({"provider_rebate": True}, WorkerPart("a", True, 100, 0, 1200, False), (0, 20_000)),
        ({"paid_partly_by": "worker"}, WorkerPart("a", True, 100, 0, 0, False), (0, 0)),
    ],
    ids=["a rebate takes the expense aid alone", "a worker who paid takes both"],
)
def test_payment_takes_away_what_it_touches(cost, part, aids):
    facts = replace(CLASS, cost=Cost(kind="external", fee_per_person=300_000, **cost))
    outcome = assess(with_workers(facts, person()))

    assert outcome.workers == (part,)
    assert (outcome.expense_aid, outcome.wage_aid) == aids


def test_one_training_alone_may_reach_the_yearly_limit():
    """334 people at 300,000 yen each are 100,200,000."""
    dear = replace(CLASS, cost=Cost(kind="external", fee_per_person=400_000))
    outcome = assess(with_workers(dear, *(person(key=str(n), wage_minutes=0) for n in range(334))))

    assert (outcome.total, outcome.payable_amount) == (100_200_000, 100_000_000)


@pytest.mark.parametrize(
    ("filed", "unverified"),
    [
        (
            date(2026, 4, 20),
            (
                "hrd_support/older_worker_practice.uplift_rate.sme",
                "hrd_support/older_worker_practice.uplift_ojt.sme",
            ),
        ),
        (date(2026, 9, 1), ()),
    ],
    ids=["by trainee", "by the form of August"],
)
def test_figure_nobody_could_verify_is_named_where_it_is_used(filed, unverified):
    course = training(scheme="hrd_support", menu="older_worker_practice", plan_filed=filed)
    outcomes = [assess(replace(with_workers(course, person(ojt_passed=True)), uplift=asked)) for asked in (False, True)]

    assert [outcome.unverified for outcome in outcomes] == [(), unverified]


def test_mapping_carries_every_part():
    said = outcome_as_mapping(assess(CLASS))

    assert set(said) == set(type(assess(CLASS)).__slots__)
    assert (said["unverified"], said["uplift_lines"]) == ([], [])
    assert said["conditions"][0]["code"] == "plan_taken"
    assert said["lines"][0]["verified_until"] == "2027-03-31"
    assert said["workers"][1] == {
        "subject": "b",
        "supported": False,
        "attendance_percent": 79,
        "expense_aid": 0,
        "wage_minutes": 0,
        "ojt_passed": False,
    }
