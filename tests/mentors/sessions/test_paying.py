"""Money: what is owed by the rate of the day, the month closed once, corrections as differences, and the file banks take."""

from datetime import date, time

import pytest
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry, Notification
from mentors.actions.certifying.issuing import suspend
from mentors.actions.sessions.paying import close_month, give_account, give_payer_account
from mentors.actions.sessions.ruling import rule_on_log
from mentors.models import BankAccount, Statement, StatementLine
from mentors.models.sessions.rulings import Ruling
from mentors.queries.sessions import flagged_logs, open_carries, owed, unpaid_logs, year_total
from mentors.rules import current_programmes, half_width
from tests.mentors.makers import agreed, certification_of, countersign, craftsman, log, seen_of, visit
from tests.worked import altered

ACCOUNT = {
    "bank": "0001",
    "bank_kana": "トウト",
    "branch": "123",
    "branch_kana": "オオモリ",
    "account_kind": "ordinary",
    "account": "0012345",
    "name_kana": "タクミ タロウ",
}
JANUARY, FEBRUARY = date(2027, 1, 1), date(2027, 2, 1)
PAY_ON = date(2027, 2, 25)


@pytest.fixture
def confirmed(session, manager, master, officer):
    log(session)
    countersign(session, manager)
    give_account(by=master.acting(), **ACCOUNT)
    give_payer_account(
        ward=officer.organisation, by=officer.acting(), code="0000000001", **{**ACCOUNT, "name_kana": "トウトク"}
    )
    return session


@pytest.fixture
def close(officer, clock):
    def closing(month=JANUARY, on=date(2027, 2, 1), pay_on=PAY_ON):
        clock.move_to(f"{on}T10:00+09:00")
        return close_month(officer.organisation, month, pay_on=pay_on, by=officer.acting(on))

    return closing


def test_month_is_closed_with_tax_withheld(confirmed, close, master):
    (made,) = close()

    # 140 minutes at 6,000 yen an hour, and 640 yen handed over: 10.21 % of 14,640 is 1,494.
    assert (made.fee_yen, made.travel_yen, made.withheld_yen, made.paid_yen) == (14_000, 640, 1_494, 13_146)
    assert made.lines.get().because == "2027年1月12日（火）の指導2時間20分 × 1時間6,000円 = 14,000円"
    assert Notification.objects.filter(person=master.person, subject__startswith="謝金のお支払い: 13,146円").exists()


@pytest.mark.parametrize("others", [0, 2])
def test_a_month_is_closed_for_many_in_as_many_queries(
    others, confirmed, close, manager, ward, clock, django_assert_num_queries
):
    """With a letter to each and what was put over: table by table, whoever is paid."""
    for n in range(others):
        clock.move_to("2026-11-20T10:00+09:00")
        who = craftsman(f"他{n}")
        (held_by,) = agreed(manager, certification_of(who, ward, number=f"M{n}", is_listed=True), visit())
        clock.move_to("2027-01-12T18:00+09:00")
        give_account(by=who.acting(), **ACCOUNT)
        log(held_by)
        countersign(held_by, manager)

    with django_assert_num_queries(15):
        made = close()

    assert len(made) == 1 + others
    assert {one.paid_yen for one in made} == {13_146}
    assert Notification.objects.filter(subject__startswith="謝金のお支払い").count() == 1 + others
    assert JournalEntry.objects.filter(verb="statement.close", details={"amount_yen": 13_146}).count() == 1 + others
    assert [one.frozen.facts["lines"][0]["fee_yen"] for one in made] == [14_000] * (1 + others)


def test_month_that_is_not_over_is_not_closed(confirmed, officer):
    with pytest.raises(Refused, match="この月はまだ終わっていません"):
        close_month(officer.organisation, JANUARY, pay_on=PAY_ON, by=officer.acting(date(2027, 1, 31)))


def test_closed_again_pays_nothing_twice(confirmed, close):
    close()

    with pytest.raises(Refused, match="新しく支払うものはありません"):
        close()
    with pytest.raises(Refused, match="新しく支払うものはありません"):
        close(FEBRUARY, on=date(2027, 3, 1), pay_on=date(2027, 3, 25))
    assert StatementLine.objects.count() == 1


def test_what_the_host_has_not_confirmed_is_not_paid(session, master, close):
    log(session)
    give_account(by=master.acting(), **ACCOUNT)

    with pytest.raises(Refused, match="新しく支払うものはありません"):
        close()


def test_without_an_account_nobody_is_paid_and_the_others_are(confirmed, manager, ward, close, clock):
    clock.move_to("2026-11-20T10:00+09:00")
    other = certification_of(craftsman("口座"), ward, number="M2")
    (theirs,) = agreed(manager, other, visit())
    clock.move_to("2027-01-12T18:00+09:00")
    log(theirs)
    countersign(theirs, manager)

    assert [one.mentor for one in close()] == [confirmed.mentor]
    assert unpaid_logs(ward.pk, month=JANUARY).get().session == theirs


def test_a_correction_after_payment_pays_the_difference_later(confirmed, close, manager, clock):
    close()
    log(confirmed, seen=seen_of(confirmed), starts_at=time(12, 40), because="早く始めていた")
    countersign(confirmed, manager)

    (later,) = close(FEBRUARY, on=date(2027, 3, 1), pay_on=date(2027, 3, 25))

    assert (later.fee_yen, later.travel_yen) == (2_000, 0)
    assert "支払い済みの14,640円との差額" in later.lines.get().because
    assert year_total(confirmed.mentor_id, year=2027) == {"fee": 16_000, "travel": 640, "withheld": 1_494 + 204}


def shorten(session, manager):
    """A correction that takes back 6,000 yen of the 14,000 that were paid."""
    log(session, seen=seen_of(session), ends_at=time(14, 30), because="短かった")
    countersign(session, manager)


def test_too_much_paid_is_put_over_as_a_further_row(confirmed, close, manager, ward, master):
    close()
    shorten(confirmed, manager)

    (made,) = close(FEBRUARY, on=date(2027, 3, 1), pay_on=date(2027, 3, 25))

    assert (made.fee_yen, made.travel_yen, made.withheld_yen, made.paid_yen) == (0, 0, 0, 0)
    assert made.lines.get().fee_yen == -6_000
    carry = open_carries(ward.pk).get()
    assert (carry.statement, carry.fee_yen, carry.travel_yen) == (made, 6_000, 0)
    assert carry.because == "戻しが支払いを6,000円上回るため、次の明細に繰り越します"
    assert Notification.objects.filter(person=master.person, subject="謝金の明細: 2027年2月の振込はありません").exists()
    assert year_total(confirmed.mentor_id, year=2027) == {"fee": 14_000, "travel": 640, "withheld": 1_494}


def test_what_was_put_over_is_taken_from_the_next_month(confirmed, held, close, manager, ward, clock):
    clock.move_to("2026-11-20T10:00+09:00")
    (march,) = agreed(manager, held, visit(date(2027, 3, 2)))
    close()
    shorten(confirmed, manager)
    close(FEBRUARY, on=date(2027, 3, 1), pay_on=date(2027, 3, 25))
    clock.move_to("2027-03-02T18:00+09:00")
    log(march)
    countersign(march, manager)

    (made,) = close(date(2027, 3, 1), on=date(2027, 4, 1), pay_on=date(2027, 4, 25))

    taken = made.carries.get()
    assert (taken.fee_yen, taken.travel_yen, taken.takes.statement.month) == (-6_000, 0, FEBRUARY)
    assert taken.because == "2027年2月の明細から繰り越した6,000円の戻し"
    assert (made.fee_yen, made.travel_yen, made.paid_yen) == (8_000, 640, 8_640 - 882)
    assert not open_carries(ward.pk).exists()


def test_a_debt_larger_than_the_next_month_is_put_over_again(confirmed, close, manager, ward):
    close()
    shorten(confirmed, manager)
    (second,) = close(FEBRUARY, on=date(2027, 3, 1), pay_on=date(2027, 3, 25))
    log(confirmed, seen=seen_of(confirmed), ends_at=time(15, 0), because="30分長かった")
    countersign(confirmed, manager)

    (third,) = close(date(2027, 3, 1), on=date(2027, 4, 1), pay_on=date(2027, 4, 25))

    assert [(one.fee_yen, one.takes_id) for one in third.carries.all()] == [
        (-6_000, second.carries.get().pk),
        (3_000, None),
    ]
    assert (third.paid_yen, open_carries(ward.pk).get().fee_yen) == (0, 3_000)


def test_travel_paid_to_the_carrier_is_none_of_the_mentors(session, manager, master, close, officer):
    log(session, is_travel_to_carrier=True)
    countersign(session, manager)
    give_account(by=master.acting(), **ACCOUNT)

    (made,) = close()
    assert (made.travel_yen, made.withheld_yen) == (0, 1_429)


def test_what_is_paid_is_at_most_the_longest_session(session):
    made = log(session, starts_at=time(9, 0), ends_at=time(15, 0), break_minutes=0)

    found = owed(made, before={})
    assert (found.fee_yen, "6時間のうち、1回の上限の3時間まで" in found.because) == (18_000, True)


def test_rate_follows_the_day_of_the_session():
    from dataclasses import replace

    from firms.rules.figures import Tables
    from mentors.rules import fee

    known = current_programmes()
    table = known.by_name["ward"]
    (old,) = table.figures["fee.yen_per_hour"]
    new = replace(old, value=6_600, effective_from=date(2027, 1, 15))
    changed = replace(table, figures=dict(table.figures) | {"fee.yen_per_hour": (old, new)})
    programmes = Tables(dict(known.by_name) | {"ward": changed})

    assert [fee(60, day, programmes=programmes).yen for day in (date(2027, 1, 14), date(2027, 1, 15))] == [6_000, 6_600]
    assert altered(known, "ward", "fee.yen_per_hour", 0, 1) is not known


def test_log_of_a_day_without_certification_is_shown_and_not_paid(session, manager, officer, master, close, ward):
    suspend(session.request.certification, because="調査", by=officer.acting(date(2027, 1, 12)))
    log(session)
    countersign(session, manager)
    give_account(by=master.acting(), **ACCOUNT)

    with pytest.raises(Refused, match="新しく支払うものはありません"):
        close()
    assert flagged_logs(ward.pk).get().session == session


@pytest.fixture
def flagged(session, manager, officer, master):
    """Confirmed by the host, of a day on which the certification was suspended."""
    suspend(session.request.certification, because="調査", by=officer.acting(date(2027, 1, 12)))
    made = log(session)
    countersign(session, manager)
    give_account(by=master.acting(), **ACCOUNT)
    return made


def test_a_flagged_log_is_paid_once_the_ward_has_released_it(flagged, close, officer, master):
    rule_on_log(flagged, Ruling.RELEASED, because="停止の通知が届く前の指導だったため", by=officer.acting())

    (made,) = close()
    assert made.fee_yen == 14_000
    said = Notification.objects.get(person=master.person, subject__startswith="謝金の判断").body
    assert "区が支払うことにしました。理由: 停止の通知が届く前" in said


def test_a_refused_log_is_never_paid_and_is_not_ruled_on_twice(flagged, close, officer, master):
    rule_on_log(flagged, Ruling.REFUSED, because="停止を知っていたため", by=officer.acting())

    with pytest.raises(Refused, match="新しく支払うものはありません"):
        close()
    with pytest.raises(Refused, match="すでに判断されています"):
        rule_on_log(flagged, Ruling.RELEASED, because="やはり", by=officer.acting())
    assert JournalEntry.objects.get(verb="log.refuse").details == {"reason": "停止を知っていたため"}


def test_only_the_telling_that_stands_and_is_flagged_is_ruled_on(flagged, session, manager, officer, held, ward):
    log(session, seen=seen_of(session), topic="直した", because="内容を直した")
    with pytest.raises(Refused, match="この記録は訂正されています"):
        rule_on_log(flagged, Ruling.RELEASED, because="x", by=officer.acting())
    assert flagged_logs(ward.pk).get().number == 2


def test_a_log_of_a_valid_day_needs_no_ruling(session, officer):
    with pytest.raises(Refused, match="判断は要りません"):
        rule_on_log(log(session), Ruling.REFUSED, because="x", by=officer.acting())


def test_ruling_through_the_page(flagged, officer, manager):
    address, desk = reverse("mentors:log_rule", args=[flagged.pk]), officer.client()
    assert "判断する" in desk.get(reverse("mentors:payments")).content.decode()
    assert desk.post(address, {"choice": "released", "because": ""}).status_code == 200

    desk.post(address, {"choice": "refused", "because": "停止中と知っていたため"})

    page = desk.get(reverse("mentors:payments")).content.decode()
    assert ("支払わない" in page, "停止中と知っていたため" in page) == (True, True)
    assert desk.get(address).status_code == 404
    assert manager.client().get(address).status_code == 403


def test_account_with_letters_no_bank_writes_is_refused(master):
    with pytest.raises(Refused, match="「匠」は銀行の半角カナで書けません") as refused:
        give_account(by=master.acting(), **{**ACCOUNT, "name_kana": "匠 タロウ"})
    assert refused.value.field == "name_kana"
    assert not BankAccount.objects.exists()


# --- the file ---


def read_back(content):
    """An independent reader of 総合振込: by byte positions of the form, not by our code."""
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert {len(line) for line in lines} == {120}
    head, *data, trailer, end = [line.decode("cp932") for line in lines]
    assert (head[:4], trailer[0], end[0]) == ("1210", "8", "9")
    payments = [
        {"bank": one[1:5], "branch": one[20:23], "kind": one[42], "account": one[43:50], "name": one[50:80].rstrip()}
        | {"yen": int(one[80:90])}
        for one in data
    ]
    return {"code": head[4:14], "payer": head[14:54].rstrip(), "day": head[54:58]}, payments, trailer


def test_transfer_file_is_read_back_and_agrees_with_the_statements(confirmed, close, officer):
    close()
    answer = officer.client().get(reverse("mentors:transfer", args=["2027-02-25"]))

    head, payments, trailer = read_back(answer.content)
    assert head == {"code": "0000000001", "payer": "ﾄｳﾄｸ", "day": "0225"}
    assert payments == [
        {"bank": "0001", "branch": "123", "kind": "1", "account": "0012345", "name": "ﾀｸﾐ ﾀﾛｳ", "yen": 13_146}
    ]
    assert (int(trailer[1:7]), int(trailer[7:19])) == (1, sum(one.paid_yen for one in Statement.objects.all()))


def test_transfer_file_of_many_agrees_with_each_statement(confirmed, close, officer, manager, ward, clock):
    for n, minutes in enumerate((0, 30)):
        clock.move_to("2026-11-20T10:00+09:00")
        who = craftsman(f"他{n}")
        (held_by,) = agreed(manager, certification_of(who, ward, number=f"M{n}", is_listed=True), visit())
        clock.move_to("2027-01-12T18:00+09:00")
        give_account(by=who.acting(), **{**ACCOUNT, "account": f"100000{n}", "name_kana": f"ホカ {n}"})
        log(held_by, break_minutes=10 + minutes)
        countersign(held_by, manager)
    made = close()

    _head, payments, trailer = read_back(officer.client().get(reverse("mentors:transfer", args=["2027-02-25"])).content)

    paid = {(one["account"], one["name"]): one["yen"] for one in payments}
    assert paid == {(one.account.account, half_width(one.account.name_kana)[0]): one.paid_yen for one in made}
    assert len(set(paid.values())) == 2
    assert (int(trailer[1:7]), int(trailer[7:19])) == (3, sum(one.paid_yen for one in made))


def test_transfer_file_without_the_wards_account_says_so(session, manager, master, close, officer):
    log(session)
    countersign(session, manager)
    give_account(by=master.acting(), **ACCOUNT)
    close()

    answer = officer.client().get(reverse("mentors:transfer", args=["2027-02-25"]), follow=True)
    assert "区の振込元の口座が登録されていません" in answer.content.decode()
    assert officer.client().get(reverse("mentors:transfer", args=["2027-02-26"])).status_code == 404
    assert officer.client().get(reverse("mentors:transfer", args=["soon"])).status_code == 404
