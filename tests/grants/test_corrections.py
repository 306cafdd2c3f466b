"""Filings, decisions and payments are put right within the bounds they were recorded in; nothing before is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.errors import Refused
from firms.models import Correction, JournalEntry
from grants.actions.claims import record_payment
from grants.actions.corrections import (
    correct_channel,
    correct_claim_filing,
    correct_decision,
    correct_payment,
    correct_plan_filing,
    recorded,
)
from grants.actions.plans import file_plan
from grants.models import Channel, ClaimFiling, Decision, Payment, PlanFiling
from grants.subjects import Training
from tests.grants.conftest import FILED_ON, fresh

DAY = date(2027, 5, 20)
DECISION = {"decided_on": date(2027, 5, 10), "is_approved": True, "amount_yen": 57_000, "notice_number": "18-1"}


@pytest.fixture
def closed(approved, advisor):
    record_payment(approved, paid_on=date(2027, 5, 14), amount_yen=57_000, by=advisor.acting(DAY))
    return fresh(approved)


def plan_filing(case, advisor, **given):
    values = {"filed_on": FILED_ON, "receipt_number": "東リ-8-132", "reason": "控えの番号"} | given
    correct_plan_filing(case, by=advisor.acting(DAY), **values)
    return recorded(case, "plan")


def claim_filing(case, advisor, day):
    correct_claim_filing(case, filed_on=day, receipt_number="", reason="受付印", by=advisor.acting(DAY))
    return recorded(case, "claim")


def decision(case, advisor, **given):
    correct_decision(case, by=advisor.acting(DAY), **{**DECISION, "reason": "", "why": "通知書", **given})
    return recorded(case, "decision")


def test_receipt_number_is_put_right_and_the_old_one_kept(filed, advisor):
    assert plan_filing(filed, advisor).receipt_number == "東リ-8-132"

    kept = Correction.objects.get()
    assert (kept.field, kept.before, kept.after, kept.reason) == (
        "receipt_number",
        "東リ-8-123",
        "東リ-8-132",
        "控えの番号",
    )
    entry = JournalEntry.objects.about(filed).get(verb="record.correct")
    assert ("訂正", "計画届受付番号：東リ-8-123 → 東リ-8-132") in entry.told


def test_filing_day_stays_within_the_window_of_the_plan(filed, advisor):
    first = date.fromisoformat(recorded(filed, "plan").plan.facts["plan_window"]["first"])

    assert plan_filing(filed, advisor, filed_on=first).filed_on == first
    with pytest.raises(Refused, match="計画届を出せるのは"):
        plan_filing(filed, advisor, filed_on=date(first.year, first.month, first.day - 1))


@pytest.fixture
def other_forms_before(monkeypatch):
    """Until the day before FILED_ON the forms of another edition held."""
    here = Training.edition_on
    monkeypatch.setattr(
        Training,
        "edition_on",
        lambda self, day: replace(here(self, day), name="R7.9") if day < FILED_ON else here(self, day),
    )


def test_filing_day_does_not_move_to_one_of_other_forms(filed, advisor, other_forms_before):
    with pytest.raises(Refused, match="の様式が当たりますが、提出した計画は") as refused:
        plan_filing(filed, advisor, filed_on=FILED_ON - timedelta(1))

    assert refused.value.field == "filed_on"
    assert recorded(filed, "plan").filed_on == FILED_ON
    assert plan_filing(filed, advisor, filed_on=FILED_ON + timedelta(1)).filed_on == FILED_ON + timedelta(1)


@pytest.fixture
def on_paper(planned, advisor):
    file_plan(planned, filed_on=FILED_ON, receipt_number="1", channel="paper", by=advisor.acting(FILED_ON))
    return fresh(planned)


def test_way_of_filing_is_put_right_behind_a_row_with_its_reason(on_paper, advisor):
    correct_channel(on_paper, way="electronic", reason="ポータルの控えがある", by=advisor.acting(DAY))
    correct_channel(on_paper, way="electronic", reason="もう一度", by=advisor.acting(DAY))

    kept = Correction.objects.get()
    assert (kept.before, kept.after, kept.reason) == ("paper", "electronic", "ポータルの控えがある")
    assert recorded(on_paper, "channel").way == "electronic"
    entry = JournalEntry.objects.about(on_paper).get(verb="record.correct")
    assert ("訂正", "提出の方法：紙（持参・郵送） → 電子申請（雇用関係助成金ポータル）") in entry.told


def test_way_of_filing_needs_a_reason_and_stands_without_one(on_paper, advisor):
    with pytest.raises(Refused, match="訂正の理由を入力"):
        correct_channel(on_paper, way="electronic", reason=" ", by=advisor.acting(DAY))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Channel.objects.filter(case=on_paper).update(way="electronic")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Channel.objects.filter(case=on_paper).delete()


def test_way_that_was_never_told_cannot_be_put_right(filed, advisor):
    address = reverse("grants:correct", args=[filed.pk, "channel"])
    assert address not in advisor.client().get(reverse("grants:case", args=[filed.pk])).content.decode()
    with pytest.raises(Refused, match="まだ記録されていない"):
        correct_channel(filed, way="paper", reason="控え", by=advisor.acting(DAY))
    assert advisor.client().get(reverse("grants:correct", args=[filed.pk, "channel"])).status_code == 404


def test_way_is_put_right_on_its_page(on_paper, advisor, stranger):
    address = reverse("grants:correct", args=[on_paper.pk, "channel"])
    page = advisor.client().get(reverse("grants:case", args=[on_paper.pk])).content.decode()
    sent = advisor.client().post(address, {"way": "electronic", "why": "控え"})

    assert f'href="{address}"' in page
    assert (sent.status_code, recorded(on_paper, "channel").way) == (302, "electronic")
    assert stranger.client().post(address, {"way": "paper", "why": "控え"}).status_code == 404


@pytest.mark.parametrize(("day", "holds"), [(14, False), (15, True)])
def test_claim_cannot_have_arrived_before_its_version(claimed, advisor, day, holds):
    if holds:
        assert claim_filing(claimed, advisor, date(2027, 2, day)).filed_on == date(2027, 2, day)
    else:
        with pytest.raises(Refused, match="第1版は 2027年2月15日 に確定した"):
            claim_filing(claimed, advisor, date(2027, 2, day))


def test_claim_cannot_have_arrived_after_the_decision(approved, advisor):
    Decision.objects.get()
    decision(approved, advisor, decided_on=date(2027, 2, 20))

    claim_filing(approved, advisor, date(2027, 2, 20))
    with pytest.raises(Refused, match="決定日 2027年2月20日 より後"):
        claim_filing(approved, advisor, date(2027, 2, 21))


def test_decision_put_right_turns_the_case_and_back(approved, advisor):
    decision(approved, advisor, is_approved=False, amount_yen=0, reason="要件を満たさない")
    assert fresh(approved).state == "refused"

    row = decision(approved, advisor)

    assert fresh(approved).state == "approved"
    assert (row.is_approved, row.amount_yen) == (True, 57_000)
    assert Correction.objects.of(row).filter(field="amount_yen").count() == 2


def test_decision_that_was_paid_stays_approved_and_before_the_payment(closed, advisor):
    with pytest.raises(Refused, match="入金が記録されているため"):
        decision(closed, advisor, is_approved=False, amount_yen=0, reason="要件")
    with pytest.raises(Refused, match="入金日 2027年5月14日 より後"):
        decision(closed, advisor, decided_on=date(2027, 5, 15))
    assert decision(closed, advisor, decided_on=date(2027, 5, 14)).decided_on == date(2027, 5, 14)


def test_payment_follows_the_decision_put_right(closed, advisor):
    decision(closed, advisor, amount_yen=56_000, reason="減額")
    told = {"paid_on": date(2027, 5, 14), "reason": "通帳", "by": advisor.acting(DAY)}

    with pytest.raises(Refused, match="決定額 56,000円と違います"):
        correct_payment(closed, amount_yen=57_000, **told)
    correct_payment(closed, amount_yen=56_000, **told)

    assert Payment.objects.get().amount_yen == 56_000
    with pytest.raises(Refused, match="入金日が決定日より前"):
        correct_payment(closed, amount_yen=56_000, **{**told, "paid_on": date(2027, 5, 9)})


@pytest.mark.parametrize("model", [PlanFiling, ClaimFiling, Decision, Payment])
def test_without_a_correction_nothing_changes_and_nothing_goes(closed, model):
    column = {"receipt_number": "別"} if hasattr(model, "receipt_number") else {"amount_yen": 1}

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.update(**column)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_an_old_correction_opens_no_second_change(filed, advisor):
    plan_filing(filed, advisor)
    plan_filing(filed, advisor, receipt_number="東リ-8-123")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PlanFiling.objects.update(receipt_number="東リ-8-132")


def test_page_shows_what_stands_and_what_stood(closed, advisor):
    client, address = advisor.client(), reverse("grants:correct", args=[closed.pk, "decision"])

    page = client.get(address)
    assert page.context["form"].initial["is_approved"] == "yes"
    answer = client.post(
        address,
        {
            "decided_on": "2027-05-10",
            "is_approved": "yes",
            "amount_yen": "５６，０００円",
            "reason": "減額",
            "why": "誤読",
        },
    )

    assert answer.status_code in (200, 302)
    told = client.get(address).content.decode()
    assert ("決定額（円）: 57,000円 → 56,000円" in told) == (answer.status_code == 302)


@pytest.mark.parametrize("what", ["plan", "claim", "decision", "payment"])
def test_pages_open_for_those_who_apply_alone(what, closed, advisor, trainee, stranger):
    address = reverse("grants:correct", args=[closed.pk, what])

    assert advisor.client().get(address).status_code == 200
    assert stranger.client().get(address).status_code == 404
    assert trainee.client().get(address).status_code == 404


@pytest.mark.parametrize("what", ["claim", "decision", "payment", "nonsense"])
def test_nothing_recorded_is_no_page(what, filed, advisor):
    assert advisor.client().get(reverse("grants:correct", args=[filed.pk, what])).status_code == 404
