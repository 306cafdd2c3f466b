"""E-learning, end to end: a college writes units, and a learner reads, watches and answers until all is done."""

from datetime import date, datetime

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from courses.models import LearningEvent, Question, Unit
from courses.queries.elearning.learning import progress_of
from tests.factories import TOKYO, EnrolmentFactory, RunFactory, UnitFactory
from tests.stories.desk import sit_down
from tests.stories.films import film

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECONDS = 6
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:03.000\n\xe3\x81\x93\xe3\x82\x93\xe3\x81\xab\xe3\x81\xa1\xe3\x81\xaf\n"


def moment(month: int, day: int, hour: int, minute: int = 0) -> time_machine.travel:
    return time_machine.travel(datetime(2027, month, day, hour, minute, tzinfo=TOKYO), tick=True)


def seen_without_mistakes(at, name):
    """A picture for the README, and nothing a reader's machine would stumble over."""
    at.picture(name)
    violations = Axe().run(at.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


@pytest.fixture
def desk(browser, browser_context_args, live_server):
    return lambda cast: sit_down(browser, browser_context_args, base=live_server.url, cast=cast)


@pytest.fixture
def online(college):
    return RunFactory(
        course__college=college,
        course__title="現場IoTの基礎（eラーニング）",
        course__method="e_learning",
        learn_from=date(2027, 2, 1),
        learn_until=date(2027, 2, 28),
    )


@pytest.fixture
def learner(online, trainee):
    return EnrolmentFactory(run=online, employment=trainee.person.employments.get())


def test_units_are_written_tried_and_learned(desk, browser, coordinator, trainee, learner, online):
    with moment(1, 30, 9):
        college_writes(desk, coordinator, online, film(browser, seconds=SECONDS + 1))
        college_tries(desk, coordinator)
    with moment(1, 31, 23):
        nothing_opens_on_the_eve(desk, trainee, learner)
    with moment(2, 3, 9):
        learner_begins_to_read(desk, trainee, learner)
    with moment(2, 3, 9, 10):
        learner_reads_watches_and_answers(desk, trainee, learner)

    assert progress_of([learner])[learner.pk].is_complete


def college_writes(desk, coordinator, online, recorded):
    with desk(coordinator) as at:
        at.open("courses:units", online.course_id)
        at.sees("教材はまだありません")
        at.press("読む教材")
        at.fill(title="センサの選び方", standard_minutes="10", body="# 選び方\n測るもので選びます。\n\n- 温度\n- 振動")
        at.press("保存する")
        at.press("動画")
        at.fill(
            title="取付けの手順",
            standard_minutes="1",
            duration_seconds=f"0:0{SECONDS}",
            chapters="0:00 はじめに\n0:04 まとめ",
        )
        at.page.locator("[name=upload]").set_input_files(
            {"name": "film.webm", "mimeType": "video/webm", "buffer": recorded}
        )
        at.page.locator("[name=vtt]").set_input_files({"name": "ja.vtt", "mimeType": "text/vtt", "buffer": CAPTIONS})
        seen_without_mistakes(at, "unit-video")
        at.press("保存する")
        at.press("確認テスト")
        at.fill(title="確認テスト", standard_minutes="5", pass_percent="100")
        at.press("保存して問題の登録へ")
        at.press("問題を追加")
        at.fill(
            text="温度を測るのはどれですか。",
            choice_1="熱電対",
            choice_2="近接センサ",
            explanation="熱電対は温度を測ります。",
        )
        at.fill(feedback_2="近接センサは物の有無を見ます。")
        at.page.locator("[name=right_1]").check()
        seen_without_mistakes(at, "unit-question")
        at.press("保存する")
        at.press("教材の一覧に戻る")
        at.sees("下書き", "受講者には見えません。")
        for _unit in range(3):
            at.press("公開する")
        at.sees("3件・標準学習時間の合計 16分", "センサの選び方", "取付けの手順", "確認テスト")
        seen_without_mistakes(at, "units")


def college_tries(desk, coordinator):
    with desk(coordinator) as at:
        at.open("courses:unit_try", Unit.objects.get(kind="text").pk)
        at.press("学習を始める")
        at.sees("試行：記録は報告に出ません", "測るもので選びます。")
        seen_without_mistakes(at, "unit-try")
    assert not LearningEvent.objects.exists()


def nothing_opens_on_the_eve(desk, trainee, learner):
    with desk(trainee) as at:
        at.open("courses:learn")
        at.sees("学習は2027年2月1日から始められます。")
        seen_without_mistakes(at, "learn-list")
        at.press("内容を見る")
        at.sees("まだ学習できません")
        expect(at.page.locator("main")).not_to_contain_text("センサの選び方")
        seen_without_mistakes(at, "learn-eve")


def learner_begins_to_read(desk, trainee, learner):
    with desk(trainee) as at:
        at.open("courses:learn_run", learner.pk)
        seen_without_mistakes(at, "learn-run-new")
        at.press("学習する")
        at.press("学習を始める")
        at.sees("測るもので選びます。")
        at.press("読み終えた")
        at.sees("読み終えるには早すぎます")
        seen_without_mistakes(at, "learn-text")


def learner_reads_watches_and_answers(desk, trainee, learner):
    with desk(trainee) as at:
        at.open("courses:learn_run", learner.pk)
        at.sees("続きから")
        at.press("学習する")
        at.press("読み終えた")
        at.sees("この教材を終えました。")
        at.press("教材の一覧に戻る")
        at.press("学習する")
        watch_the_film(at)
        at.press("教材の一覧に戻る")
        at.press("学習する")
        fail_and_pass(at)
        at.press("教材の一覧に戻る")
        at.sees("すべての教材を終えました", "3 / 3件")
        seen_without_mistakes(at, "learn-run-done")


def watch_the_film(at):
    at.press("学習を始める")
    film_on_page = at.page.locator("video")
    expect(at.page.get_by_role("button", name="まとめ")).to_be_disabled()
    film_on_page.evaluate("v => { v.muted = true; return v.play(); }")
    film_on_page.evaluate("v => new Promise((go) => { v.ontimeupdate = () => v.currentTime > 0.5 && go(); })")
    film_on_page.evaluate("v => { v.currentTime = 5; }")
    at.sees("まだ見ていないところへは進めません")
    expect(at.page.get_by_role("button", name="まとめ")).to_be_enabled(timeout=10_000)
    film_on_page.evaluate("v => { v.playbackRate = 2; }")
    expect(film_on_page).to_have_js_property("playbackRate", 1)
    seen_without_mistakes(at, "learn-video")
    expect(at.page.locator("[data-seen]")).to_contain_text("この動画を終えました。", timeout=15_000)


def fail_and_pass(at):
    at.press("学習を始める")
    at.press("テストを始める")
    at.page.get_by_label("近接センサ").check()
    seen_without_mistakes(at, "learn-quiz")
    at.press("答えを出す")
    at.sees("1問のうち0問が正解", "近接センサは物の有無を見ます。", "熱電対は温度を測ります。")
    seen_without_mistakes(at, "learn-quiz-result")
    at.press("テストを始める")
    at.page.get_by_label("熱電対").check()
    at.press("答えを出す")
    at.sees("合格です")
    assert Question.objects.count() == 1


def test_a_dead_video_is_told_and_never_completed(desk, trainee, learner, coordinator):
    """The address answers with a page of errors; the browser says so in its console, which is meant."""
    unit = UnitFactory(course=learner.run.course, video=True, video_url="https://127.0.0.1:9/gone.mp4")
    with moment(2, 3, 9):
        at = desk(trainee)
        at.open("courses:learn_unit", learner.pk, unit.pk)
        at.press("学習を始める")
        at.sees("動画を再生できません")
        seen_without_mistakes(at, "learn-dead")
        at.press("つながらないと知らせる")
        at.sees("連携校に知らせました")
        at.context.close()
        with desk(coordinator) as college:
            college.page.goto(reverse("firms:notifications"))
            college.sees("動画が再生できません")

    assert not progress_of([learner])[learner.pk].is_complete
