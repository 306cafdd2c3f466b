"""Grant money by its own day: expected, claimed, decided, paid, given back; nothing counted in two years or guessed."""

from datetime import date
from io import BytesIO

import pandas
import pytest
from django.urls import reverse

from courses.models import Lesson
from firms.rules.calendar import fiscal_year
from grants.actions.claims import record_decision, record_payment
from grants.actions.steps import take_step
from grants.models import Claim, GrantCase, PlanVersion
from grants.queries.money import (
    CLAIMED,
    DECIDED,
    EXPECTED,
    PAID,
    REPAID,
    STAGES,
    MoneyEntry,
    entries,
    months_ahead,
    rows_of_year,
    total_of,
    undated,
    unknown,
    without_a_day,
    years_of,
)
from tests.grants.conftest import fresh

TODAY = date(2027, 2, 16)


def sums(who, today=TODAY):
    return {(one.stage, one.on): one.yen for one in entries(who.acting(today))}


def test_case_without_a_plan_promises_nothing(stated, manager):
    assert sums(manager) == {}


def test_frozen_plan_expects_by_the_end_of_its_training(planned, manager):
    expected = planned.plans.get().outcome["total"]

    assert expected > 0
    assert sums(manager) == {(EXPECTED, date(2027, 2, 10)): expected}


def test_filed_plan_expects_by_the_last_day_of_the_claim(filed, manager):
    due = filed.deadlines.get(code="claim", state="open").last_on

    assert list(sums(manager)) == [(EXPECTED, due)]


def test_claim_counts_where_it_was_filed_and_expects_no_more(claimed, manager):
    assert sums(manager) == {(CLAIMED, date(2027, 2, 16)): claimed.claims.get().total_yen}
    assert without_a_day(manager.acting()) == {"review": claimed.claims.get().total_yen, "decided": 0}


def test_decision_and_money_count_in_the_year_they_came(approved, manager, advisor):
    assert without_a_day(manager.acting()) == {"review": 0, "decided": 57_000}
    decision = approved.claims.get().decision
    record_payment(
        decision.claim.case, paid_on=date(2027, 6, 1), amount_yen=57_000, by=advisor.acting(date(2027, 6, 2))
    )

    found = entries(manager.acting(date(2027, 6, 2)))

    assert years_of(found, today=date(2027, 6, 2)) == [2027, 2026]
    (before,), (after,) = rows_of_year(found, 2026), rows_of_year(found, 2027)
    assert dict(zip(STAGES, before.yen, strict=True))[CLAIMED] == decision.claim.total_yen
    assert dict(zip(STAGES, after.yen, strict=True)) == {
        EXPECTED: 0, CLAIMED: 0, DECIDED: 57_000, PAID: 57_000, REPAID: 0,
    }  # fmt: skip
    assert without_a_day(manager.acting()) == {"review": 0, "decided": 0}


def test_refused_claim_was_claimed_and_brings_nothing(claimed, manager, advisor):
    record_decision(
        claimed,
        decided_on=date(2027, 5, 10),
        is_approved=False,
        amount_yen=0,
        notice_number="",
        reason="要件を満たさない",
        by=advisor.acting(date(2027, 5, 12)),
    )

    assert sums(manager)[DECIDED, date(2027, 5, 10)] == 0
    assert without_a_day(manager.acting()) == {"review": 0, "decided": 0}


def test_money_given_back_is_a_negative_line():
    paid = MoneyEntry("a", 1, "reskilling", 7, PAID, date(2027, 6, 1), 57_000)
    back = MoneyEntry("a", 1, "reskilling", 7, REPAID, date(2027, 9, 1), -20_000)

    (row,) = rows_of_year([paid, back], 2027)

    assert (row.yen, row.kept) == ((0, 0, 0, 57_000, -20_000), 37_000)
    assert total_of([row, row]) == (0, 0, 0, 114_000, -40_000)
    assert total_of([]) == (0, 0, 0, 0, 0)


def test_months_hold_what_is_expected_and_past_ones_fall_into_this_month():
    def expected(on, yen, stage=EXPECTED):
        return MoneyEntry("a", 1, "reskilling", 7, stage, on, yen)

    found = [
        expected(date(2027, 1, 5), 1),
        expected(date(2027, 2, 28), 10),
        expected(date(2027, 4, 1), 100),
        expected(None, 1_000),
        expected(date(2027, 4, 1), 10_000, CLAIMED),
    ]

    assert months_ahead(found, today=TODAY) == [(date(2027, 2, 1), 11), (date(2027, 4, 1), 100)]


@pytest.fixture
def unforetold(stated, advisor):
    """A plan that was frozen while no rules said what its training draws."""
    PlanVersion.objects.create(case=stated, number=1, facts={}, outcome={}, digest="0" * 64, frozen_by=advisor.person)
    GrantCase.objects.filter(pk=stated.pk).update(state="planned")
    return fresh(stated)


def test_plan_without_a_forecast_is_unknown_and_never_nothing(unforetold, manager, advisor):
    found = entries(manager.acting(TODAY))
    page = advisor.client().get(reverse("grants:money")).content.decode()

    assert [(one.case, one.on, one.yen) for one in unknown(found)] == [(unforetold.pk, date(2027, 2, 10), None)]
    assert [(row.yen, row.unknown) for row in rows_of_year(found, 2026)] == [((0, 0, 0, 0, 0), 1)]
    assert "ほかに額の分からない案件 1件" in page
    assert "額の分からない案件 1件を含んでいません" in page
    assert f'href="{reverse("grants:case", args=[unforetold.pk])}"' in page


def test_sum_without_a_day_is_counted_beside_the_months(planned, manager, advisor):
    expected = planned.plans.get().outcome["total"]
    Lesson.objects.filter(run=planned.run).delete()

    found = entries(manager.acting(TODAY))
    page = advisor.client().get(reverse("grants:money")).content.decode()
    book = advisor.client().get(reverse("grants:money_xlsx"))

    assert [(one.case, one.on, one.yen) for one in undated(found)] == [(planned.pk, None, expected)]
    assert (rows_of_year(found, 2026), months_ahead(found, today=TODAY)) == ([], [])
    assert f"1件、{expected:,}円" in page
    (line,) = pandas.read_excel(BytesIO(book.content), engine="calamine").to_dict("records")
    assert (line["年度"], line["見込"], line["見込額の分からない案件（件）"]) == ("日が未定", expected, 0)


def test_nothing_open_is_said_in_numbers_too(planned, advisor):
    page = advisor.client().get(reverse("grants:money")).content.decode()

    assert ("0件、0円" in page, "額の分からない案件" in page, 'id="loose"' in page) == (True, False, False)


def test_claim_that_draws_nothing_expects_nothing_whatever_its_plan_said(planned, manager, advisor):
    Claim.objects.create(
        case=planned, plan=planned.plans.get(), number=1, as_of=TODAY, facts={}, outcome={}, total_yen=0,
        digest="0" * 64, frozen_by=advisor.person,
    )  # fmt: skip
    GrantCase.objects.filter(pk=planned.pk).update(state="claim_ready")

    assert [(one.stage, one.yen) for one in entries(manager.acting(TODAY))] == [(EXPECTED, 0)]


@pytest.mark.parametrize(
    ("day", "year"), [(date(2027, 3, 31), 2026), (date(2027, 4, 1), 2027), (date(2028, 2, 29), 2027)]
)
def test_year_turns_on_the_first_of_april(day, year):
    found = [MoneyEntry("a", 1, "reskilling", 7, PAID, day, 1)]

    assert [one.yen[STAGES.index(PAID)] for one in rows_of_year(found, year)] == [1]
    assert rows_of_year(found, year + 1) == []
    assert fiscal_year(day) == year


def test_page_and_workbook_say_the_same(claimed, advisor):
    total = claimed.claims.get().total_yen
    page = advisor.client().get(reverse("grants:money")).content.decode()
    book = advisor.client().get(reverse("grants:money_xlsx"), {"year": "2026"})

    (line,) = pandas.read_excel(BytesIO(book.content), engine="calamine").to_dict("records")
    assert f"{total:,}円" in page
    assert (line["企業"], line["年度"], line["申請"], line["入金"]) == (
        claimed.establishment.organisation.name,
        2026,
        total,
        0,
    )


@pytest.mark.parametrize("year", ["1999", "x", "99999999999999999999"])
def test_year_without_money_is_this_year(year, claimed, advisor):
    assert "助成金の額（2026年度）" in advisor.client().get(reverse("grants:money"), {"year": year}).content.decode()


@pytest.mark.parametrize("who", ["stranger", "officer", "coordinator", "trainee"])
def test_others_see_no_sum(who, request, claimed):
    person = request.getfixturevalue(who)
    answer = person.client().get(reverse("grants:money"))

    assert answer.status_code == (200 if who == "stranger" else 403)
    assert entries(person.acting()) == []


@pytest.mark.parametrize("cases", [1, 3])
def test_sums_take_the_same_queries_for_three_cases(cases, claimed, manager, django_assert_num_queries):
    for number in range(cases - 1):
        GrantCase.objects.create(
            establishment=claimed.establishment, run=claimed.run, scheme=f"a{number}", menu="b", state="filed"
        )
    acting = manager.acting()

    with django_assert_num_queries(5):
        entries(acting)


def test_repaid_step_counts_below_zero(approved, manager, advisor):
    record_payment(approved, paid_on=date(2027, 6, 1), amount_yen=57_000, by=advisor.acting(date(2027, 6, 2)))
    for kind, on, more in (
        ("repay_asked", date(2027, 8, 2), {"due_on": date(2027, 9, 30)}),
        ("repaid", date(2027, 9, 1), {}),
    ):
        take_step(
            fresh(approved), kind, on=on, note="返還", amount_yen=20_000, by=advisor.acting(date(2027, 9, 2)), **more
        )

    assert sums(manager, date(2027, 9, 2))[REPAID, date(2027, 9, 1)] == -20_000
