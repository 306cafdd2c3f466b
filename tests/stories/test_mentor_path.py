"""From an application to the money: a retired machinist is certified, trained, asked for, teaches three times and is paid.

And a certification that stops between two sessions: the second log is flagged, and the ward says whether it is paid.
"""

import io
import re
from datetime import date, datetime

import pypdfium2
import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from firms.models import ActionLink, Evidence
from mentors.actions.requesting.planning import agree_to_plan, propose_plan
from mentors.models import Application, Certification, Session, SessionLog, Statement
from tests.factories import TOKYO
from tests.firms.makers import PDF
from tests.mentors.makers import asked, certification_of, countersign, craftsman, log, path_of, sit, visit, vote_all
from tests.mentors.sessions.test_paying import ACCOUNT, read_back
from tests.stories.desk import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAYS = (date(2027, 1, 12), date(2027, 1, 19), date(2027, 1, 26))
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NO_NETWORK = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"


def at_clock(day: date, hour: int) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=TOKYO), tick=True)


@pytest.fixture
def sit_at(browser, browser_context_args, live_server):
    cache.clear()
    return lambda cast, **more: sit_down(browser, browser_context_args | more, base=live_server.url, cast=cast)


def apply(phone):
    """On a telephone, with a proof and somebody who recommends."""
    phone.open("mentors:mine")
    phone.press("認定を申請する")
    phone.fill(
        designation="meister", occupation="machining", qualification="grade_1", qualified_on="1999-09-01",
        teaches="汎用旋盤のねじ切りと段取り", machines="汎用旋盤", area="大田区",
    )  # fmt: skip
    for n, (kind, first) in enumerate((("practice", "2000-04-01"), ("instruction", "2010-04-01"))):
        phone.fill(**{f"s{n}-kind": kind, f"s{n}-place": "（架空）旧勤務先", f"s{n}-first_on": first})
    for name in ("is_willing", "consents"):
        phone.page.locator(f"main [name='{name}']").check()
    phone.page.locator("main form button.btn-lg").first.click()
    phone.sees("基準を満たしています")
    paper = {"name": "合格証書.pdf", "mimeType": "application/pdf", "buffer": PDF}
    phone.page.locator("main input[type=file]").set_input_files(paper)
    phone.press("書類を加える")
    Evidence.objects.update(state="clean", checked_at=datetime.now(TOKYO))
    application = Application.objects.get()
    phone.open("mentors:application", application.pk)
    phone.fill(name="推薦 花子", party="（架空）蒲田精密", email="recommender@example.jp")
    phone.press("推薦")
    return application


def recommend(page, link):
    page.goto(path_of(link))
    page.locator("[name='name']").fill(link.for_name)
    page.locator("[name='tie'][value='customer']").check()
    page.locator("[name='text']").fill("誰よりも丁寧に教える方です。")
    page.locator("[name='is_no_relative']").check()
    page.get_by_role("button", name="推薦する").click()
    expect(page.locator("main")).to_contain_text("推薦しました")


def write_log(phone, *, offline=False):
    """The usual case: a few touches."""
    phone.open("mentors:mine")
    phone.press("記録する")
    phone.fill(method="together", safety="保護めがね、非常停止の位置", travel_yen="640")
    phone.page.get_by_label("この内容に間違いはありません").check()
    if not offline:
        phone.press("記録する")
    else:
        phone.context.set_offline(True)
        phone.page.get_by_role("button", name="記録する").click()
        phone.sees("この端末に保存しました")
        phone.context.set_offline(False)
        phone.page.wait_for_url("**/mentors/sessions/*/", timeout=20_000)
        phone.troubles = [said for said in phone.troubles if said != NO_NETWORK]
    phone.sees("派遣先の確認待ち", "2時間30分")


def text_of(client, name, *args):
    answer = client.get(reverse(f"mentors:{name}", args=args))
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
        return re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in document))


def hand_in(sit_at, master, guest):
    with sit_at(master, **PHONE) as phone:
        application = apply(phone)
        recommend(guest.new_page(), ActionLink.objects.get(purpose="mentors.recommend"))
        guest.close()
        phone.open("mentors:application", application.pk)
        phone.press("提出する")
        phone.sees("提出済み")
    return application


def certify(sit_at, officer, application):
    with sit_at(officer) as desk:
        desk.open("mentors:application", application.pk)
        desk.press("審査会にかける")
        vote_all(application, "approve", "approve", "approve")
        desk.open("mentors:application", application.pk)
        desk.press("結果を確定する")
        desk.sees("審査を通過・講習の修了待ち")
        assert not Certification.objects.exists()
        for training in ("teaching", "remote"):
            desk.page.get_by_text("ほかで修了した講習を記録する").click()
            desk.fill(training=training, completed_on="2026-11-01", place="（架空）東都職業能力開発協会")
            desk.press("修了を記録する")
        desk.sees("認定証を開く")


def ask_for(sit_at, manager):
    with sit_at(manager, **PHONE) as firm:
        firm.open("mentors:request_new")
        firm.fill(
            occupation="machining", need="ねじを切れる人を育てたい", grade="2", people="1", wanted_on="2027-01-12"
        )
        firm.fill(place="東京都大田区架空一丁目1番1号", contact_name="現場 主任")
        firm.page.locator("main [name='is_only_money']").check()
        firm.press("依頼する")
        firm.fill(name="若手 一郎", age_band="20s", years="1")
        firm.press("受講者を加える")
        firm.sees("大田区で指導できます。")
        firm.press("この方と日時を決める")
        for n, day in enumerate(DAYS):
            firm.fill(
                **{f"v{n}-day": str(day), f"v{n}-starts_at": "13:00", f"v{n}-ends_at": "15:30", f"v{n}-topic": "ねじ"}
            )
        firm.press("この計画を送る")
        firm.sees("マイスターの返事待ち")


def take_on(sit_at, master):
    with sit_at(master, **PHONE) as phone:
        phone.open("mentors:mine")
        phone.press("見て返事をする")
        phone.press("この日時で引き受ける")
        phone.open("mentors:account")
        phone.fill(**ACCOUNT)
        phone.press("届け出る")


def teach(sit_at, master, manager):
    for n, day in enumerate(DAYS):
        with at_clock(day, 17), sit_at(master, **PHONE) as phone:
            write_log(phone, offline=n == 1)
        with at_clock(day, 18), sit_at(manager) as firm:
            firm.open("mentors:session", Session.objects.get(number=n + 1).pk)
            firm.press("記録を確かめて署名する")
            firm.page.get_by_label("文書を読み").check()
            firm.press("署名する")
            firm.open("mentors:session", Session.objects.get(number=n + 1).pk)
            firm.sees("確認済み")


def close(sit_at, officer):
    with at_clock(date(2027, 2, 1), 10), sit_at(officer) as desk:
        desk.open("mentors:payer_account")
        desk.fill(code="0000000001", **{**ACCOUNT, "name_kana": "トウトク"})
        desk.press("登録する")
        desk.open("mentors:payments")
        desk.fill(pay_on="2027-02-25")
        desk.press("この月を締める")
        desk.sees("2027年2月25日（木）の総合振込データ（全銀）")
        return officer.client().get(reverse("mentors:transfer", args=["2027-02-25"])).content


def test_from_an_application_to_the_payment_file(sit_at, browser, live_server, officer, manager):
    master, guest = craftsman("匠"), browser.new_context(base_url=live_server.url, locale="ja-JP")
    sit(officer)

    certify(sit_at, officer, hand_in(sit_at, master, guest))
    ask_for(sit_at, manager)
    take_on(sit_at, master)
    teach(sit_at, master, manager)
    content = close(sit_at, officer)

    assert SessionLog.objects.count() == 3
    made = Statement.objects.get()
    _head, payments, _trailer = read_back(content)
    assert [one["yen"] for one in payments] == [made.paid_yen] == [45_000 + 1_920 - 4_790]
    with at_clock(date(2027, 2, 1), 11):
        invoice = text_of(master.client(), "statement_invoice", made.pk)
        report = text_of(manager.client(), "request_report", Session.objects.first().request_id)
    assert ("46,920円" in invoice, "42,130円" in invoice, "3回7時間30分" in report) == (True, True, True)


def test_a_certification_that_stops_between_two_sessions(sit_at, officer, manager, ward):
    master = craftsman("匠")
    held = certification_of(master, ward, is_listed=True)
    propose_plan(asked(manager, ward=ward), held, [visit(day) for day in DAYS[:2]], by=manager.acting())
    agree_to_plan(Session.objects.first().request, by=master.acting())
    first, second = Session.objects.all()
    with at_clock(DAYS[0], 17):
        log(first)
        countersign(first, manager)
    with at_clock(date(2027, 1, 15), 10), sit_at(officer) as desk:
        desk.open("mentors:certification", held.pk)
        desk.fill(**{"suspend-because": "本人の申出により調べるため"})
        desk.press("今日から停止する")
        desk.sees("停止中")

    with at_clock(DAYS[1], 17), sit_at(master, **PHONE) as phone:
        write_log(phone)
        phone.sees("認定が有効でない日の記録です", "「停止中」でした")
    with at_clock(DAYS[1], 18):
        countersign(second, manager)

    with at_clock(date(2027, 2, 1), 10), sit_at(officer) as desk:
        desk.open("mentors:payments")
        desk.sees("認定が有効でない日の記録", "停止中")
        desk.press("判断する")
        desk.page.locator("main [name='choice'][value='refused']").check()
        desk.fill(because="停止の通知のあとの指導だったため")
        desk.press("判断を記録する")
        desk.sees("支払わない", "停止の通知のあとの指導だったため")
    with at_clock(date(2027, 2, 1), 11), sit_at(master, **PHONE) as phone:
        phone.open("mentors:session", second.pk)
        phone.sees("区の判断：支払わない")
