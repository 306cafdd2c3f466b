"""The pages of sessions: the log on a phone, kept without a network and sent once, money, strangers, and cheap lists."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from firms.models import JournalEntry
from mentors.actions.requesting.asking import name_learner
from mentors.actions.requesting.moving import agree_to_move, ask_move
from mentors.actions.sessions.messages import write_message
from mentors.actions.sessions.photos import add_photo
from mentors.models import BankAccount, LogAttendance, SessionLog, Statement
from tests.mentors.makers import agreed, certification_of, countersign, craftsman, log, seen_of, telling, visit
from tests.mentors.sessions.test_paying import ACCOUNT
from tests.mentors.sessions.test_photos import picture


@pytest.mark.parametrize("corrections", [0, 2])
def test_a_session_with_everything_asks_ten_times(
    corrections, session, master, manager, django_assert_num_queries, clock
):
    """A move, messages, photographs, learners and tellings: once each, however many there are."""
    clock.move_to("2026-12-01T10:00+09:00")
    agree_to_move(
        ask_move(session, visit(date(2027, 1, 11)), because="機械の都合", by=manager.acting()), by=master.acting()
    )
    clock.move_to("2027-01-12T18:00+09:00")
    session.refresh_from_db()
    log(session)
    for n in range(corrections):
        log(session, seen=seen_of(session), comment=f"直し {n}", because="書き忘れ")
    for n in range(1 + corrections):
        write_message(session, f"連絡 {n}", by=master.acting())
        photo = picture(["red", "blue", "green"][n])
        add_photo(session, photo, caption=f"写真 {n}", people=["若手 一郎", "見学 花子"], by=master.acting())
    client = master.client()
    client.get(address(session, "session"))

    with django_assert_num_queries(10):
        page = client.get(address(session, "session")).content.decode()

    assert all(
        word in page for word in ("日時を変更：機械の都合", "連絡 0", "写真 0", "見学 花子", "若手 一郎", "確認待ち")
    )


def posted(session, **given):
    """As the page sends it; an unticked box and an empty field are not there."""
    told = {name: value for name, value in telling(session).items() if value is not None and value is not False}
    told |= {name: f"{value:%H:%M}" for name, value in told.items() if hasattr(value, "hour")}
    return {**told, "signs": "on", "seen_facts": "", **given}


def address(session, name="log"):
    return reverse(f"mentors:{name}", args=[session.pk])


def test_log_is_written_with_a_few_touches(session, master, manager):
    client = master.client()
    assert "記録を待っている実技指導" in client.get(reverse("mentors:mine")).content.decode()
    page = client.get(address(session)).content.decode()
    assert all(word in page for word in ('value="13:00"', 'value="15:30"', "ねじ切り", "若手 一郎", "data-offline"))

    answer = client.post(address(session), posted(session))

    assert answer.url == address(session, "session")
    shown = client.get(answer.url).content.decode()
    assert ("2時間20分" in shown, "確認待ち" in shown) == (True, True)
    assert "記録を確かめて署名する" in manager.client().get(answer.url).content.decode()


@pytest.mark.parametrize("further", [0, 2])
def test_saving_a_log_asks_as_often_however_many_were_taught(
    session, master, manager, further, clock, django_assert_num_queries
):
    """With the host's desk told and a letter to the site: each is written once, and nothing is read twice."""
    clock.move_to("2026-12-01T10:00+09:00")
    for n in range(further):
        name_learner(session.request, name=f"新人 {n}", age_band="20s", years=1, role="旋盤", by=manager.acting())
    clock.move_to("2027-01-12T18:00+09:00")
    client, told = master.client(), posted(session)
    client.get(address(session))

    with django_assert_num_queries(40):
        assert client.post(address(session), told).status_code == 302

    assert LogAttendance.objects.count() == 2 + further
    verbs = JournalEntry.objects.filter(verb__startswith="session.").values_list("verb", "from_state", "to_state")
    assert list(verbs) == [("session.log", "planned", "logged")]


def test_log_without_a_signature_or_safety_is_not_taken(session, master):
    for missing in ({"signs": ""}, {"safety": "", "briefing": []}):
        assert master.client().post(address(session), posted(session, **missing)).status_code == 200
    assert not SessionLog.objects.exists()


def test_a_kept_log_is_sent_once_from_a_dead_spot(session, master):
    client, mark = master.client(), str(uuid4())
    told = posted(session, once_mark=mark)
    kept = {"headers": {"X-Kept-Form": "1", "X-Typed-Ago": "3600"}}

    first = client.post(address(session), told, **kept)
    second = client.post(address(session), told, **kept)

    assert [(one.status_code, one["X-Answer-Kind"]) for one in (first, second)] == [(204, "taken")] * 2
    made = SessionLog.objects.get()
    assert (made.came_late, round((made.arrived_at - made.typed_at).total_seconds())) == (True, 3600)
    assert "電波がなく、あとから届いた" in client.get(address(session, "session")).content.decode()


def test_two_tellings_are_shown_side_by_side_and_a_person_chooses(session, master):
    client = master.client()
    client.post(address(session), posted(session))

    late = {"headers": {"X-Kept-Form": "1", "X-Typed-Ago": "7200"}}
    answer = client.post(address(session), posted(session, topic="端末に残っていた入力"), **late)

    page = answer.content.decode()
    assert (answer.status_code, "ねじ切り" in page, "端末に残っていた入力" in page) == (409, True, True)
    seen = page.split('name="seen_facts" value="')[1].split('"')[0]
    typed_at = page.split('name="typed_at" value="')[1].split('"')[0]
    chosen = posted(session, topic="端末に残っていた入力", seen_facts=seen, typed_at=typed_at)
    assert client.post(address(session), chosen).status_code == 302
    assert SessionLog.objects.current().get().topic == "端末に残っていた入力"


def test_correction_through_the_page_says_why_and_shows_both(session, master):
    log(session)
    client = master.client()
    page = client.get(address(session)).content.decode()
    seen = page.split('name="seen_facts" value="')[1].split('"')[0]
    told = posted(session, seen_facts=seen, topic="ねじ切りと面取り")

    assert "訂正の理由を書いてください" in client.post(address(session), told).content.decode()
    client.post(address(session), {**told, "because": "内容を足した"})

    shown = client.get(address(session, "session")).content.decode()
    assert all(word in shown for word in ("内容を足した", "訂正する前の記録", "ねじ切りと面取り"))


def test_flagged_log_says_so_on_its_page(session, master, officer):
    from datetime import date

    from mentors.actions.certifying.issuing import suspend

    suspend(session.request.certification, because="調査", by=officer.acting(date(2027, 1, 12)))
    log(session)

    assert "認定が有効でない日の記録です" in master.client().get(address(session, "session")).content.decode()
    assert "認定が有効でない日の記録" in officer.client().get(reverse("mentors:payments")).content.decode()


def test_month_is_paid_through_the_pages(session, master, manager, officer, clock):
    log(session)
    countersign(session, manager)
    assert master.client().post(reverse("mentors:account"), {**ACCOUNT, "name_kana": "匠"}).status_code == 200
    told = {**ACCOUNT, "bank": "１", "account": "12345", "name_kana": "たくみ たろう"}
    master.client().post(reverse("mentors:account"), told)
    assert (BankAccount.objects.get().bank, BankAccount.objects.get().account) == ("0001", "0012345")
    clock.move_to("2027-02-01T10:00+09:00")
    desk = officer.client()
    desk.post(reverse("mentors:payer_account"), {**ACCOUNT, "code": "1", "name_kana": "トウトク"})
    page = desk.get(reverse("mentors:payments")).content.decode()
    assert ("2027年1月の謝金" in page, "14,000円" in page) == (True, True)

    desk.post(reverse("mentors:month_close"), {"month": "2027-01", "pay_on": "2027-02-25"})

    made = Statement.objects.get()
    assert "総合振込データ" in desk.get(reverse("mentors:payments"), {"month": "2027-01"}).content.decode()
    assert desk.get(reverse("mentors:transfer", args=["2027-02-25"])).content.startswith(b"1210")
    own = master.client().get(reverse("mentors:statements")).content.decode()
    assert ("13,146円" in own, "1,494円" in own) == (True, True)
    assert "2時間20分" in master.client().get(reverse("mentors:statement", args=[made.pk])).content.decode()


@pytest.mark.parametrize("month", ["2027-13", "soon", "0000-01", "2027-1", "\x00"])
def test_a_month_that_is_none_is_the_last_one(month, officer):
    page = officer.client().get(reverse("mentors:payments"), {"month": month}).content.decode()
    assert "2026年10月の謝金" in page


def test_month_without_anything_to_pay_says_so(officer):
    answer = officer.client().post(reverse("mentors:month_close"), {"month": "2026-10", "pay_on": "2026-11-25"})
    assert answer.status_code == 200


def test_nothing_of_one_opens_for_another(session, manager, master, stranger, another, coordinator, trainee, officer):
    log(session)
    countersign(session, manager)
    one, two = address(session), address(session, "session")

    for who in (stranger, another, coordinator, trainee):
        client = who.client()
        assert [client.get(one).status_code, client.post(one).status_code, client.get(two).status_code] == [404] * 3
    assert manager.client().post(one, posted(session)).status_code == 403
    for name in ("payments", "payer_account"):
        assert [who.client().get(reverse(f"mentors:{name}")).status_code for who in (master, manager)] == [403, 403]
    assert manager.client().get(reverse("mentors:transfer", args=["2027-02-25"])).status_code == 403
    assert manager.client().post(reverse("mentors:month_close")).status_code == 403


def test_statement_is_its_mentors_and_the_wards(session, master, another, manager, officer):
    from tests.mentors.sessions.test_constraints import statement

    made = statement(session)
    shown = reverse("mentors:statement", args=[made.pk])
    assert [who.client().get(shown).status_code for who in (master, officer, another, manager)] == [200, 200, 404, 404]


def count(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_ask_as_often_for_three_as_for_one(session, held, master, manager, officer, ward, clock):
    log(session)
    countersign(session, manager)
    pages = [(master, "sessions"), (manager, "sessions"), (officer, "payments"), (master, "mine")]
    before = [count(who.client(), reverse(f"mentors:{name}")) for who, name in pages]
    clock.move_to("2026-11-20T10:00+09:00")
    more = agreed(manager, held, visit(start="09:00", end="10:00"), visit(start="10:00", end="11:00"))
    other = agreed(manager, certification_of(craftsman("二"), ward, number="M2"), visit())
    clock.move_to("2027-01-12T18:00+09:00")
    for one in (*more, *other):
        log(one)
        countersign(one, manager)

    assert [count(who.client(), reverse(f"mentors:{name}")) for who, name in pages] == before
    assert before == [6, 6, 10, 10]
