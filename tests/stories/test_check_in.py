"""At the door: a trainee's telephone and the room screen, the tablet that is passed around, and a roster by keyboard."""

from datetime import date, datetime

import pytest
import time_machine
from playwright.sync_api import expect

from courses.desk_code import code_at, step_at
from courses.models import AttendanceMark, CheckInDesk
from courses.models.attendance.attendance import MarkSource
from tests.factories import TOKYO, EmploymentFactory, EnrolmentFactory, PersonFactory
from tests.stories.desk import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = date(2027, 2, 3)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def at_clock(hour: int, minute: int) -> time_machine.travel:
    """The world at one moment of the lesson's day, its clock ticking on."""
    return time_machine.travel(datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=TOKYO), tick=True)


@pytest.fixture
def sit(browser, browser_context_args, live_server):
    return lambda cast, **more: sit_down(browser, browser_context_args | more, base=live_server.url, cast=cast)


@pytest.fixture
def seat(run, establishment, pattern):
    """Gives somebody of our firm a seat."""

    def give(name: str, kana: str):
        person = PersonFactory(family_name=name, given_name="架空", family_kana=kana)
        return EnrolmentFactory(
            run=run, employment=EmploymentFactory(person=person, establishment=establishment, pattern=pattern)
        )

    return give


def test_trainee_comes_and_goes_by_the_room_screen(sit, run, lesson, instructor, trainee, seat):
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    seat("池上", "イケガミ")
    with at_clock(9, 50), sit(instructor) as room, sit(trainee, **PHONE) as phone:
        screen_is_opened(room, lesson)
        trainee_types_the_code(phone, room.page.locator(".desk-short .code").inner_text())
        expect(room.page.locator(".desk-count")).to_contain_text("1 / 2人", timeout=10_000)
        room.picture("room-screen")
    with at_clock(17, 5), sit(trainee, **PHONE) as phone:
        trainee_scans_going(phone, lesson)
    with at_clock(17, 10), sit(instructor) as at:
        instructor_settles_by_keyboard(at, lesson)
    with at_clock(18, 0), sit(trainee, **PHONE) as phone:
        trainee_confirms_the_hours(phone)

    marks = AttendanceMark.objects.order_by("pk")
    assert [(mark.source, mark.minutes) for mark in marks] == [(MarkSource.QR, 360), (MarkSource.ROSTER, 0)]
    assert marks[0].confirmation.agrees


def screen_is_opened(room, lesson):
    room.open("courses:desk", lesson.pk)
    room.press("受付を開く")
    room.sees("0 / 2人", "読み取れないときは")
    picture = room.page.locator(".desk-code img")
    assert picture.evaluate("e => e.complete && e.naturalWidth > 0")
    whole = room.page.viewport_size
    room.page.set_viewport_size({"width": 1280, "height": 720})
    box = picture.bounding_box()
    assert box["y"] + box["height"] <= 720, box
    room.page.set_viewport_size(whole)


def trainee_types_the_code(phone, code):
    phone.open("courses:check_in")
    phone.fill(code=code.lower())
    phone.press("次へ")
    phone.sees("第1回", "10:00–17:00")
    phone.press("入室を記録する")
    phone.sees("09:50に入室を記録しました。")
    phone.picture("checked-in")


def trainee_scans_going(phone, lesson):
    """The telephone's camera opens the address that stands in the picture."""
    desk = CheckInDesk.objects.get(lesson=lesson)
    code = code_at(desk.secret, lesson.pk, step_at(datetime.now(TOKYO)))
    phone.open("courses:check_in_code", lesson.pk, code)
    phone.press("退室を記録する")
    phone.sees("17:05に退室を記録しました。受講時間は6時間です。")


def instructor_settles_by_keyboard(at, lesson):
    at.open("courses:desk", lesson.pk)
    at.press("受付を閉じて出席簿へ")
    at.sees("読取りなし", "読取り 09:50–17:05")
    at.page.keyboard.press("Control+Enter")
    at.sees("1人の出席を保存しました。")
    at.picture("roster-from-scans")


def trainee_confirms_the_hours(phone):
    phone.page.goto("/")
    phone.sees("受講時間の確認を待つ記録が1件あります")
    phone.press("自分の受講時間を確認する")
    phone.sees("6時間", "QRコード")
    phone.press("間違いない")
    phone.sees("本人が確認")
    phone.picture("own-hours")


def test_tablet_takes_signatures_by_finger_and_by_name(sit, lesson, instructor, seat):
    first, second = seat("池上", "イケガミ"), seat("矢口", "ヤグチ")
    with at_clock(17, 2), sit(instructor, viewport={"width": 1024, "height": 768}) as tablet:
        tablet.open("courses:sign", lesson.pk)
        tablet.press("池上 架空")
        tablet.press("この署名で記録する")
        tablet.sees("署名がありません。枠の中に署名するか、氏名を入力してください。")
        draw(tablet.page)
        tablet.press("この署名で記録する")
        tablet.sees("池上 架空さんの署名を記録しました。", "1 / 2人")
        tablet.press("矢口 架空")
        tablet.page.get_by_text("書けないときは、氏名を入力").click()
        tablet.page.locator("[name=typed]").press_sequentially("矢口 架空")
        tablet.press("この署名で記録する")
        tablet.sees("全員の署名がそろいました")
        tablet.picture("signatures")

    signed = {mark.enrolment: mark for mark in AttendanceMark.objects.all()}
    assert {mark.source for mark in signed.values()} == {MarkSource.SIGNATURE}
    assert signed[first].signature != signed[second].signature


def draw(page):
    pad = page.locator("[data-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 60 + step * 25, box["y"] + 60 + (step % 3) * 40)
    page.mouse.up()


def test_class_of_forty_is_marked_by_keyboard_alone(sit, lesson, instructor, seat):
    """All but two were there: the third is absent, the fourth came twenty minutes late; some twenty keys in all.

    A key means the same below the minutes: the fifth is marked absent from there, seen at once, and taken back.
    """
    for n in range(40):
        seat(f"架空{n:02d}", f"カクウ{n:02d}")
    with at_clock(17, 5), sit(instructor) as at:
        at.open("courses:roster", lesson.pk)
        keys = at.page.keyboard
        for key in ["ArrowDown", "ArrowDown", "x", "ArrowDown", "l", "2", "0", "Enter", "x"]:
            keys.press(key)
        expect(at.page.locator("[data-roster-told]")).to_contain_text("架空04")
        expect(at.page.locator("tr.is-changed")).to_have_count(3)
        keys.press("z")
        expect(at.page.locator("tr.is-changed")).to_have_count(2)
        keys.press("Control+Enter")
        at.sees("40人の出席を保存しました。")

    minutes = list(AttendanceMark.objects.order_by("enrolment").values_list("minutes", flat=True))
    assert minutes == [360, 360, 0, 340] + [360] * 36
