"""定額制: what is possible of a contract to its last day, and the share of it that is paid to the yen."""

from dataclasses import replace
from datetime import date

import pytest

from firms.rules.reading import FactError
from grants.rules import current_schemes
from grants.rules.subscription import Subscription, assess_subscription, months_between
from tests.grants.rules.worked import altered

YEAR = Subscription(
    scheme="invest_in_people",
    sme=True,
    plan_filed=date(2025, 2, 3),
    contract_price=1_200_000,
    contract_start=date(2025, 4, 1),
    contract_end=date(2026, 3, 31),
    supported_from=date(2025, 4, 1),
    supported_to=date(2026, 3, 31),
    users=20,
    supported_workers=15,
)
SHARE = "契約額 1,200,000円 × 対象者 15人 ÷ 利用者 20人 × 対象日数 ÷ 契約日数"
LIMIT = "（限度額 20,000円 × 12か月と0日 × 15人）、100円未満切捨て"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"supported_from": date(2025, 4, 1), "supported_to": date(2025, 4, 1)},
        {"supported_from": date(2026, 3, 31), "supported_to": date(2026, 3, 31)},
        {"users": 1, "supported_workers": 1},
        {"users": 15},
        {"contract_end": date(2026, 4, 1)},
    ],
    ids=["the whole year", "its first day", "its last day", "one user", "every user", "a year of a longer contract"],
)
def test_contract_may_be_supported_to_its_edges(told):
    assert assess_subscription(replace(YEAR, **told)).payable


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"supported_from": date(2025, 3, 31)}, "契約期間"),
        ({"supported_to": date(2026, 4, 1)}, "契約期間"),
        ({"supported_from": date(2025, 4, 2), "supported_to": date(2025, 4, 1)}, "契約期間"),
        ({"contract_end": date(2026, 4, 1), "supported_to": date(2026, 4, 1)}, "対象期間（2026-03-31 まで）より後"),
        ({"users": 0, "supported_workers": 0}, "users は1以上"),
        ({"users": 14}, "supported_workers が users"),
    ],
)
def test_what_lies_beyond_the_contract_is_refused(told, wrong):
    with pytest.raises(FactError, match=wrong):
        assess_subscription(replace(YEAR, **told))


@pytest.mark.parametrize(
    ("last", "whole", "rest", "month"),
    [
        (date(2025, 4, 1), 0, 1, 30),
        (date(2025, 4, 29), 0, 29, 30),
        (date(2025, 4, 30), 1, 0, 31),
        (date(2025, 5, 1), 1, 1, 31),
        (date(2025, 5, 31), 2, 0, 30),
    ],
)
def test_months_are_whole_on_their_last_day(last, whole, rest, month):
    found = months_between(date(2025, 4, 1), last)

    assert (found.whole, found.remaining_days, found.days_of_remainder_month) == (whole, rest, month)


def test_months_that_end_before_they_begin_are_refused():
    with pytest.raises(FactError, match="supported_to が supported_from より前"):
        months_between(date(2025, 4, 1), date(2025, 3, 31))


def test_base_and_uplift_are_written_out():
    found = assess_subscription(replace(YEAR, uplift=True))

    base = f"{SHARE} × 60%{LIMIT} = 540,000円"
    more = f"{SHARE} × 15%{LIMIT} = 135,000円"
    assert [(row.code, row.label, row.amount, row.because) for row in found.lines] == [
        ("expense", "経費助成（定額制）", 540_000, base),
        ("uplift_expense", "経費助成（定額制・割増分）", 135_000, more),
    ]
    assert (found.payable, found.expense_aid, found.uplift_expense_aid) == (True, 540_000, 135_000)
    assert found.lines[0].figures == (
        "invest_in_people/subscription.expense_rate.sme",
        "hrd_common/subscription.limit_per_month",
        "hrd_common/rounding",
    )
    assert found.because == base + more


def test_without_uplift_there_is_one_line():
    found = assess_subscription(YEAR)

    assert (len(found.lines), found.uplift_expense_aid, found.because) == (1, 0, found.lines[0].because)


@pytest.mark.parametrize(
    ("price", "aid", "uplift"),
    [
        (6_400_000, 2_880_000, 720_000),
        (8_000_000, 3_600_000, 0),
        (7_999_000, 3_599_500, 400),
        (12_000_000, 3_600_000, 0),
    ],
    ids=["base and uplift below the limit", "the base alone is the limit", "a little below it", "far above it"],
)
def test_limit_holds_base_and_uplift_together(price, aid, uplift):
    found = assess_subscription(replace(YEAR, contract_price=price, uplift=True))

    assert (found.expense_aid, found.uplift_expense_aid) == (aid, uplift)


def test_large_firm_and_other_scheme_have_their_own_rates():
    large = assess_subscription(replace(YEAR, sme=False, uplift=True))
    other = assess_subscription(replace(YEAR, scheme="reskilling", uplift=True))

    assert (large.expense_aid, large.uplift_expense_aid) == (405_000, 135_000)
    assert (other.expense_aid, other.uplift_expense_aid) == (675_000, 0)


def test_nothing_paid_is_not_payable():
    free = assess_subscription(replace(YEAR, contract_price=0))
    closed = assess_subscription(replace(YEAR, plan_filed=date(2027, 4, 1)))
    raised = assess_subscription(replace(YEAR, contract_price=0, uplift=True))

    assert (free.payable, free.expense_aid) == (raised.payable, raised.expense_aid) == (False, 0)
    assert (closed.payable, closed.expense_aid, closed.uplift_expense_aid, closed.lines) == (False, 0, 0, ())
    assert (closed.supported_days, closed.contract_days) == (365, 365)
    assert closed.because == "計画届の届出日に実施されていない制度のため、支給されません。"


def test_period_is_held_by_the_figure_it_was_given():
    shorter = altered(current_schemes(), "hrd_common", "plan_window.subscription_longest", 0, 6)
    half = replace(YEAR, supported_to=date(2025, 9, 30))

    assert assess_subscription(half, schemes=shorter).payable
    with pytest.raises(FactError, match="2025-09-30 まで"):
        assess_subscription(replace(half, supported_to=date(2025, 10, 1)), schemes=shorter)
