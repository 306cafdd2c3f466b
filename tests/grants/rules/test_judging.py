"""Each requirement of a trainee in each of its states, with the words that go with it and on both sides of its limit."""

from dataclasses import replace
from datetime import date

import pytest

from grants.rules import Cost, assess, current_schemes
from tests.grants.rules.worked import altered, person, training, with_workers

CLASS = training()
ONLINE = training(
    method="e_learning",
    planned_minutes=None,
    standard_hours=20,
    cost=Cost(kind="external", fee_per_person=20_000),
)
PRACTICE = training(scheme="hrd_support", menu="fixed_term_practice")
# So many e-learning courses of one person in one year, since August 2026.
MOST = 1
FIXED = {"employment": "fixed_term", "ojt_passed": True, "converted": True}


def judged(facts, code, **told):
    outcome = assess(with_workers(facts, person(**told)))
    found = next(c for c in outcome.conditions if c.code == code and c.subject == "a")
    return found.state, found.because, outcome.workers[0].supported


@pytest.mark.parametrize(
    ("attended", "state", "because", "supported"),
    [
        (959, "unmet", "出席率 79%（1%未満切捨て）で80%未満のため、支給対象者になりません。", False),
        (960, "met", "出席率 80%（80%以上）", True),
        (None, "unknown", "受講時間数がまだ入力されていません。", False),
    ],
)
def test_share_attended(attended, state, because, supported):
    assert judged(CLASS, "attendance", attended_minutes=attended) == (state, because, supported)


@pytest.mark.parametrize(
    ("completed", "state", "because", "supported"),
    [
        (True, "met", "訓練期間内に修了しています。", True),
        (False, "unmet", "訓練期間内に修了していないため、支給対象者になりません。", False),
        (None, "unknown", "修了したかどうかがまだ入力されていません。", False),
    ],
)
def test_online_course_finished(completed, state, because, supported):
    told = {"completed": completed, "attended_minutes": None, "wage_minutes": None}

    assert judged(ONLINE, "completed", **told) == (state, because, supported)


@pytest.mark.parametrize(
    ("already", "state", "because", "supported"),
    [
        (0, "met", "この年度の受給は0回で、今回が1回目です（3回まで）。", True),
        (2, "met", "この年度の受給は2回で、今回が3回目です（3回まで）。", True),
        (3, "unmet", "この年度に既に3回受けており（3回まで）、支給対象者になりません。", False),
        (None, "unknown", "この年度の受給回数が入力されていません。", True),
    ],
)
def test_times_of_the_year(already, state, because, supported):
    assert judged(CLASS, "times_this_year", grants_this_year=already) == (state, because, supported)


@pytest.mark.parametrize(("told", "state"), [(MOST - 1, "met"), (MOST, "unmet"), (None, "unmet")])
def test_online_times_count_online_courses_alone(told, state):
    """Where nobody told how many were online, all of them may have been."""
    online = {"completed": True, "attended_minutes": None, "wage_minutes": None}
    facts = replace(ONLINE, plan_filed=date(2026, 9, 1))

    found = judged(
        facts, "e_learning_times_this_year", grants_this_year=MOST, e_learning_grants_this_year=told, **online
    )

    assert found[0] == state


@pytest.mark.parametrize(
    ("in_trial", "state", "because"),
    [
        (False, "met", "トライアル雇用の支給対象期間に当たりません。"),
        (True, "unmet", "トライアル雇用の支給対象期間中のため、賃金助成はありません（経費助成は対象）。"),
        (None, "unknown", "トライアル雇用の支給対象期間かどうかが入力されていません。"),
    ],
)
def test_trial_takes_the_wage_alone(in_trial, state, because):
    assert judged(CLASS, "outside_trial", in_trial_support_period=in_trial) == (state, because, True)


@pytest.mark.parametrize(
    ("employment", "state", "because", "supported"),
    [
        ("fixed_term", "met", "有期契約労働者等です。", True),
        ("regular", "unmet", "正規雇用労働者等のため、有期実習型訓練の対象になりません。", False),
    ],
)
def test_practice_of_fixed_term_workers(employment, state, because, supported):
    told = FIXED | {"employment": employment}

    assert judged(PRACTICE, "fixed_term_only", **told) == (state, because, supported)


@pytest.mark.parametrize(
    ("converted", "state", "because", "supported"),
    [
        (True, "met", "正規・無期へ転換しています。", True),
        (
            False,
            "unmet",
            "支給申請日までに正規・無期へ転換していないため、有期実習型訓練としては支給対象者になりません"
            "（人材育成訓練の要件を満たすときは、その率での申請を労働局に確認してください）。",
            False,
        ),
        (None, "unknown", "転換したかどうかがまだ入力されていません。", False),
    ],
)
def test_conversion_after_the_practice(converted, state, because, supported):
    assert judged(PRACTICE, "converted", **(FIXED | {"converted": converted})) == (state, because, supported)


@pytest.mark.parametrize(
    ("told", "state", "because", "supported"),
    [
        ({"ojt_passed": True}, "met", "OJTを8割以上受講しています。", True),
        ({"ojt_passed": True, "ojt_excused": True}, "met", "OJTを8割以上受講しています。", True),
        ({"ojt_passed": False}, "unmet", "OJTが8割未満のため、OFF-JTを含めて支給対象者になりません。", False),
        ({"ojt_passed": None}, "unknown", "OJTの受講割合がまだ入力されていません。", False),
        (
            {"ojt_passed": False, "ojt_excused": True},
            "unmet",
            "OJTは8割未満ですが、やむを得ない理由があるため、受講した割合で助成します。",
            True,
        ),
    ],
)
def test_share_on_the_job(told, state, because, supported):
    assert judged(PRACTICE, "ojt", **(FIXED | told)) == (state, because, supported)


def test_online_course_draws_no_wage():
    told = {"completed": True, "attended_minutes": None, "wage_minutes": 1200}
    outcome = assess(replace(with_workers(ONLINE, person(**told)), uplift=True, scheme="hrd_support", menu="general"))

    assert [line.code for line in (*outcome.lines, *outcome.uplift_lines)] == ["expense", "uplift_expense"]
    assert outcome.workers[0].wage_minutes == 0


def test_rule_that_is_taken_back_holds_no_more():
    """A figure of a later day may say no to what an earlier one asked."""
    schemes = altered(current_schemes(), "hrd_support", "fixed_term_practice.conversion_required", 0, False)
    facts = with_workers(PRACTICE, person(**(FIXED | {"converted": False})))

    assert [assess(facts, schemes=known).workers[0].supported for known in (None, schemes)] == [False, True]


def test_form_that_is_taken_back_cuts_once_again():
    facts = training(
        scheme="hrd_support",
        menu="general",
        plan_filed=date(2026, 9, 1),
        cost=Cost(kind="external", fee_per_person=33_333),
        workers=(person(key="a", employment="fixed_term"), person(key="b")),
    )
    schemes = altered(current_schemes(), "hrd_support", "form_steps", 0, False)

    assert ["円未満切捨て）、" in assess(facts, schemes=known).lines[0].because for known in (None, schemes)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("menu", ["approved_practice", "fixed_term_practice", "older_worker_practice"])
def test_practice_asks_for_its_hours_on_the_job(menu):
    facts = training(scheme="hrd_support", menu=menu, plan_filed=date(2026, 4, 20))

    found = [judged(facts, "ojt", **(FIXED | {"ojt_passed": passed}))[2] for passed in (True, False)]

    assert found == [True, False]
