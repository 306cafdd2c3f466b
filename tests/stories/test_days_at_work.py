"""Ten days of time sheets on a telephone, one of them without a network; approved by a mailed link; closed; printed."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from firms.actions.links import address_of
from firms.models import Job
from tests.factories import TOKYO
from tests.stories.desk import Desk
from tests.trials.playing import FIRST
from tests.trials.working import agree, month_of
from trials.models import DayEntry, DayWord, TrialPaper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NO_NETWORK = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
WORKDAYS = [day for day in (FIRST + timedelta(days=n) for n in range(14)) if day.weekday() < 5]
CLOSES = date(2027, 1, 4)


def at_clock(day, hour, minute=0):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, minute, tzinfo=TOKYO), tick=True)


@pytest.fixture
def guest(browser, browser_context_args, live_server):
    """Somebody's telephone, signed in nowhere."""
    return lambda: Desk(browser.new_context(**browser_context_args | PHONE, base_url=live_server.url))


def looked_at(at, name):
    at.picture(name)
    assert [one["id"] for one in Axe().run(at.page).response["violations"]] == []


def pressed_at_the_door(sit, trial, day, *, first):
    """In the morning and in the evening, each a press."""
    pk = trial.placement.pk
    with at_clock(day, 8, 25), sit(trial.trialist, **PHONE) as phone:
        phone.open("trials:days", pk)
        if first:
            looked_at(phone, "days-morning")
        phone.press("出勤する")
        phone.sees("勤務中", "08:25–")
    with at_clock(day, 17, 32), sit(trial.trialist, **PHONE) as phone:
        phone.open("trials:days", pk)
        phone.fill(comment="測定を覚えた")
        phone.press("退勤する")
        phone.sees("08:25–17:32", "8時間7分")
        if first:
            looked_at(phone, "days-evening")


def pressed_without_network(sit, trial, day):
    """A dead spot from the morning on: the page of the morning keeps both presses and sends each once."""
    with at_clock(day, 8, 25), sit(trial.trialist, **PHONE) as phone:
        phone.open("trials:days", trial.placement.pk)
        phone.context.set_offline(True)
        phone.page.get_by_role("button", name="出勤する").click()
        phone.sees("この端末に保存しました")
        assert not DayEntry.objects.filter(on=day).exists()
        phone.context.set_offline(False)
        phone.page.wait_for_url("**/days/", timeout=15_000)
        phone.sees("勤務中", "08:25–")
        phone.troubles = [said for said in phone.troubles if said != NO_NETWORK]
    with at_clock(day, 17, 30), sit(trial.trialist, **PHONE) as phone:
        phone.open("trials:days", trial.placement.pk)
        phone.press("退勤する")
    assert DayEntry.objects.filter(on=day).count() == 2


def written_whole(sit, trial, day):
    """What the contract planned stands in the form already."""
    with at_clock(day, 18), sit(trial.trialist, **PHONE) as phone:
        phone.open("trials:day", trial.placement.pk, day.isoformat())
        phone.press("記録する")
        phone.sees("8:30–17:30")


def test_ten_days_of_time_sheets_are_approved_by_link_closed_and_printed(sit, guest, trial):
    trial.active()
    agree(trial)
    pressed_at_the_door(sit, trial, WORKDAYS[0], first=True)
    pressed_at_the_door(sit, trial, WORKDAYS[1], first=False)
    pressed_without_network(sit, trial, WORKDAYS[2])
    for day in WORKDAYS[3:]:
        written_whole(sit, trial, day)
    assert DayEntry.objects.current().complete().count() == len(WORKDAYS) == 10

    after = WORKDAYS[-1] + timedelta(days=1)
    month = month_of(trial, FIRST)
    with at_clock(after, 9), sit(trial.adviser) as desk:
        desk.open("trials:month", month.pk)
        looked_at(desk, "month-waiting")
        desk.press("承認のリンクを送る")
        desk.fill(name="池上 徹", email="foreman@example.jp")
        desk.press("保存する")
        desk.sees("池上 徹さんに承認のリンクを送っています")
    address = urlsplit(address_of(Job.objects.filter(kind="action_link").latest("pk").payload["nonce"])).path
    with at_clock(after, 10), guest() as phone:
        phone.page.goto(address)
        phone.sees("トライアル就労の勤務の承認", "2026年12月1日（火）", "08:25–17:32")
        looked_at(phone, "approve-by-link")
        phone.fill(name="池上 徹")
        phone.press("返事を送る")
        phone.sees("返事を受け取りました", "池上 徹")
    assert DayWord.objects.filter(is_ok=True, link__isnull=False).count() == 10

    with at_clock(CLOSES, 9), sit(trial.manager) as desk:
        desk.open("trials:month", month.pk)
        desk.press("月を締めて通知を作る")
        desk.sees("締め済み", "通知 第1版（PDF）")
        looked_at(desk, "month-closed")
        desk.open("trials:ledger_note", trial.placement.pk)
        desk.fill(officer="総務課長 大森 佳代", commander="班長 池上 徹", unit="機械加工課", duty="役職なし")
        desk.press("保存する")
        desk.press("発行する 派遣先管理台帳")
        desk.sees("第1版（PDF）")
        looked_at(desk, "trial-papers")
        address = reverse("trials:paper", args=[TrialPaper.objects.get().pk])
        pdf = desk.page.request.get(address, timeout=120_000)  # the first paper wakes the press
        assert pdf.body()[:5] == b"%PDF-"
