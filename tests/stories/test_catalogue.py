"""A visitor finds a course without a login; its college asks for a change, and the ward sees the difference and accepts it."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.timezone import localdate

from tests.factories import CourseFactory, LessonFactory, RunFactory
from tests.stories.desk import Desk, sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def seen_without_mistakes(at, name):
    at.picture(name)
    violations = Axe().run(at.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


@pytest.fixture
def listed(college, officer):
    goals = "電流センサで設備の稼働を記録できる"
    course = CourseFactory(college=college, title="現場IoT: センサーで稼働を見る", goals=goals)
    course.search_text = course.words()
    course.save()
    run = RunFactory(course=course, apply_until=localdate() + timedelta(days=10))
    LessonFactory(run=run, day=localdate() + timedelta(days=20))
    return course


def test_a_visitor_finds_a_course_and_a_change_of_it_is_reviewed(
    browser, browser_context_args, live_server, listed, coordinator, officer
):
    options = {"browser": browser, "options": browser_context_args, "base": live_server.url}
    visitor_finds_the_course(browser.new_context(**browser_context_args, base_url=live_server.url), listed)
    with sit_down(**options, cast=coordinator) as at:
        at.open("courses:course", listed.pk)
        at.press("内容の変更を申請")
        at.fill(goals="振動センサで設備の停止を記録できる", fee_yen="25000")
        seen_without_mistakes(at, "course-form")
        at.press("この内容で変更を申請する")
        at.sees("変わるところ（2項目）", "確認待ち")
    with sit_down(**options, cast=officer) as at:
        at.page.goto("/")
        at.press("変更の申請を確かめる")
        at.sees("受講料（税込・1人）", "身につくこと")
        seen_without_mistakes(at, "revision")
        at.press("この変更を反映する")
        at.sees("反映済み")
    listed.refresh_from_db()
    assert (listed.goals, listed.fee_yen) == ("振動センサで設備の停止を記録できる", 25_000)


def visitor_finds_the_course(context, listed):
    with Desk(context) as at:
        at.page.goto("/accounts/login/")
        at.press("ログインせずに講座をさがす")
        at.fill(q="ｾﾝｻ 稼働")
        at.press("探す")
        at.sees("1件の講座", "「ｾﾝｻ 稼働」")
        seen_without_mistakes(at, "catalogue")
        at.press(listed.title)
        at.sees("次の開講", "残り12席", "ログインして申し込む")
        seen_without_mistakes(at, "course")
        month = f"{localdate() + timedelta(days=20):%Y-%m}"
        at.open("courses:calendar", query=f"?month={month}")
        seen_without_mistakes(at, "calendar")
        at.press(listed.title)
        at.sees("日程", "先着順")
        assert listed.runs.get().code in at.page.title()
