"""A manual: sent over a line that breaks, captioned, agreed to, approved by two, found at its second by word and by label."""

import zipfile

import pytest
from playwright.sync_api import expect

from firms.models import Job
from mentors.models import Film, SkillManual, Viewing
from tests.mentors.manuals.makers import member, work_waiting
from tests.stories.desk import sit_down
from tests.stories.films import film
from tests.stories.test_learning import seen_without_mistakes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECONDS = 8
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BROKEN = "Failed to load resource: net::ERR_FAILED"
SRT = "1\r\n00:00:00,500 --> 00:00:03,000\r\n芯押し台を寄せます\r\n\r\n2\r\n00:00:05,000 --> 00:00:07,000\r\nねじ切りの切込みは0.2ミリ\r\n"
TYPED = "0:00.5 - 0:03 芯押し台を寄せます\n0:05 - 0:07 ねじ切りの切込みは0.2ミリ"


@pytest.fixture
def sit(browser, browser_context_args, live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return lambda cast, **more: sit_down(browser, browser_context_args | more, base=live_server.url, cast=cast)


@pytest.fixture
def people(firm):
    return {name: member(firm, name) for name in ("検査", "職長", "若手")}


def test_a_manual_is_filmed_captioned_approved_by_two_and_opened_at_its_second(
    sit, browser, manager, people, monkeypatch, tmp_path
):
    monkeypatch.setattr("firms.post.jobs.hint", lambda _pk: None)
    with sit(manager) as at:
        begin(at)
        send(at, film(browser, seconds=SECONDS))
        work_waiting("join_film")
        write(at)
        name_people(at, people)
        hand_in(at, people)
    agree(sit, people["若手"])
    approve(sit, people["検査"])
    approve(sit, people["職長"])
    with sit(manager) as at:
        at.open("mentors:manual_approval", SkillManual.objects.get().pk)
        seen_without_mistakes(at, "manual-approved")
        at.press("公開する")
        at.sees("公開中")
    find_and_watch(sit, people["若手"])
    with sit(manager) as at:
        carry_away(at, tmp_path)


def begin(at):
    at.open("mentors:manuals")
    at.sees("まだマニュアルがありません")
    seen_without_mistakes(at, "manuals-empty")
    at.press("マニュアルを作る")
    at.fill(title="汎用旋盤でおねじを切る", occupation="machining", machine="汎用旋盤", summary="手もとを撮りました。")
    at.press("下書きを作る")


def send(at, recorded):
    """The first part does not arrive; the page waits, tries again and goes on by itself."""
    lost = []

    def lose_one(route):
        if lost:
            return route.continue_()
        lost.append(route.request.url)
        return route.abort()

    at.page.route("**/part/", lose_one)
    seen_without_mistakes(at, "manual-film")
    at.page.locator("[name=film]").set_input_files({"name": "film.webm", "mimeType": "video/webm", "buffer": recorded})
    at.page.get_by_role("button", name="送る", exact=True).click()
    expect(at.page.locator("main")).to_contain_text("届いた動画をつなぎ", timeout=30_000)
    at.troubles = [said for said in at.troubles if said != BROKEN]
    assert len(lost) == 1
    sent = Film.objects.get()
    assert (sent.state, sent.size, len(sent.digest)) == ("checking", len(recorded), 64)
    assert Job.objects.filter(kind="join_film").count() == 1


def write(at):
    pk = SkillManual.objects.get().pk
    at.open("mentors:film", pk)
    at.sees("使える")
    if at.page.locator("[name=seconds]").first.is_visible():
        at.fill(seconds=f"0:0{SECONDS}")
        at.press("長さを保存する")
    at.press("手順へ進む")
    for second, title in (("0:00", "芯を合わせる"), ("0:05", "切込みを入れる")):
        at.fill(title=title, at=second, caution="手袋をしない")
        at.page.get_by_role("button", name="手順を加える").click()
        expect(at.page.locator(".resource-list")).to_contain_text(title)
    seen_without_mistakes(at, "manual-steps")
    at.press("字幕へ進む")
    at.page.locator("[name=file]").set_input_files(
        {"name": "字幕.srt", "mimeType": "text/plain", "buffer": SRT.encode("cp932")}
    )
    at.press("読み込む")
    at.sees("字幕を2個読み込みました。")
    expect(at.page.locator("[name=captions]")).to_have_value(TYPED)
    seen_without_mistakes(at, "manual-captions")
    at.page.locator("[name=captions]").press("Control+End")
    at.page.get_by_role("button", name="いまの時刻で1行加える").click()
    expect(at.page.locator("[name=captions]")).to_have_value(f"{TYPED}\n0:00 ")
    at.fill(captions="0:00.5 芯押し台を寄せます\n0:05 ねじ切りの切込みは0.2ミリ", chapters="0:00 段取り\n0:05 ねじ切り")
    at.press("保存する")
    at.sees("字幕2個と目次を保存しました。")


def name_people(at, people):
    at.page.get_by_role("link", name="写っている人・図面").click()
    at.fill(person=str(people["若手"].person.pk))
    at.press("挙げる")
    at.sees("同意がまだ")
    seen_without_mistakes(at, "manual-people")


def hand_in(at, people):
    at.page.get_by_role("link", name="承認と公開").click()
    at.fill(a1=str(people["検査"].person.pk), a2=str(people["職長"].person.pk))
    at.press("承認者を保存する")
    at.press("承認に出す")
    at.sees("返事待ち", "写っている人の同意がそろうまで公開できません。")


def agree(sit, young):
    with sit(young, **PHONE) as at:
        at.open("mentors:manuals")
        at.press("見て返事をする")
        seen_without_mistakes(at, "manual-appearance")
        at.press("同意する")
        at.sees("同意しました。")


def approve(sit, approver):
    with sit(approver, **PHONE) as at:
        at.open("mentors:manuals")
        at.press("見て承認する")
        at.sees("承認しますか", "芯を合わせる")
        at.fill(verdict="approve")
        at.press("答えを届ける")
        at.sees("答えを届けました。")


REACH = """(v, second) => new Promise((go, stop) => {
  const look = () => v.currentTime >= second ? go(v.currentTime) : setTimeout(look, 50);
  setTimeout(() => stop(new Error(`the film stands at ${v.currentTime}`)), 20000);
  look();
})"""


def reaches(video, second):
    """Waits until the film has come so far, and says where it is."""
    return video.evaluate(REACH, second)


def find_and_watch(sit, young):
    manual = SkillManual.objects.get()
    code = manual.versions.get().steps.get(number=2).mark.code
    with sit(young, **PHONE) as at:
        at.open("mentors:manuals")
        at.page.locator("main [name=q]").fill("きりこみ")
        at.page.locator("main [name=q]").press("Enter")
        at.sees("ねじ切りの切込みは0.2ミリ")
        seen_without_mistakes(at, "manual-found")
        at.press("ねじ切りの切込みは0.2ミリ")
        assert reaches(at.page.locator("video"), 4.5) < 5.5
        at.open("mentors:step_label", code)
        at.page.wait_for_url("**/?t=5#step-2")
        assert reaches(at.page.locator("video"), 4.5) < 5.5
        shown = at.page.locator("video")
        shown.evaluate("v => { v.muted = true; return v.play(); }")
        reaches(shown, 6)
        with at.page.expect_response("**/watched/"):
            shown.evaluate("v => v.pause()")
        seen_without_mistakes(at, "manual")
    assert Viewing.objects.get().person == young.person


def carry_away(at, folder):
    """Opened from a disk, the film plays, its captions stand over it, and a step goes to its second."""
    at.open("mentors:manual", SkillManual.objects.get().pk)
    with at.page.expect_download() as taken:
        at.page.get_by_role("button", name="持出しパック").click()
    with zipfile.ZipFile(taken.value.path()) as pack:
        pack.extractall(folder / "stick")
    at.page.goto((folder / "stick" / "manual" / "index.html").as_uri())
    at.page.get_by_role("button", name="2. 切込みを入れる").click()
    shown = at.page.locator("video")
    reaches(shown, 5)
    assert shown.evaluate("v => v.textTracks[0].cues.length") == 2
    at.picture("manual-pack")
