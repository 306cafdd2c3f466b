"""An employee finds a course, is approved, attends by QR, completes, and a stranger checks the certificate; and a freed seat passes on."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from courses.desk_code import code_at, step_at
from courses.models import AttendanceMark, Certificate, CheckInDesk, Enrolment, Run
from courses.models.attendance.attendance import MarkSource
from courses.states import EnrolmentState
from firms.models import Notification
from tests.factories import TOKYO, EmploymentFactory, PersonFactory
from tests.stories.desk import Desk, sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, SECOND = date(2027, 2, 3), date(2027, 2, 10)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def at_clock(day: date, hour: int, minute: int = 0) -> time_machine.travel:
    """The world at one moment, its clock ticking on."""
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, minute, tzinfo=TOKYO), tick=True)


@pytest.fixture
def sit(browser, browser_context_args, live_server):
    return lambda cast, **more: sit_down(browser, browser_context_args | more, base=live_server.url, cast=cast)


@pytest.fixture
def passer_by(browser, browser_context_args, live_server):
    """Somebody at a browser who never signed in."""
    return lambda: Desk(browser.new_context(**browser_context_args, base_url=live_server.url))


@pytest.fixture
def run(run):
    """現場IoT can be found by the word a trainee types, and applied for until the day before."""
    run.course.search_text = run.course.words([])
    run.course.save()
    run.apply_until = date(2027, 1, 25)
    run.save()
    return run


def test_employee_finds_attends_completes_and_a_stranger_checks_the_certificate(
    sit, passer_by, run, trainee, manager, instructor, coordinator
):
    with at_clock(date(2026, 11, 20), 9):
        employee_finds_and_applies(sit, trainee)
        manager_approves(sit, manager)
    for day, lesson in zip((FIRST, SECOND), run.lessons.order_by("number"), strict=True):
        attends_by_qr(sit, trainee, instructor, day, lesson)
    with at_clock(SECOND, 18):
        college_decides(sit, coordinator, run)
        code = trainee_has_the_certificate(sit, trainee)
        stranger_checks(passer_by, code)

    assert [(mark.source, mark.minutes) for mark in AttendanceMark.objects.all()] == [(MarkSource.QR, 360)] * 2
    assert Enrolment.objects.get().state == EnrolmentState.COMPLETED


def employee_finds_and_applies(sit, trainee):
    with sit(trainee, **PHONE) as at:
        at.open("courses:catalogue", query="?q=ｾﾝｻ")
        at.press("現場IoT")
        at.press("受講を希望する")
        at.sees("会社")
        at.press("受講を希望する")
        at.sees("承認待ち")


def manager_approves(sit, manager):
    with sit(manager) as at:
        at.page.goto("/")
        at.press("受講を承認する")
        at.sees("会社が支払う受講料", "22,000円", "計画届")
        at.picture("approve")
        at.press("承認する")
        at.sees("受講決定")


def attends_by_qr(sit, trainee, instructor, day, lesson):
    with at_clock(day, 9, 50), sit(instructor) as room, sit(trainee, **PHONE) as phone:
        room.open("courses:desk", lesson.pk)
        room.press("受付を開く")
        scan(phone, lesson, "入室を記録する")
        phone.sees("09:50に入室を記録しました。")
    with at_clock(day, 17, 1), sit(trainee, **PHONE) as phone:
        scan(phone, lesson, "退室を記録する")
        phone.sees("受講時間は6時間です。")


def scan(phone, lesson, button):
    """The telephone's camera opens the address that stands in the picture."""
    desk = CheckInDesk.objects.get(lesson=lesson)
    phone.open("courses:check_in_code", lesson.pk, code_at(desk.secret, lesson.pk, step_at(datetime.now(TOKYO))))
    phone.press(button)


def college_decides(sit, coordinator, run):
    with sit(coordinator) as at:
        at.open("courses:completion", run.pk)
        at.press("全員の修了を決める")
        at.sees("修了 1人")
        at.picture("completion")


def trainee_has_the_certificate(sit, trainee):
    with sit(trainee, **PHONE) as at:
        at.open("courses:certificates")
        at.sees("現場IoT")
        paper = at.context.request.get(reverse("courses:certificate_pdf", args=[Certificate.objects.get().pk]))
        assert (paper.headers["content-type"], paper.body()[:5]) == ("application/pdf", b"%PDF-")
    return Certificate.objects.get().check_code


def stranger_checks(passer_by, code):
    with passer_by() as at:
        at.open("courses:certificate_find")
        at.fill(code=code.lower())
        at.press("確かめる")
        at.sees("矢口", "現場IoT", "有効")
        at.picture("certificate-check")


def test_a_cancelled_seat_passes_down_the_waiting_list(sit, run, manager, people_named):
    first, second, third = people_named("池上", "久が原", "千鳥")
    Run.objects.filter(pk=run.pk).update(seats=1)
    with at_clock(date(2026, 11, 20), 9), sit(manager) as at:
        for employment in (first, second, third):
            send(at, run, employment)
        at.open("courses:run", run.pk)
        at.sees("キャンセル待ち")
        at.page.locator("main li").filter(has_text="池上").get_by_role("button").click()
        at.page.locator("dialog[open] button[value='go']").click()
        at.sees("繰上げの返事待ち")
        at.page.goto("/")
        at.press("久が原")
        at.sees("席が空きました")
        at.picture("offer")
        at.press("見送る")
        at.open("courses:run", run.pk)
        at.sees("千鳥", "繰上げの返事待ち")
        at.page.goto("/")
        at.press("千鳥")
        at.press("席を受ける")
        at.sees("受講決定")

    states = {one.person.family_name: one.state for one in Enrolment.objects.select_related("person")}
    assert states == {
        "池上": EnrolmentState.CANCELLED,
        "久が原": EnrolmentState.CANCELLED,
        "千鳥": EnrolmentState.ACCEPTED,
    }
    assert Notification.objects.filter(person=third.person, subject__contains="受講が決まりました").exists()


@pytest.fixture
def people_named(establishment, pattern):
    def make(*names):
        people = [PersonFactory(family_name=name, given_name="架空") for name in names]
        return [EmploymentFactory(person=one, establishment=establishment, pattern=pattern) for one in people]

    return make


def send(at, run, employment):
    at.open("courses:enrol", run.pk)
    at.page.get_by_label(employment.person.full_name).check()
    at.press("見込みを確かめる")
    at.press("この内容で申し込む")
