"""Payments are held to the training they are said to be for: not years before it, and no yen too much."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from courses.terms import Terms
from firms.errors import Refused
from grants.actions.statements import add_cost, void_cost
from tests.grants.conftest import CLAIM_DAY


def pay(case, manager, *, yen=22_000, on=date(2027, 1, 29)):
    return add_cost(case, amount_yen=yen, paid_on=on, payer="firm", by=manager.acting(CLAIM_DAY))


def test_a_year_before_the_first_day_is_the_earliest(filed, manager):
    pay(filed, manager, on=date(2026, 2, 3))

    with pytest.raises(Refused, match="その1年より前の 2026年2月2日 の支払は記録できません") as refused:
        pay(filed, manager, on=date(2026, 2, 2))

    assert refused.value.field == "paid_on"
    assert filed.costs.count() == 1


def test_payment_of_1999_is_refused_on_the_page(filed, manager):
    answer = manager.client().post(
        reverse("grants:costs", args=[filed.pk]), {"amount_yen": "22000", "paid_on": "1999-01-01", "payer": "firm"}
    )

    assert "その1年より前の 1999年1月1日" in answer.content.decode()
    assert filed.costs.count() == 0


def test_no_yen_more_than_owed(filed, manager):
    pay(filed, manager, yen=65_500)

    with pytest.raises(Refused, match="合わせて 66,001円になり、受講料と教材費の合計 66,000円を超えます") as refused:
        pay(filed, manager, yen=501)
    pay(filed, manager, yen=500)

    assert refused.value.field == "amount_yen"
    assert [cost.amount_yen for cost in filed.costs.all()] == [65_500, 500]


def test_a_textbook_bought_apart_may_be_paid_for(filed, manager, monkeypatch):
    terms = type(filed.run.enrolments.first()).terms
    monkeypatch.setattr(terms, "func", lambda one: replace(Terms.kept(one.terms_kept), textbook_yen=3_000))

    pay(filed, manager, yen=75_000)

    with pytest.raises(Refused, match="75,001円"):
        pay(filed, manager, yen=1)


def test_what_was_taken_back_counts_no_more(filed, manager):
    void_cost(pay(filed, manager, yen=66_000), by=manager.acting(CLAIM_DAY))

    assert pay(filed, manager, yen=66_000).amount_yen == 66_000


def test_a_fee_lowered_since_leaves_what_was_promised(filed, manager):
    type(filed.run).objects.filter(pk=filed.run_id).update(fee_yen=1)
    filed.refresh_from_db()

    assert pay(filed, manager, yen=66_000).amount_yen == 66_000
