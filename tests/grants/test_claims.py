"""Freezing a claim, its window, its filing, the decision and the money."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from firms.errors import Refused
from firms.models import JournalEntry
from grants.actions.claims import close_refused, file_claim, freeze_claim, record_decision, record_payment
from grants.actions.statements import add_cost, answer, void_cost
from grants.claims.assessment import assess_claim
from grants.claims.claim_page import departures
from grants.models import Claim, ClaimFiling, Cost, Decision, Payment
from tests.grants.conftest import CLAIM_DAY, fresh, mark


def conditions(outcome):
    return {(found["code"], found["subject"]): found["state"] for found in outcome["conditions"]}


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 2, 10), "訓練が終わった翌日の 2027年2月11日 からできます"),
        (date(2027, 4, 13), "支給申請の期限は 2027年4月12日 でした"),
    ],
    ids=["before", "after"],
)
def test_claim_outside_its_window_is_refused_with_the_date(paid, advisor, day, sentence):
    with pytest.raises(Refused, match=sentence):
        freeze_claim(paid, by=advisor.acting(day))

    assert not Claim.objects.exists()


def test_claim_needs_a_filed_plan(planned, advisor):
    with pytest.raises(Refused, match="計画届を出した後"):
        freeze_claim(planned, by=advisor.acting(CLAIM_DAY))


def test_claim_needs_payments(attended, advisor):
    with pytest.raises(Refused, match="受講料の支払が記録されていません"):
        freeze_claim(attended, by=advisor.acting(CLAIM_DAY))


def test_claim_needs_the_whole_roster(filed, enrolled, manager, advisor):
    mark(enrolled[0], filed.run.lessons.first())
    add_cost(filed, amount_yen=66_000, paid_on=date(2027, 1, 29), payer="firm", by=manager.acting(CLAIM_DAY))

    with pytest.raises(Refused, match="出席の記録がそろっていません"):
        freeze_claim(filed, by=advisor.acting(CLAIM_DAY))


def test_frozen_claim_says_one_truth(frozen):
    claim = frozen.claims.get()

    assert claim.total_yen == 57_000
    assert claim.total_yen == claim.outcome["total"] == sum(line["amount"] for line in claim.outcome["lines"])
    assert {found["state"] for found in claim.outcome["conditions"] if not found["subject"]} == {"met"}


def test_worker_under_the_share_falls_out_with_the_reason(frozen, enrolled):
    claim = frozen.claims.get()
    key = str(enrolled[2].pk)

    (found,) = [c for c in claim.outcome["conditions"] if c["subject"] == key and c["code"] == "attendance"]

    assert (found["state"], found["because"]) == (
        "unmet",
        "出席率 50%（1%未満切捨て）で80%未満のため、支給対象者になりません。",
    )
    assert found["evidence"].count("出席記録") == 2


def test_freezing_again_gives_the_same_version(frozen, advisor):
    assert freeze_claim(frozen, by=advisor.acting(CLAIM_DAY)).number == 1


def test_late_mark_shows_as_departure_and_changes_nothing(frozen, enrolled, advisor):
    claim = frozen.claims.get()
    second = frozen.run.lessons.last()
    mark(enrolled[2], second, corrects=enrolled[2].marks.get(lesson=second), reason="遅れて届いた名簿")

    now = assess_claim(frozen, CLAIM_DAY)

    assert departures(claim, now) == [
        "矢口 太郎さんの受講時間が 6時間（50%）から 12時間（100%）に変わりました。",
        "いまの記録で算定した支給申請額は 85,500円です（確定した額は 57,000円）。",
    ]
    assert frozen.claims.get().total_yen == 57_000


def test_answer_taken_back_shows_as_departure(frozen, manager):
    answer(frozen, "wages_paid", value="no", by=manager.acting(CLAIM_DAY))

    assert departures(frozen.claims.get(), assess_claim(frozen, CLAIM_DAY)) == [
        "要件「訓練時間中の賃金を、割増分を含めて支払った」が満たされなくなりました。",
        "いまの記録で算定した支給申請額は 0円です（確定した額は 57,000円）。",
    ]


def test_recomputing_makes_version_two_and_keeps_the_first(frozen, enrolled, advisor):
    second = frozen.run.lessons.last()
    mark(enrolled[2], second, corrects=enrolled[2].marks.get(lesson=second), reason="遅れて届いた名簿")

    again = freeze_claim(frozen, by=advisor.acting(CLAIM_DAY))

    assert (again.number, again.total_yen) == (2, 85_500)
    assert list(frozen.claims.values_list("number", "total_yen")) == [(1, 57_000), (2, 85_500)]


def test_claim_is_append_only(frozen):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Claim.objects.update(total_yen=1)


def test_claim_number_once(frozen, advisor):
    claim = frozen.claims.get()
    claim.pk = None

    with pytest.raises(IntegrityError, match=r"claim_number_once|UNIQUE"), transaction.atomic():
        claim.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "code", "state", "amounts"),
    [
        ({"no_rebate": "no"}, "no_rebate", "unmet", (24_000, 24_000)),
        ({"no_rebate": "unknown"}, "no_rebate", "unknown", (57_000, 0)),
        ({"premiums_paid": "no"}, "premiums_paid", "unmet", (57_000, 0)),
        ({"first_this_year": "unknown"}, "yearly_limit", "unknown", (57_000, 0)),
    ],
    ids=["rebate", "rebate unknown", "premiums", "other claims unknown"],
)
def test_answers_become_conditions(paid, manager, changes, code, state, amounts):
    for name, value in changes.items():
        answer(paid, name, value=value, by=manager.acting(CLAIM_DAY))

    outcome = assess_claim(paid, CLAIM_DAY).outcome

    assert conditions(outcome)[code, ""] == state
    assert (outcome["total"], outcome["payable_amount"]) == amounts


def test_unpaid_rest_leaves_the_payment_unmet(paid, manager):
    void_cost(paid.costs.get(), by=manager.acting(CLAIM_DAY))
    add_cost(paid, amount_yen=44_000, paid_on=date(2027, 1, 29), payer="firm", by=manager.acting(CLAIM_DAY))

    outcome = assess_claim(paid, CLAIM_DAY).outcome

    assert conditions(outcome)["paid_before_claim", ""] == "unmet"
    assert conditions(outcome)["paid_in_time", ""] == "unknown"


def test_fee_borne_by_a_worker_stops_everything(attended, manager):
    add_cost(attended, amount_yen=66_000, paid_on=date(2027, 1, 29), payer="worker", by=manager.acting(CLAIM_DAY))

    outcome = assess_claim(attended, CLAIM_DAY).outcome

    assert (conditions(outcome)["worker_paid_nothing", ""], outcome["total"]) == ("unmet", 0)


def test_void_twice_is_refused(paid, manager):
    cost = paid.costs.get()
    void_cost(cost, by=manager.acting(CLAIM_DAY))

    with pytest.raises(Refused, match="すでに取り消されています"):
        void_cost(cost, by=manager.acting(CLAIM_DAY))


def test_cost_of_tomorrow_is_refused(case, manager):
    with pytest.raises(Refused, match="まだ来ていません") as refused:
        add_cost(case, amount_yen=1, paid_on=date(2026, 11, 21), payer="firm", by=manager.acting())

    assert refused.value.field == "paid_on"


def test_cost_is_positive(case, manager):
    with pytest.raises(IntegrityError, match="cost_is_positive"), transaction.atomic():
        Cost.objects.create(case=case, amount_yen=0, paid_on=date(2026, 11, 1), recorded_by=manager.person)


def test_filing_needs_a_frozen_claim(paid, advisor):
    with pytest.raises(Refused, match="先に支給申請を確定"):
        file_claim(paid, filed_on=CLAIM_DAY, receipt_number="", by=advisor.acting(CLAIM_DAY))


@pytest.mark.parametrize("filed_on", [date(2027, 2, 10), date(2027, 4, 13)], ids=["before", "after"])
def test_filing_a_claim_outside_its_window_is_refused(frozen, advisor, filed_on):
    with pytest.raises(Refused) as refused:
        file_claim(frozen, filed_on=filed_on, receipt_number="", by=advisor.acting(date(2027, 5, 1)))

    assert refused.value.field == "filed_on"
    assert not ClaimFiling.objects.exists()


def test_filing_meets_the_deadline(claimed):
    assert claimed.state == "claimed"
    assert not claimed.deadlines.open().exists()
    assert claimed.deadlines.get(code="claim").state == "met"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_yen": 0}, "amount_yen"),
        ({"amount_yen": 57_001}, "amount_yen"),
        ({"amount_yen": 30_000}, "reason"),
        ({"is_approved": False, "amount_yen": 0}, "reason"),
        ({"decided_on": date(2027, 2, 1)}, "decided_on"),
        ({"decided_on": date(2027, 6, 1)}, "decided_on"),
    ],
    ids=["nothing", "too much", "less without reason", "refused without reason", "before filing", "not yet"],
)
def test_decision_that_cannot_be_is_refused_at_the_field(claimed, advisor, changes, field):
    given = {
        "decided_on": date(2027, 5, 10),
        "is_approved": True,
        "amount_yen": 57_000,
        "notice_number": "",
        "reason": "",
    }

    with pytest.raises(Refused) as refused:
        record_decision(claimed, by=advisor.acting(date(2027, 5, 12)), **given | changes)

    assert refused.value.field == field
    assert not Decision.objects.exists()


def test_decision_amount_agrees_with_its_answer(claimed, advisor):
    with pytest.raises(IntegrityError, match="decision_amount_agrees"), transaction.atomic():
        Decision.objects.create(
            claim=claimed.claims.get(),
            decided_on=CLAIM_DAY,
            is_approved=False,
            amount_yen=1,
            recorded_by=advisor.person,
        )


def test_payment_is_positive(approved, advisor):
    decision = approved.claims.get().decision

    with pytest.raises(IntegrityError, match="payment_is_positive"), transaction.atomic():
        Payment.objects.create(decision=decision, paid_on=CLAIM_DAY, amount_yen=0, recorded_by=advisor.person)


def test_payment_unlike_the_decision_is_refused(approved, manager):
    with pytest.raises(Refused, match="決定額 57,000円と違います"):
        record_payment(approved, paid_on=date(2027, 6, 1), amount_yen=56_999, by=manager.acting(date(2027, 6, 2)))


def test_payment_closes_the_case_and_the_journal_tells_it_all(approved, manager):
    record_payment(approved, paid_on=date(2027, 6, 1), amount_yen=57_000, by=manager.acting(date(2027, 6, 2)))

    moves = JournalEntry.objects.about(approved).exclude(to_state="").order_by("pk")

    assert fresh(approved).state == "closed"
    assert list(moves.values_list("verb", "to_state")) == [
        ("case.open", "preparing"),
        ("plan.freeze", "planned"),
        ("plan.file", "filed"),
        ("claim.freeze", "claim_ready"),
        ("claim.file", "claimed"),
        ("claim.decide", "approved"),
        ("case.close", "closed"),
    ]


def test_refused_case_is_closed_once_read(claimed, advisor):
    by = advisor.acting(date(2027, 5, 12))
    record_decision(
        claimed,
        decided_on=date(2027, 5, 10),
        is_approved=False,
        amount_yen=0,
        notice_number="19-1",
        reason="価格の疎明がない",
        by=by,
    )

    close_refused(fresh(claimed), by=by)

    assert fresh(claimed).state == "closed"


def test_costs_are_closed_once_claimed(claimed, manager):
    with pytest.raises(Refused, match="支払の記録を変えられません"):
        add_cost(claimed, amount_yen=1, paid_on=date(2027, 1, 1), payer="firm", by=manager.acting(CLAIM_DAY))
