"""A マイスター answers, teaches and writes it down on a telephone without a network; the firm countersigns."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import expect

from mentors.actions.requesting.planning import propose_plan
from mentors.models import Session, SessionLog
from tests.factories import TOKYO
from tests.mentors.makers import asked, certification_of, craftsman, visit
from tests.stories.desk import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = date(2027, 1, 12)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NO_NETWORK = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"


def at_clock(day: date, hour: int) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=TOKYO), tick=True)


@pytest.fixture
def sit(browser, browser_context_args, live_server):
    cache.clear()
    return lambda cast, **more: sit_down(browser, browser_context_args | more, base=live_server.url, cast=cast)


def test_log_written_in_a_dead_spot_arrives_once_and_is_countersigned(sit, manager, ward):
    master = craftsman("匠")
    held = certification_of(master, ward, is_listed=True)
    propose_plan(asked(manager, ward=ward), held, [visit(DAY)], by=manager.acting())
    with sit(master, **PHONE) as phone:
        phone.open("mentors:mine")
        phone.press("見て返事をする")
        phone.press("この日時で引き受ける")
        phone.sees("決定")

    with at_clock(DAY, 17), sit(master, **PHONE) as phone:
        phone.open("mentors:mine")
        phone.press("記録する")
        phone.fill(method="together", safety="保護めがね、非常停止の位置", travel_yen="640")
        phone.page.get_by_label("この内容に間違いはありません").check()
        phone.context.set_offline(True)
        phone.page.get_by_role("button", name="記録する").click()
        phone.sees("この端末に保存しました")
        assert not SessionLog.objects.exists()
        phone.context.set_offline(False)
        phone.page.wait_for_url("**/mentors/sessions/*/", timeout=15_000)
        phone.sees("派遣先の確認待ち", "2時間30分", "保護めがね、非常停止の位置")
        phone.troubles = [said for said in phone.troubles if said != NO_NETWORK]
    assert SessionLog.objects.count() == 1

    with at_clock(DAY, 18), sit(manager) as desk:
        desk.open("mentors:session", Session.objects.get().pk)
        desk.press("記録を確かめて署名する")
        desk.page.get_by_label("文書を読み").check()
        desk.press("署名する")
        desk.open("mentors:session", Session.objects.get().pk)
        desk.sees("確認済み")
        expect(desk.page.locator("main")).not_to_contain_text("確認待ち")
