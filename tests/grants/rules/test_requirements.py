"""Each requirement of a training and of its payment in each of its states, on both sides of its line."""

from dataclasses import replace
from datetime import date

import pytest

from grants.rules import Cost, FactError, assess, current_schemes, firm_size, separation_ratio
from grants.rules.requirements import in_hours, tri_state
from tests.grants.rules.worked import person, training, with_workers

CLASS = training()
ONLINE = with_workers(
    training(method="e_learning", planned_minutes=None, standard_hours=10),
    person(completed=True, attended_minutes=None, wage_minutes=None),
)
EXTERNAL = {"kind": "external", "fee_per_person": 300_000}


def judged(facts, code):
    found = next(c for c in assess(facts).conditions if c.code == code)
    return found.state, found.because


@pytest.mark.parametrize(
    ("minutes", "state", "because"),
    [
        (599, "unmet", "実訓練時間 9時間59分（10時間以上が要件）"),
        (600, "met", "実訓練時間 10時間（10時間以上が要件）"),
    ],
)
def test_class_lasts_ten_hours(minutes, state, because):
    assert judged(replace(CLASS, planned_minutes=minutes), "long_enough") == (state, because)


@pytest.mark.parametrize(
    ("hours", "months", "state", "because"),
    [
        (10, None, "met", "標準学習時間 10時間（10時間以上または1か月以上が要件）"),
        (9, None, "unmet", "標準学習時間 9時間（10時間以上または1か月以上が要件）"),
        (None, 1, "met", "標準学習期間 1か月（10時間以上または1か月以上が要件）"),
        (None, 0, "unmet", "標準学習期間 0か月（10時間以上または1か月以上が要件）"),
        (0, 0, "unmet", "標準学習時間 0時間・標準学習期間 0か月（10時間以上または1か月以上が要件）"),
        (9, 1, "met", "標準学習時間 9時間・標準学習期間 1か月（10時間以上または1か月以上が要件）"),
    ],
)
def test_online_course_lasts_ten_hours_or_a_month(hours, months, state, because):
    facts = replace(ONLINE, standard_hours=hours, standard_months=months)

    assert judged(facts, "long_enough") == (state, because)


@pytest.mark.parametrize(
    ("facts", "state", "because"),
    [
        (CLASS, "met", "実施方法と訓練の種別は対象の組合せです。"),
        (replace(CLASS, cost=Cost(kind="in_house")), "met", "実施方法と訓練の種別は対象の組合せです。"),
        (ONLINE, "met", "実施方法と訓練の種別は対象の組合せです。"),
        (replace(ONLINE, cost=Cost(kind="in_house")), "unmet", "eラーニング・通信制は事業外訓練だけが対象です。"),
    ],
    ids=["a class outside", "a class in the house", "online outside", "online in the house"],
)
def test_online_course_is_bought_outside(facts, state, because):
    if facts.cost.kind == "in_house":
        facts = replace(facts, cost=replace(facts.cost, trainees_total=1))

    assert judged(facts, "outside_course") == (state, because)


PAYERS = {
    "": (
        ("unknown", "労働者の費用負担がないことがまだ確認されていません。"),
        ("unknown", "事業主が全額を負担したことがまだ確認されていません。"),
    ),
    "nobody": (
        ("met", "労働者は費用を負担していません。"),
        ("met", "事業主が全額を負担しています。"),
    ),
    "worker": (
        ("unmet", "労働者が費用の一部を負担したため、経費助成も賃金助成もありません。"),
        ("unmet", "事業主以外が費用の一部を負担したため、経費助成はありません。"),
    ),
    "parent_company": (
        ("met", "労働者は費用を負担していません。"),
        ("unmet", "事業主以外が費用の一部を負担したため、経費助成はありません。"),
    ),
}


@pytest.mark.parametrize("payer", PAYERS)
def test_who_paid_decides_what_is_left(payer):
    facts = replace(CLASS, cost=Cost(**EXTERNAL, paid_partly_by=payer))

    assert (judged(facts, "worker_paid_nothing"), judged(facts, "firm_paid_all")) == PAYERS[payer]


@pytest.mark.parametrize(
    ("rebate", "state", "because"),
    [
        (None, "unknown", "教育訓練機関等からの返金等がないことがまだ確認されていません。"),
        (False, "met", "教育訓練機関等からの返金等はありません。"),
        (True, "unmet", "教育訓練機関等から返金・割引等を受けたため、経費助成はありません。"),
    ],
)
def test_rebate_of_the_provider(rebate, state, because):
    facts = replace(CLASS, cost=Cost(**EXTERNAL, provider_rebate=rebate))

    assert judged(facts, "no_rebate") == (state, because)


CLAIMED = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("paid_on", "claimed", "state", "because"),
    [
        (CLAIMED, CLAIMED, "met", "支給申請日までに支払を終えています。"),
        (date(2025, 9, 2), CLAIMED, "unmet", "支払日が支給申請日より後のため、経費助成はありません。"),
        (None, CLAIMED, "unknown", "費用の支払日または支給申請日がまだ入力されていません。"),
        (CLAIMED, None, "unknown", "費用の支払日または支給申請日がまだ入力されていません。"),
    ],
)
def test_payment_comes_before_the_claim(paid_on, claimed, state, because):
    facts = replace(CLASS, cost=Cost(**EXTERNAL, paid_on=paid_on), claim_filed=claimed)

    assert judged(facts, "paid_in_time") == (state, because)


@pytest.mark.parametrize(
    ("scheme", "menu", "filed", "state", "because"),
    [
        ("reskilling", "reskilling", date(2027, 3, 31), "met", "計画届は2027年3月31日（水）までです。"),
        ("reskilling", "reskilling", date(2027, 4, 1), "unmet", "計画届は2027年3月31日（水）までです。"),
        ("hrd_support", "general", date(2026, 9, 1), "met", "計画届の届出日に有効な制度です。"),
        (
            "hrd_support",
            "older_worker_practice",
            date(2026, 4, 7),
            "unmet",
            "2026年4月8日（水）以後の計画届が対象です。",
        ),
        ("hrd_support", "older_worker_practice", date(2026, 4, 8), "met", "2026年4月8日（水）以後の計画届が対象です。"),
    ],
)
def test_course_takes_plans_from_its_first_day_to_its_last(scheme, menu, filed, state, because):
    facts = replace(CLASS, scheme=scheme, menu=menu, plan_filed=filed)

    assert judged(facts, "plan_taken") == (state, because)


def test_course_without_days_of_its_own_names_the_rule():
    always = replace(CLASS, scheme="hrd_support", menu="general", plan_filed=date(2026, 9, 1))
    sources = [next(c.source for c in assess(one).conditions if c.code == "plan_taken") for one in (always, CLASS)]

    assert sources[0] == "各コース支給要領 1201"
    assert sources[1] == current_schemes().get("reskilling", "closes", CLASS.plan_filed).source


@pytest.mark.parametrize(("value", "state"), [(None, "unknown"), (True, "met"), (False, "unmet")])
def test_three_states(value, state):
    assert tri_state(value) == state


@pytest.mark.parametrize(("minutes", "words"), [(0, "0分"), (59, "59分"), (60, "1時間"), (121, "2時間1分")])
def test_minutes_are_written_as_on_the_form(minutes, words):
    assert in_hours(minutes) == words


def test_firm_without_insured_people_is_refused():
    assert separation_ratio(insured_on_claim_date=1, qualified_leavers=0).within_limit
    with pytest.raises(FactError, match="insured_on_claim_date は1以上"):
        separation_ratio(insured_on_claim_date=0, qualified_leavers=0)


def test_industry_nobody_knows_is_named():
    with pytest.raises(FactError, match="「farming」は不明です"):
        firm_size("farming", capital_yen=1, regular_employees=1)
