"""After filing: 補正, 取下げ and 返還 with their days, their papers and what they do to the case."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry
from grants.actions.claims import record_decision, record_payment
from grants.actions.steps import may_take, steps_open, take_step, void_step
from grants.models import OfficeStep
from tests.grants.conftest import fresh

ASKED, DUE, DAY = date(2027, 3, 10), date(2027, 4, 20), date(2027, 3, 25)


def step(case, kind, who, *, on=ASKED, today=DAY, **given):
    take_step(fresh(case), kind, on=on, note=given.pop("note", "賃金台帳の不足"), by=who.acting(today), **given)
    return fresh(case)


@pytest.fixture
def amending(claimed, advisor):
    return step(claimed, "amend_asked", advisor, due_on=DUE)


@pytest.fixture
def closed(approved, advisor):
    record_payment(approved, paid_on=date(2027, 5, 14), amount_yen=57_000, by=advisor.acting(date(2027, 5, 20)))
    return fresh(approved)


def test_amendment_asked_for_sets_its_deadline_and_the_next_step(amending, advisor):
    row = amending.deadlines.open().get()

    assert (amending.state, row.code, row.last_on) == ("amending", "amend", DUE)
    assert "賃金台帳の不足" in row.because
    page = advisor.client().get(reverse("grants:case", args=[amending.pk])).content.decode()
    assert "補正を労働局へ出す" in page


def test_amendment_handed_in_meets_its_deadline(amending, advisor):
    case = step(amending, "amended", advisor, on=date(2027, 3, 20))

    assert (case.state, case.deadlines.open().count()) == ("claimed", 0)
    assert case.deadlines.get(code="amend").state == "met"
    assert JournalEntry.objects.about(case).filter(verb="amend.answer").exists()


@pytest.mark.parametrize(("on", "holds"), [(date(2027, 3, 9), False), (date(2027, 3, 10), True)])
def test_amendment_is_not_handed_in_before_it_was_asked_for(amending, advisor, on, holds):
    if holds:
        assert step(amending, "amended", advisor, on=on).state == "claimed"
    else:
        with pytest.raises(Refused, match="補正の求めの日 2027年3月10日 より前"):
            step(amending, "amended", advisor, on=on)


@pytest.mark.parametrize(("on", "holds"), [(date(2027, 2, 15), False), (date(2027, 2, 16), True)])
def test_nothing_is_asked_for_before_the_claim_was_filed(claimed, advisor, on, holds):
    if holds:
        assert step(claimed, "amend_asked", advisor, on=on, due_on=DUE).state == "amending"
    else:
        with pytest.raises(Refused, match="支給申請の日 2027年2月16日 より前"):
            step(claimed, "amend_asked", advisor, on=on, due_on=DUE)


def test_days_to_come_and_days_in_the_wrong_order_are_refused(claimed, advisor):
    with pytest.raises(Refused, match="まだ来ていません"):
        step(claimed, "amend_asked", advisor, on=date(2027, 3, 26), due_on=DUE)
    with pytest.raises(Refused, match="期限が、求められた日より前"):
        step(claimed, "amend_asked", advisor, due_on=date(2027, 3, 9))
    with pytest.raises(Refused, match="期限を入力してください"):
        step(claimed, "amend_asked", advisor)
    assert step(claimed, "amend_asked", advisor, due_on=ASKED).state == "amending"


def test_amending_case_can_be_refused_but_not_approved(amending, advisor):
    told = {"decided_on": DAY, "notice_number": "", "by": advisor.acting(DAY)}

    with pytest.raises(Refused, match="補正の提出がまだ記録されていません"):
        record_decision(amending, is_approved=True, amount_yen=57_000, reason="", **told)
    record_decision(amending, is_approved=False, amount_yen=0, reason="補正なし", **told)

    assert fresh(amending).state == "refused"


def test_claim_taken_back_ends_the_case(claimed, advisor):
    case = step(claimed, "withdrawn", advisor, note="対象者の誤り")

    assert (case.state, steps_open(case)) == ("withdrawn", [])
    assert "支給申請を取り下げました" in advisor.client().get(reverse("grants:case", args=[case.pk])).content.decode()


def test_repaying_takes_a_payment_first(approved, closed, advisor):
    assert "repay_asked" in steps_open(closed)


def test_nothing_is_repaid_that_was_not_paid(approved):
    assert not may_take(approved, "repay_asked")


def test_repaying_follows_the_amount_that_was_asked_for(closed, advisor):
    today = date(2027, 9, 1)
    case = step(
        closed, "repay_asked", advisor, on=date(2027, 8, 1), due_on=date(2027, 8, 31), amount_yen=10_000, today=today
    )
    assert (case.state, case.deadlines.open().get().code) == ("repaying", "repay")

    with pytest.raises(Refused, match="求められた額 10,000円と違います"):
        step(case, "repaid", advisor, on=date(2027, 8, 20), amount_yen=9_999, today=today)
    case = step(case, "repaid", advisor, on=date(2027, 8, 20), amount_yen=10_000, today=today)

    assert (case.state, case.deadlines.open().count()) == ("repaid", 0)


def test_repaying_needs_an_amount(closed, advisor):
    with pytest.raises(Refused, match="額を入力してください"):
        step(closed, "repay_asked", advisor, on=date(2027, 8, 1), due_on=date(2027, 8, 31), today=date(2027, 9, 1))


@pytest.mark.parametrize("kind", OfficeStep.Kind.values)
def test_no_step_before_the_claim_is_out(kind, frozen, advisor):
    assert steps_open(frozen) == []
    with pytest.raises(Refused, match="いまの状態（支給申請を確定）では記録できません"):
        step(frozen, kind, advisor, due_on=DUE, amount_yen=1)
    answer = advisor.client().get(reverse("grants:step", args=[frozen.pk, kind]))
    assert answer.status_code == 302


def test_the_page_takes_a_step_with_its_paper(claimed, advisor, stranger):
    address = reverse("grants:step", args=[claimed.pk, "amend_asked"])

    assert advisor.client().get(address).status_code == 200
    assert stranger.client().get(address).status_code == 404
    refused = advisor.client().post(address, {"on": "2027-03-10", "due_on": "2027-03-01", "note": "不足"})

    assert refused.status_code == 200
    assert OfficeStep.objects.count() == 0
    assert advisor.client().get(reverse("grants:step", args=[claimed.pk, "nonsense"])).status_code == 404


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"kind": "amend_asked", "due_on": date(2027, 3, 9)}, "step_due_after_asked"),
        ({"kind": "amend_asked"}, "step_asked_has_a_due_day"),
        ({"kind": "withdrawn", "due_on": DUE}, "step_asked_has_a_due_day"),
        ({"kind": "repaid"}, "step_repaying_has_an_amount"),
        ({"kind": "withdrawn", "amount_yen": 1}, "step_repaying_has_an_amount"),
    ],
)
def test_constraints(values, name, claimed, advisor):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        OfficeStep.objects.create(case=claimed, on=ASKED, note="不足", recorded_by=advisor.person, **values)


def test_steps_are_append_only(amending):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        OfficeStep.objects.update(note="別")


@pytest.mark.parametrize("amended", [False, True], ids=["waiting", "amending"])
def test_a_claim_taken_back_by_mistake_stands_again_where_it_stood(amended, claimed, advisor):
    if amended:
        step(claimed, "amend_asked", advisor, due_on=DUE)
    case = step(claimed, "withdrawn", advisor)

    answer = advisor.client().post(reverse("grants:step_void", args=[case.pk]), {"reason": "別の案件だった"})

    case = fresh(case)
    assert (answer.status_code, case.state) == (302, "amending" if amended else "claimed")
    assert case.deadlines.open().count() == amended
    page = advisor.client().get(reverse("grants:case", args=[case.pk])).content.decode()
    assert "取消済み" in page
    assert "別の案件だった" in page


def test_repaying_taken_back_leaves_no_deadline(closed, advisor):
    today = date(2027, 9, 1)
    case = step(
        closed, "repay_asked", advisor, on=date(2027, 8, 1), due_on=date(2027, 8, 31), amount_yen=10_000, today=today
    )

    void_step(case, reason="誤り", by=advisor.acting(today))

    assert (fresh(case).state, case.deadlines.open().count()) == ("closed", 0)
    case = step(
        case, "repay_asked", advisor, on=date(2027, 8, 2), due_on=date(2027, 8, 31), amount_yen=9_000, today=today
    )
    assert (case.state, case.deadlines.open().get().event_on) == ("repaying", date(2027, 8, 2))


def test_a_step_is_taken_back_once_with_a_reason_and_before_the_decision(amending, advisor):
    with pytest.raises(Refused, match="取り消す理由"):
        void_step(amending, reason=" ", by=advisor.acting(DAY))
    void_step(amending, reason="誤り", by=advisor.acting(DAY))
    with pytest.raises(Refused, match="取り消せる記録がありません"):
        void_step(amending, reason="誤り", by=advisor.acting(DAY))


def test_steps_taken_back_leave_room_for_the_right_one(amending, advisor):
    void_step(amending, reason="日付の誤り", by=advisor.acting(DAY))

    case = step(amending, "amend_asked", advisor, on=date(2027, 3, 11), due_on=DUE)

    assert [row.on for row in case.office_steps.held()] == [date(2027, 3, 11)]
    assert advisor.client().get(reverse("grants:step_void", args=[case.pk])).status_code == 200


def test_repaying_taken_back_after_an_amendment_stands_closed(claimed, advisor):
    step(claimed, "amend_asked", advisor, due_on=DUE)
    step(claimed, "amended", advisor, on=date(2027, 3, 20))
    told = {"decided_on": date(2027, 5, 10), "is_approved": True, "amount_yen": 57_000, "notice_number": ""}
    record_decision(fresh(claimed), reason="", by=advisor.acting(date(2027, 5, 20)), **told)
    record_payment(fresh(claimed), paid_on=date(2027, 5, 14), amount_yen=57_000, by=advisor.acting(date(2027, 5, 20)))
    today = date(2027, 9, 1)
    given = {"on": date(2027, 8, 1), "due_on": date(2027, 8, 31), "amount_yen": 10_000}
    case = step(claimed, "repay_asked", advisor, today=today, **given)

    void_step(case, reason="誤り", by=advisor.acting(today))

    assert fresh(case).state == "closed"
