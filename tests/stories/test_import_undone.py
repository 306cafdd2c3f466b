"""A file with a mistake: looked at, written without the broken row, and taken back whole."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.models import AttendanceImport, AttendanceMark
from tests.courses.attendance.import_files import line, table
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, PersonFactory, RunFactory
from tests.stories.desk import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browser, browser_context_args, live_server):
    return lambda cast: sit_down(browser, browser_context_args, base=live_server.url, cast=cast)


@pytest.fixture
def sitting(college, instructor, establishment, pattern):
    """Three people in a run whose first lesson was yesterday."""
    today = timezone.localdate()
    run = RunFactory(course__college=college, code="IOT-27-1", apply_until=today - timedelta(days=3))
    LessonFactory(run=run, number=1, day=today - timedelta(days=1), instructor=instructor.person)
    names = [("池上", "イケガミ"), ("久が原", "クガハラ"), ("矢口", "ヤグチ")]
    people = [PersonFactory(family_name=name, given_name="架空", family_kana=kana) for name, kana in names]
    return [
        EnrolmentFactory(
            run=run, employment=EmploymentFactory(person=person, establishment=establishment, pattern=pattern)
        )
        for person in people
    ]


def test_import_with_errors_is_undone(desk, coordinator, sitting):
    one, two, three = sitting
    with desk(coordinator) as at:
        hand_in(at, table(line(one), line(two, late=20), line(three, status="たぶん")))
        batch = AttendanceImport.objects.get()
        at.sees("取り込めない行", "4行目", "「出席」「欠席」か、「遅刻30分」のように書いてください", "遅刻20分")
        assert not AttendanceMark.objects.exists()
        at.picture("import-ready")
        at.press("取り込めない行を除いて書き込む")
        at.sees("書き込みました", "2件の出席")
        assert sorted(AttendanceMark.objects.current().values_list("minutes", flat=True)) == [340, 360]

        hand_in(at, table(line(one), line(two, late=20), line(three, status="たぶん")))
        at.sees("すでに取り込まれています")
        at.press("前に取り込んだファイルを開く")
        at.press("ファイルごと取り消す")

        at.sees("ファイルごと取り消しました", "2件の記録")
        at.picture("import-undone")
    batch.refresh_from_db()
    assert (batch.state, AttendanceMark.objects.current().count(), AttendanceMark.objects.count()) == ("undone", 0, 4)


def test_refused_line_of_a_paper_roster_is_where_the_keyboard_goes_on(desk, instructor, sitting):
    lesson = sitting[0].run.lessons.get()
    with desk(instructor) as at:
        at.open("courses:paper_entry", lesson.pk)
        cells = at.page.locator("main input[name$=told]")
        for cell, word in zip(cells.all(), ("0", "20", "昼から"), strict=True):
            cell.fill(word)
        at.press("出席を保存する")
        expect(cells.nth(2)).to_be_focused()

        at.page.keyboard.type("-")
        expect(cells.nth(2)).to_have_value("-")
        at.press("出席を保存する")
        at.sees("3人の出席を保存しました")


def hand_in(at, text):
    at.open("courses:imports")
    at.press("ファイルを取り込む")
    file = {"name": "出席.csv", "mimeType": "text/csv", "buffer": text.encode("cp932")}
    at.page.locator("main [name=file]").set_input_files(file)
    with at.page.expect_navigation():
        at.page.get_by_role("button", name="読み取る").click()


def test_paper_roster_is_typed_in_without_a_mouse(desk, instructor, sitting):
    lesson = sitting[0].run.lessons.get()
    with desk(instructor) as at:
        at.open("courses:paper_entry", lesson.pk)
        expect(at.page.locator("main input[name$=told]").first).to_be_focused()
        for word in ("0", "20", "-"):
            at.page.keyboard.type(word)
            at.page.keyboard.press("Enter")
        at.picture("paper-entry")
        at.press("出席を保存する")
        at.sees("3人の出席を保存しました")
        expect(at.page.locator("main tbody tr").nth(1)).to_contain_text(re.compile("遅刻20分"))
    assert list(AttendanceMark.objects.order_by("enrolment").values_list("minutes", "source")) == [
        (360, "paper"),
        (340, "paper"),
        (0, "paper"),
    ]
