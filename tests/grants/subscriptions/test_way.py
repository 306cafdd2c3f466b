"""From the contract over the plan and its change to the claim and the money."""

from datetime import date

import pytest

from firms.errors import Refused
from grants.actions.claims import record_decision, record_payment
from grants.actions.deadlines import is_in_line, to_sweep
from grants.actions.subscriptions import (
    file_subscription_change,
    file_subscription_plan,
    freeze_subscription_claim,
    freeze_subscription_plan,
    save_learning,
)
from grants.cases.situation import guide_of, situations_of
from grants.facts.subscriptions import drift_of
from grants.queries.money import entries
from tests.grants.subscriptions.cast import (
    CLAIMED_ON,
    ENDS_ON,
    FILED_ON,
    OPENED_ON,
    REACHED_ON,
    STARTS_ON,
    claimed,
    conditions,
    filed,
    learned,
    now,
    open_days,
    opened,
    told,
    worker,
)


def title(case, *, on):
    return guide_of(situations_of({case.pk}, on=on)[case.pk]).title


def test_opening_twice_is_opening_once(case, establishment, manager):
    again = opened(establishment, by=manager)

    assert (again.pk, again.state, again.title) == (case.pk, "preparing", "定額制：まなび放題")
    assert again.grant_label == "定額制訓練"


def test_plan_is_due_a_month_before_the_contract(planned):
    assert open_days(planned) == {"plan": (date(2026, 8, 1), date(2027, 1, 4))}


def test_claim_opens_after_the_contract_or_when_the_hours_are_reached(in_time, people, manager):
    before = open_days(in_time)
    learned(in_time, {people[0].pk: 600}, by=manager)

    assert before == {"claim": (date(2028, 2, 1), date(2028, 3, 31))}
    assert open_days(in_time) == {"claim": (date(2027, 6, 11), date(2028, 3, 31))}
    assert [is_in_line(one) for one in to_sweep()] == [True]


def test_claim_draws_the_share_of_those_who_learned(whole):
    claim = whole.claims.get()

    # 240,000 yen × 2 of 4 × the whole contract × 60 per cent.
    assert (whole.state, claim.total_yen) == ("claimed", 72_000)
    assert {one["state"] for one in claim.outcome["conditions"]} == {"met"}
    assert open_days(whole) == {}


def test_late_plan_supports_what_comes_a_month_after(planned, advisor):
    late = filed(planned, by=advisor, on=date(2027, 3, 1))

    assert title(late, on=date(2027, 3, 2)) == "受講を進め、修了した時間を記録する"
    assert open_days(late)["claim"] == (date(2028, 2, 1), date(2028, 3, 31))
    assert late.plans.get().outcome["total"] > 0


def test_decision_and_payment_reach_the_money_page(whole, advisor):
    day = date(2027, 9, 1)
    record_decision(
        whole, decided_on=day, is_approved=True, amount_yen=72_000, notice_number="1", reason="", by=advisor.acting(day)
    )
    record_payment(now(whole), paid_on=day, amount_yen=72_000, by=advisor.acting(day))

    sums = [(one.stage, one.yen) for one in entries(advisor.acting(day)) if one.yen]
    assert (now(whole).state, sums) == ("closed", [("claimed", 72_000), ("decided", 72_000), ("paid", 72_000)])


def test_next_step_is_named_at_each_stand(case, people, manager, advisor):
    said = [title(case, on=OPENED_ON)]
    case = told(case, people, by=manager)
    said.append(title(case, on=OPENED_ON))
    freeze_subscription_plan(case, by=advisor.acting(OPENED_ON))
    said.append(title(case, on=OPENED_ON))
    file_subscription_plan(now(case), filed_on=FILED_ON, receipt_number="1", by=advisor.acting(FILED_ON))
    said += [title(case, on=STARTS_ON), title(case, on=date(2028, 2, 1)), title(case, on=date(2028, 4, 1))]
    case = learned(case, {one.pk: 300 for one in people}, by=manager)
    freeze_subscription_claim(case, by=advisor.acting(CLAIMED_ON))
    said.append(title(case, on=CLAIMED_ON))

    assert said == [
        "足りないもの6件をうめる",
        "定額制の計画届を確定する",
        "計画届を労働局へ出す",
        "受講を進め、修了した時間を記録する",
        "支給申請を確かめて確定する",
        "支給申請の期限を過ぎました",
        "支給申請を労働局へ出す",
    ]


@pytest.mark.parametrize(
    ("minutes", "state"), [((540, 60), "met"), ((540, 59), "unmet"), ((599, 0), "unmet"), ((600, 0), "met")]
)
def test_hours_of_those_with_an_hour_or_more_add_up(in_time, people, manager, minutes, state):
    learned(in_time, {one.pk: n for one, n in zip(people, minutes, strict=True)}, by=manager)

    assert conditions(in_time)["minimum_hours"] == state


@pytest.mark.parametrize(("excluded", "state"), [(49, "met"), (50, "unmet")])
def test_half_of_the_courses_excluded_draws_nothing(in_time, people, manager, excluded, state):
    told(in_time, people, by=manager, on=FILED_ON, excluded_courses=excluded)

    assert conditions(in_time)["subscription_intact"] == state


def test_added_person_asks_for_a_change_notice(in_time, people, establishment, pattern, manager, advisor):
    third = worker(establishment, pattern, name="池上", number=7)
    told(in_time, [*people, third], by=manager, on=FILED_ON)

    drift = drift_of(now(in_time))
    state = conditions(in_time)["as_filed"]
    file_subscription_change(now(in_time), filed_on=FILED_ON, by=advisor.acting(FILED_ON))

    assert (drift, state) == ([f"対象労働者の追加：{third.full_name}"], "unmet")
    assert (drift_of(now(in_time)), conditions(in_time)["as_filed"]) == ([], "met")
    assert [one.filing.filed_on for one in in_time.plans.order_by("number")] == [FILED_ON, FILED_ON]


def test_taking_a_person_off_needs_no_notice(in_time, people, manager, advisor):
    told(in_time, people[:1], by=manager, on=FILED_ON)

    assert drift_of(now(in_time)) == []
    with pytest.raises(Refused, match="違うところがありません"):
        file_subscription_change(now(in_time), filed_on=FILED_ON, by=advisor.acting(FILED_ON))


def test_nothing_is_claimed_while_something_is_open(in_time, people, manager, advisor):
    learned(in_time, {one.pk: 300 for one in people}, by=manager, not_cancelled="no")

    with pytest.raises(Refused, match="契約を途中で解約しない"):
        claimed(in_time, by=advisor)


def test_claim_before_its_window_is_refused(in_time, people, manager, advisor):
    learned(in_time, {one.pk: 300 for one in people}, by=manager, reached_on=None)

    with pytest.raises(Refused, match="それまでは確定できません"):
        claimed(in_time, by=advisor)


def test_plan_before_its_window_is_refused(planned, advisor):
    with pytest.raises(Refused, match="計画届を出せるのは") as refused:
        filed(planned, by=advisor, on=date(2026, 7, 31))

    assert refused.value.field == "filed_on"


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("contract_to", {"contract_to": date(2027, 1, 31)}),
        ("excluded_courses", {"excluded_courses": None}),
        ("excluded_courses", {"excluded_courses": 101}),
        ("people", {"accounts": 1}),
    ],
)
def test_contract_that_cannot_be_is_refused(case, people, manager, field, changed):
    with pytest.raises(Refused) as refused:
        told(case, people, by=manager, **changed)

    assert refused.value.field == field


def test_stranger_does_not_stand_on_the_list(case, stranger, manager):
    with pytest.raises(Refused, match="働いていない人"):
        told(case, [stranger.person], by=manager)


def test_hours_are_reached_inside_the_contract(in_time, manager):
    with pytest.raises(Refused, match="契約期間の中の日"):
        save_learning(in_time, {}, reached_on=date(2027, 1, 31), by=manager.acting(CLAIMED_ON))


def test_what_is_claimed_is_not_rewritten(whole, people, manager):
    with pytest.raises(Refused, match="書き換えられません"):
        told(whole, people, by=manager, on=CLAIMED_ON)


def test_no_day_is_left_of_a_contract_filed_at_its_end(planned, advisor):
    late = filed(planned, by=advisor, on=date(2028, 1, 10))

    assert title(late, on=date(2028, 1, 11)) == "対象になる期間が残っていません"
    assert open_days(late) == {}
    assert ENDS_ON > REACHED_ON
