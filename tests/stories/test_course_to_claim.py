"""The main job, end to end: from a listed course to a claim that was paid."""

import io
import re
import zipfile
from datetime import date, datetime

import pypdfium2
import pytest
import time_machine
from playwright.sync_api import expect

from courses.models import Course, Run
from firms.files import store as files
from firms.models import Job
from grants.claims.checks import DECLARED
from grants.models import Claim, GrantCase
from tests.factories import TOKYO, EmploymentFactory, PersonFactory
from tests.stories.desk import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "現場IoT: センサで設備の稼働を見る"


def in_the_evening(day: date) -> time_machine.travel:
    """Once the lesson of the day is over."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 17, 30, tzinfo=TOKYO), tick=True)


def at_nine(day: date) -> time_machine.travel:
    """The world at nine in the morning of a day, its clock ticking on."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, 0, tzinfo=TOKYO), tick=True)


@pytest.fixture
def desk(browser, browser_context_args, live_server):
    return lambda cast: sit_down(browser, browser_context_args, base=live_server.url, cast=cast)


@pytest.fixture
def workers(establishment, pattern):
    """Three employees of the machine shop in 大田区."""
    names = [("矢口", "ヤグチ"), ("池上", "イケガミ"), ("久が原", "クガハラ")]
    people = [PersonFactory(family_name=name, given_name="架空", family_kana=kana) for name, kana in names]
    return [EmploymentFactory(person=person, establishment=establishment, pattern=pattern) for person in people]


def test_course_is_listed_attended_claimed_and_paid(
    desk, officer, coordinator, manager, advisor, instructor, workers, college
):
    with at_nine(date(2026, 11, 20)):
        ward_lists_the_course(desk, officer, college)
        college_opens_a_run(desk, coordinator, instructor)
        manager_sends_three(desk, manager)
        advisor_freezes_the_plan(desk, advisor)
    with at_nine(date(2026, 12, 1)):
        advisor_records_the_filing(desk, advisor)
    with in_the_evening(date(2027, 2, 3)):
        instructor_marks(desk, instructor, lesson=1, late={"池上": "20"})
    with in_the_evening(date(2027, 2, 10)):
        instructor_marks(desk, instructor, lesson=2, absent=["久が原"])
        claim_is_not_open_yet(desk, advisor)
    with at_nine(date(2027, 2, 22)):
        advisor_freezes_the_claim(desk, advisor)
        advisor_takes_the_papers(desk, advisor)
        feed_holds_the_claim_deadline(desk, advisor)
        advisor_records_the_claim(desk, advisor)
    with at_nine(date(2027, 6, 30)):
        decision_and_payment_close_the_case(desk, advisor)
        the_whole_story_can_be_read(desk, manager)


def ward_lists_the_course(desk, officer, college):
    with desk(officer) as at:
        at.open("courses:course_new")
        at.fill(
            college=str(college.pk),
            title=TITLE,
            field="dx",
            summary="センサで設備の稼働を見る、町工場のための2日間",
            goals="設備にセンサをつけ、稼働を記録できる",
            syllabus="センサの選び方と取付け\n記録と見える化",
            hours="12",
            fee_yen="22000",
            seats="12",
            provider_page="https://college.example/iot",
        )
        at.press("保存する")
        at.press("掲載する")

        at.sees(TITLE, "掲載中")
    assert Course.objects.get().state == "listed"


def college_opens_a_run(desk, coordinator, instructor):
    with desk(coordinator) as at:
        at.open("courses:course", Course.objects.get().pk)
        at.press("開講を登録")
        at.fill(
            seats="12",
            fee_yen="22000",
            venue="実習室A",
            venue_address="東京都大田区架空二丁目2番2号",
            apply_until="2027-01-29",
        )
        at.press("保存してコマの登録へ")
        add_lesson(at, instructor, on="2027-02-03", topic="センサの選び方と取付け", button="保存して次のコマを登録")
        refused_lesson(at)
        add_lesson(at, instructor, on="2027-02-10", topic="記録と見える化", button="保存する")
        at.press("募集を始める")

        at.sees("募集中", "センサの選び方と取付け", "記録と見える化")


def add_lesson(at, instructor, *, on, topic, button):
    at.fill(topic=topic, on=on, starts="10:00", ends="17:00", meal_from="12:00", meal_to="13:00")
    at.fill(room="実習室A", instructor=str(instructor.person.pk))
    at.press(button)


def refused_lesson(at):
    """A lesson that ends before it starts gets its sentence at the field, and nothing is kept."""
    at.fill(topic="記録と見える化", on="2027-02-10", starts="17:00", ends="10:00")
    at.press("保存する")
    expect(at.page.locator("main [name=ends]")).to_have_attribute("aria-invalid", "true")
    assert Run.objects.get().lessons.count() == 1


def manager_sends_three(desk, manager):
    with desk(manager) as at:
        at.open("courses:catalogue", query="?q=IOT")
        at.sees(TITLE)
        at.picture("catalogue")
        at.open("courses:run", Run.objects.get().pk)
        at.press("従業員を申し込む")
        for name in ("矢口", "池上", "久が原"):
            at.page.get_by_label(name).check()
        at.press("見込みを確かめる")
        # 3 January 2027 is a Sunday inside 12/29–1/3: the last day moves to Monday the 4th.
        at.sees("2026年8月3日", "2027年1月4日", "66,000円", "49,500円", "36,000円", "85,500円")
        at.picture("enrol")
        at.press("この内容で申し込む")
    assert Run.objects.get().enrolments.accepted().count() == 3


def advisor_freezes_the_plan(desk, advisor):
    with desk(advisor) as at:
        at.open("grants:cases")
        at.press("事業展開等リスキリング支援コースで案件をつくる")
        at.sees("足りないもの")
        case = GrantCase.objects.get()
        at.open("grants:plan_facts", case.pk)
        at.fill(purpose="dx", from_on="2026-12-01", to_on="2027-11-30")
        at.fill(
            change="切削機にセンサをつけ、稼働を見えるようにする", task_link="旋盤担当3人が自分の機械に取り付けて使う"
        )
        at.press("保存する")
        say_yes(at, case, [one.code for one in DECLARED if one.at_plan])
        at.open("grants:case", case.pk)
        at.picture("case")
        at.press("計画を確定する")
        at.open("grants:papers", case.pk)
        at.press("様式をつくる")
        at.open("grants:papers", case.pk)
        at.sees("第1-1号", "第1-3号", "第3-1号")
    assert not Job.objects.exclude(state="done").exists()
    text = text_of(case.papers.get(form="1-1"))
    assert TITLE in text.replace("\n", "").replace("\r", "")
    assert "提出代行者" in text


def say_yes(at, case, codes):
    at.open("grants:answers", case.pk)
    for code in codes:
        at.fill(**{f"{code}-value": "yes"})
    at.press("回答を保存する")
    at.sees("要件の回答を保存しました")


def advisor_records_the_filing(desk, advisor):
    case = GrantCase.objects.get()
    with desk(advisor) as at:
        at.open("grants:plan_file", case.pk)
        at.fill(filed_on="2026-12-02", receipt_number="訓計R8-0102")
        at.press("届出日を記録する")
        expect(at.page.locator("main [name=filed_on]")).to_have_attribute("aria-invalid", "true")  # tomorrow
        at.fill(filed_on="2026-12-01")
        at.press("届出日を記録する")
        at.sees("訓計R8-0102")
        at.open("grants:costs", case.pk)
        at.fill(amount_yen="66000", paid_on="2026-11-30", payer="firm")
        at.press("支払を記録する")
        at.sees("66,000円")
    case.refresh_from_db()
    assert case.state == "filed"


def instructor_marks(desk, instructor, *, lesson, late=None, absent=()):
    pk = Run.objects.get().lessons.get(number=lesson).pk
    with desk(instructor) as at:
        at.open("courses:roster", pk)
        for name, minutes in (late or {}).items():
            at.page.locator("tr", has_text=name).locator("input[name$=late]").fill(minutes)
        for name in absent:
            at.page.locator("tr", has_text=name).locator("input[type=radio][value=absent]").check()
        at.picture(f"roster-{lesson}")
        at.press("出席を保存する")
        at.sees("5時間40分" if late else "6時間")


def claim_is_not_open_yet(desk, advisor):
    case = GrantCase.objects.get()
    with desk(advisor) as at:
        at.open("grants:claim", case.pk)
        at.sees("まだ申請できません", "2027年2月11日", "2027年4月12日")
    assert Claim.objects.count() == 0


def advisor_freezes_the_claim(desk, advisor):
    case = GrantCase.objects.get()
    with desk(advisor) as at:
        say_yes(at, case, [one.code for one in DECLARED if one.lasts or not one.at_plan])
        at.open("grants:claim", case.pk)
        at.sees("50%", "久が原 架空")
        at.press("この内容で支給申請を確定する")
        # 22,000 × 75% × 2 = 33,000; (12時間 + 11時間40分) × 1,000 = 23,666 → 23,600
        at.sees("33,000円", "23,600円", "56,600円")
        at.picture("claim")
        at.open("grants:deadlines")
        at.sees("2027年4月12日")
        at.picture("deadlines")
    assert Claim.objects.get().total_yen == 56_600


def advisor_takes_the_papers(desk, advisor):
    case = GrantCase.objects.get()
    with desk(advisor) as at:
        at.open("grants:papers", case.pk)
        at.press("様式をつくる")
        at.open("grants:papers", case.pk)
        at.sees("第4-2号", "第5号", "第6-2号", "第8-1号", "チェックリスト")
        at.picture("papers")
    claim = Claim.objects.get()
    forms = sorted(claim.papers.exclude(form="pack").values_list("form", flat=True))
    assert forms == ["13", "28", "4-2", "5", "6-2", "8-1", "8-1", "checklist", "common-1", "payee"]
    assert "56,600" in text_of(claim.papers.get(form="4-2"))
    pack = zipfile.ZipFile(io.BytesIO(content_of(claim.papers.get(form="pack", format="zip"))))
    assert pack.testzip() is None
    assert len([name for name in pack.namelist() if name.endswith(".pdf")]) == len(forms)


def feed_holds_the_claim_deadline(desk, advisor):
    with desk(advisor) as at:
        at.open("calendar:feeds")
        at.picture("feeds")
        at.press("アドレスをつくる")
        feed = at.context.request.get(re.search(r"/calendar/[^\s\"/]+\.ics", at.page.content()).group())
        assert "DTSTART;VALUE=DATE:20270412" in feed.text()


def advisor_records_the_claim(desk, advisor):
    case = GrantCase.objects.get()
    with desk(advisor) as at:
        at.open("grants:claim_file", case.pk)
        at.fill(filed_on="2027-02-22", receipt_number="支申R8-0007")
        at.press("申請日を記録する")
        at.sees("支給申請済み")


def decision_and_payment_close_the_case(desk, advisor):
    case = GrantCase.objects.get()
    with desk(advisor) as at:
        at.open("grants:decision", case.pk)
        at.fill(decided_on="2027-06-10", is_approved="yes", amount_yen="56600", notice_number="東労発（架空）第1号")
        at.press("決定を記録する")
        at.open("grants:payment", case.pk)
        at.fill(paid_on="2027-06-25", amount_yen="56600")
        at.press("入金を記録する")
        at.sees("完了")
    case.refresh_from_db()
    assert case.state == "closed"


def the_whole_story_can_be_read(desk, manager):
    case = GrantCase.objects.get()
    with desk(manager) as at:
        at.open("grants:case_journal", case.pk)
        at.sees("計画を確定", "訓計R8-0102", "池上 架空 5時間40分", "支給申請", "決定", "入金", "56,600円", "労務")
        at.picture("journal")


def content_of(paper) -> bytes:
    return files.read(paper.file)


def text_of(paper) -> str:
    pdf = pypdfium2.PdfDocument(content_of(paper))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text
