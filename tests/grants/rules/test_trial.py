"""A trial month by month: its last day and the day after, the least share of days and the one below."""

from dataclasses import replace
from datetime import date

import pytest

from firms.rules.reading import FactError
from grants.rules import Schemes, current_schemes
from grants.rules.trial import MonthSpan, TrialMonth, trial_grant, trial_grant_by_month, trial_months, trial_plan

HIRED = date(2026, 6, 10)
FIRST = MonthSpan(HIRED, date(2026, 7, 9))
SECOND = MonthSpan(date(2026, 7, 10), date(2026, 8, 9))
THIRD = MonthSpan(date(2026, 8, 10), date(2026, 9, 9))


@pytest.mark.parametrize(
    ("told", "spans"),
    [
        ({}, (FIRST, SECOND, THIRD)),
        ({"ended_on": date(2026, 9, 10)}, (FIRST, SECOND, THIRD)),
        ({"ended_on": date(2026, 9, 8)}, (FIRST, SECOND, MonthSpan(THIRD.first, date(2026, 9, 8)))),
        ({"ended_on": date(2026, 7, 9)}, (FIRST,)),
        ({"ended_on": date(2026, 7, 10)}, (FIRST, MonthSpan(SECOND.first, SECOND.first))),
        ({"ended_on": HIRED}, (MonthSpan(HIRED, HIRED),)),
        ({"ended_on": date(2026, 6, 9)}, ()),
        ({"converted_on": date(2026, 7, 10)}, (FIRST,)),
        ({"converted_on": date(2026, 7, 11)}, (FIRST, MonthSpan(SECOND.first, SECOND.first))),
        ({"converted_on": HIRED}, ()),
        ({"converted_on": date(2026, 7, 10), "ended_on": date(2026, 9, 9)}, (FIRST,)),
    ],
)
def test_months_end_with_the_trial(told, spans):
    assert trial_months(HIRED, **told) == spans


@pytest.mark.parametrize("told", [{"ended_on": date(2026, 6, 8)}, {"converted_on": date(2026, 6, 9)}])
def test_trial_cannot_end_before_it_began(told):
    with pytest.raises(FactError, match="hired（2026-06-10）より前"):
        trial_months(HIRED, **told)


@pytest.mark.parametrize(
    ("worked", "scheduled", "reduced", "amount", "because"),
    [
        (15, 20, True, 40_000, "40,000円 × 100%（15日 ÷ 20日）"),
        (14, 20, True, 30_000, "40,000円 × 75%（14日 ÷ 20日）"),
        (9, 20, True, 20_000, "40,000円 × 50%（9日 ÷ 20日）"),
        (4, 20, True, 10_000, "40,000円 × 25%（4日 ÷ 20日）"),
        (1, 1, True, 40_000, "40,000円 × 100%（1日 ÷ 1日）"),
        (0, 20, True, 0, "就労した日がない（0日 ÷ 20日）ため0円"),
        (0, 20, False, 0, "就労した日がない（0日 ÷ 20日）ため0円"),
        (1, 20, False, 40_000, "40,000円（1か月）"),
    ],
)
def test_month_draws_by_the_share_of_its_days(worked, scheduled, reduced, amount, because):
    month = TrialMonth(scheduled_days=scheduled, worked_days=worked, reduced=reduced)

    found = trial_grant_by_month([month], single_parent=False)

    (row,) = found.lines
    assert (row.code, row.label, str(row.amount), row.because) == ("month", "1か月目", str(amount), because)
    assert (found.amount, found.unverified) == (amount, ())


@pytest.mark.parametrize(("worked", "scheduled"), [(0, 0), (2, 1), (21, 20)])
def test_days_that_cannot_be_are_refused(worked, scheduled):
    with pytest.raises(FactError, match=f"就労日数 {worked}日と就労予定日数 {scheduled}日"):
        trial_grant_by_month([TrialMonth(scheduled, worked, reduced=True)], single_parent=False)


def test_whole_and_cut_months_are_three_together():
    found = trial_grant(1, single_parent=False, partial_months=[(0, 20), (10, 20)])
    more = trial_grant(2, single_parent=False, partial_months=[(10, 20), (15, 20)])

    assert [(row.code, row.label, str(row.amount), row.because) for row in more.lines] == [
        ("full_months", "1か月単位の助成", "80000", "40,000円 × 2か月（3か月まで）"),
        ("partial_month", "月の一部の助成", "30000", "40,000円 × 75%（10日 ÷ 20日）"),
    ]
    assert (found.amount, more.amount) == (70_000, 110_000)


def test_figure_nobody_could_verify_is_named_once():
    schemes = current_schemes()
    body = schemes.by_name["trial"]
    unsure = tuple(replace(one, confidence="low") for one in body.figures["share_from_50"])
    unsure_price = tuple(replace(one, confidence="low") for one in body.figures["amount"])
    share = Schemes({"trial": replace(body, figures={**body.figures, "share_from_50": unsure})})
    price = Schemes({"trial": replace(body, figures={**body.figures, "amount": unsure_price})})
    months = [TrialMonth(20, 10, reduced=True)] * 2

    by_month = [trial_grant_by_month(months, single_parent=False, schemes=known).unverified for known in (share, price)]
    whole = trial_grant(1, single_parent=False, partial_months=[(10, 20)] * 2, schemes=share)

    assert by_month == [("trial/share_from_50",), ("trial/amount",)]
    assert whole.unverified == ("trial/share_from_50",)


def test_single_parent_draws_more_of_each_month():
    found = trial_grant(1, single_parent=True, partial_months=[(10, 20)])

    assert [row.amount for row in found.lines] == [50_000, 37_500]


def test_plan_is_counted_from_the_day_of_hire():
    found = trial_plan(date(2026, 4, 1))

    assert (found.first, found.last_nominal) == (date(2026, 4, 1), date(2026, 4, 14))
    assert found.because == (
        "雇入れ日を1日目として14日以内、2026年4月1日（水）から2026年4月14日（火）まで。この日までに届く（到達する）必要があります。"
    )
