"""The arithmetic of each aid in words: an officer can check every line by hand, to the yen and on both sides of a limit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from grants.rules import Cost, assess
from tests.grants.rules.worked import person, training, with_workers

CLASS = training()
IN_HOUSE = Cost(kind="in_house", lecturer_fee=600_000, trainees_total=2)
MIXED = training(
    scheme="hrd_support",
    menu="general",
    uplift=True,
    cost=Cost(kind="external", fee_per_person=33_333),
    workers=(person(key="a"), *(person(key=key, employment="fixed_term") for key in "bc")),
)
BY_FORM = replace(MIXED, plan_filed=date(2026, 9, 1))
ON_THE_JOB = training(scheme="hrd_support", menu="approved_practice", uplift=True)
EXCUSED = {"key": "b", "ojt_passed": False, "ojt_excused": True}


def because(facts, code="expense"):
    outcome = assess(facts)
    return {line.code: line.because for line in outcome.lines + outcome.uplift_lines}.get(code)


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (599_999, "（講師謝金 599,999円）÷ 総受講者 2人 × 75% = 224,999.62円 × 1人、100円未満切捨て = 224,900円"),
        (
            600_000,
            "（講師謝金 600,000円（1時間 30,000円まで））÷ 総受講者 2人 × 75% = 225,000円 × 1人、100円未満切捨て = 225,000円",
        ),
        (
            600_001,
            "（講師謝金 600,000円（1時間 30,000円まで））÷ 総受講者 2人 × 75% = 225,000円 × 1人、100円未満切捨て = 225,000円",
        ),
    ],
)
def test_lecturer_fee_is_held_by_the_hour(fee, words):
    assert because(replace(CLASS, cost=replace(IN_HOUSE, lecturer_fee=fee))) == words


@pytest.mark.parametrize(("travel", "counted"), [(49_999, "49,999"), (50_000, "50,000"), (50_001, "50,000")])
def test_journey_is_held_by_its_limit(travel, counted):
    cost = replace(IN_HOUSE, lecturer_travel=travel, establishment_prefecture="北海道")

    assert f"＋講師旅費 {counted}円（50,000円まで））÷ 総受講者 2人" in because(replace(CLASS, cost=cost))


def test_lecturer_of_an_online_course_without_hours_costs_nothing():
    online = replace(
        CLASS,
        method="e_learning",
        planned_minutes=None,
        standard_hours=20,
        cost=IN_HOUSE,
        workers=(person(attended_minutes=None, wage_minutes=None, completed=True),),
    )

    assert assess(online).total == 0


@pytest.mark.parametrize(
    ("usual", "words"),
    [
        (None, "受講料等 300,000円 × 75% = 225,000円"),
        (300_001, "受講料等 300,000円 × 75% = 225,000円"),
        (300_000, "受講料等 300,000円 × 75% = 225,000円"),
        (299_999, "受講料等 299,999円（助成金を使わない事業主の価格。差額 1円は対象外） × 75% = 224,999.25円"),
    ],
)
def test_price_is_never_more_than_without_a_grant(usual, words):
    cost = Cost(kind="external", fee_per_person=300_000, fee_without_grant=usual)

    assert because(replace(CLASS, cost=cost)).split(" × 1人")[0] == words


@pytest.mark.parametrize(
    ("fee", "held"),
    [(400_000, ""), (400_001, " → 1人の限度額 300,000円")],
    ids=["exactly the limit", "three quarters of a yen more"],
)
def test_limit_of_a_trainee_is_named_where_it_takes_something_away(fee, held):
    exact = {400_000: "300,000円", 400_001: "300,000.75円"}[fee]

    assert because(replace(CLASS, cost=Cost(kind="external", fee_per_person=fee))) == (
        f"受講料等 {fee:,}円 × 75% = {exact}{held} × 1人、100円未満切捨て = 300,000円"
    )


def test_rates_stand_side_by_side_and_their_sum_is_cut_once():
    assert because(MIXED) == (
        "受講料等 33,333円 × 45% = 14,999.85円 × 1人 ＋ 受講料等 33,333円 × 70% = 23,333.10円 × 2人、100円未満切捨て = 61,600円"
    )
    assert because(MIXED, "uplift_expense") == (
        "受講料等 33,333円 × 15%（基本と合わせて150,000円まで） = 4,999.95円 × 1人 ＋ "
        "受講料等 33,333円 × 15%（基本と合わせて150,000円まで） = 4,999.95円 × 2人、100円未満切捨て = 14,900円"
    )
    assert [(part.subject, repr(part.expense_aid)) for part in assess(MIXED).workers] == [
        ("a", "14999"),
        ("b", "23333"),
        ("c", "23333"),
    ]


def test_form_of_august_cuts_each_rate_to_the_yen():
    assert because(BY_FORM) == (
        "受講料等 33,333円（1人 33,333円、円未満切捨て）、33,333円 × 1人 × 45% ＋ 33,333円 × 2人 × 70% = 61,665円、"
        "100円未満切捨て = 61,600円"
    )
    assert because(BY_FORM, "uplift_expense") == (
        "受講料等 33,333円（1人 33,333円、円未満切捨て）、15%分 14,998円（基本と合わせて150,000円 × 3人まで）、"
        "100円未満切捨て = 14,900円"
    )
    assert [(part.subject, repr(part.expense_aid)) for part in assess(BY_FORM).workers] == [
        ("a", "14999"),
        ("b", "23333"),
        ("c", "23333"),
    ]


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (333_333, "149,999円、100円未満切捨て = 149,900円"),
        (333_334, "150,000円、100円未満切捨て = 150,000円"),
        (333_336, "150,001円 → 限度額 150,000円 × 1人、100円未満切捨て = 150,000円"),
    ],
    ids=["a yen less than the limit", "exactly the limit", "a yen more"],
)
def test_form_of_august_names_the_limit_where_it_takes_something_away(fee, words):
    facts = with_workers(replace(BY_FORM, cost=Cost(kind="external", fee_per_person=fee)), person())

    assert because(facts).endswith(f"× 1人 × 45% = {words}")


def test_no_uplift_is_no_line():
    for facts in (MIXED, BY_FORM, ON_THE_JOB):
        assert assess(replace(facts, uplift=False)).uplift_lines == ()


def test_wage_names_hours_and_minutes():
    odd = with_workers(MIXED, person(wage_minutes=61))

    assert because(odd, "wage") == "1時間1分 × 800円、100円未満切捨て = 800円"
    assert because(odd, "uplift_wage") == "1時間1分 × 200円、100円未満切捨て = 200円"


@pytest.mark.parametrize(
    ("others", "words", "uplift"),
    [
        ((), "（1人） × 200,000円、100円未満切捨て = 200,000円", "（1人） × 50,000円、100円未満切捨て = 50,000円"),
        (
            (person(**EXCUSED, ojt_attended_hours=Decimal("60.5"), ojt_planned_hours=Decimal(100)),),
            "（1人＋1人 × 121/2時間 ÷ 100時間） × 200,000円、100円未満切捨て = 321,000円",
            "（1人＋1人 × 121/2時間 ÷ 100時間） × 50,000円、100円未満切捨て = 80,200円",
        ),
        (
            (person(**EXCUSED, ojt_attended_hours=None, ojt_planned_hours=Decimal(100)),),
            "（1人＋1人 × 0時間 ÷ 100時間） × 200,000円、100円未満切捨て = 200,000円",
            "（1人＋1人 × 0時間 ÷ 100時間） × 50,000円、100円未満切捨て = 50,000円",
        ),
        (
            (person(**EXCUSED, ojt_attended_hours=Decimal(60), ojt_planned_hours=None),),
            "（1人＋1人 × 60時間 ÷ 0時間） × 200,000円、100円未満切捨て = 200,000円",
            "（1人＋1人 × 60時間 ÷ 0時間） × 50,000円、100円未満切捨て = 50,000円",
        ),
    ],
    ids=["passed alone", "excused in part", "attended untold", "planned untold"],
)
def test_share_on_the_job_is_written_out(others, words, uplift):
    facts = with_workers(ON_THE_JOB, person(ojt_passed=True), *others)

    assert (because(facts, "ojt"), because(facts, "uplift_ojt")) == (words, uplift)
