"""An e-learner's log reaches 様式第8-3号: from the first unit opened to the text of the paper, every step by its action."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from django.urls import reverse

from courses.actions.completion.completion import decide_completion
from courses.actions.elearning.learning import finish_reading, open_unit
from courses.actions.elearning.ledgers import OwnLog
from courses.actions.elearning.quizzes import answer_quiz, start_quiz
from firms.errors import Refused
from firms.files import store as files
from grants.actions.cases import open_case
from grants.actions.claims import freeze_claim
from grants.actions.plans import file_plan, freeze_plan
from grants.actions.statements import StatedPlan, add_cost, answer, save_plan_facts
from grants.claims.assessment import assess_claim, name_of, open_requirements
from grants.claims.checks import DECLARED
from grants.models import GrantCase, Paper
from grants.papers import make_papers
from tests.factories import CourseFactory, EnrolmentFactory, QuestionFactory, RunFactory, UnitFactory
from tests.grants.conftest import say_at_the_claim

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST, LAST = date(2027, 2, 1), date(2027, 3, 31)
FILED_ON, AFTER, CLAIM_DAY = date(2026, 11, 24), date(2027, 4, 1), date(2027, 4, 5)


def moment(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=TOKYO)


@pytest.fixture
def run(college):
    """Ten hours of reading and a quiz of two hours, 22,000 yen, open for two months."""
    course = CourseFactory(
        college=college,
        title="図面の読み方（eラーニング）",
        method="e_learning",
        hours="12.0",
        provider_page="https://example.jp/zumen",
        needed_percent=0,
        needs_units=True,
        needs_quiz=True,
    )
    UnitFactory(course=course, number=1, title="三面図と寸法", standard_minutes=600)
    quiz = UnitFactory(course=course, number=2, quiz=True, title="確認テスト", standard_minutes=120)
    QuestionFactory(unit=quiz)
    return RunFactory(course=course, code="K0042-01", learn_from=FIRST, learn_until=LAST)


@pytest.fixture
def learner(run, trainee):
    return EnrolmentFactory(run=run, employment=trainee.person.employments.get())


def plan_is_filed(run, establishment, manager, advisor) -> GrantCase:
    case = open_case(run, establishment, by=manager.acting())
    stated = StatedPlan("dx", date(2027, 4, 1), None, "", "図面をデータで受け渡す", "加工図を読み、段取りに使う")
    save_plan_facts(case, stated, by=manager.acting())
    for declared in DECLARED:
        if declared.at_plan:
            answer(case, declared.code, value="yes", by=manager.acting())
    freeze_plan(case, by=advisor.acting(FILED_ON))
    file_plan(case, filed_on=FILED_ON, receipt_number="東リ-8-456", by=advisor.acting(FILED_ON))
    return GrantCase.objects.get(pk=case.pk)


def everything_is_learned(learner):
    """The text over ten hours on the 9th and 10th of February; the quiz failed and then passed on the 3rd of March."""
    text, quiz = (OwnLog(learner, unit) for unit in learner.run.course.units.all())
    open_unit(text, at=moment(date(2027, 2, 9), "09:00:07"))
    finish_reading(text, at=moment(date(2027, 2, 10), "16:30:21"))
    open_unit(quiz, at=moment(date(2027, 3, 3), "10:00:00"))
    question = quiz.unit.questions.get()
    for attempt, choice, clock in ((1, 1, "10:05:00"), (2, 0, "10:20:45")):
        start_quiz(quiz, at=moment(date(2027, 3, 3), clock) - timedelta(minutes=4))
        answer_quiz(quiz, attempt=attempt, answers={question.pk: [choice]}, at=moment(date(2027, 3, 3), clock))


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


def frozen_anyway(case, *, by, manager):
    say_at_the_claim(case, manager, on=by.today)
    opens = open_requirements(assess_claim(case, by.today).outcome)
    return freeze_claim(case, by=by, despite=[name_of(one) for one in opens])


def test_learning_log_reaches_the_result_report(run, learner, establishment, manager, advisor, coordinator):
    case = plan_is_filed(run, establishment, manager, advisor)
    with pytest.raises(Refused, match="2027年2月1日から"):
        open_unit(OwnLog(learner, run.course.units.first()), at=moment(date(2027, 1, 31), "23:59:59"))
    everything_is_learned(learner)
    decide_completion(run, by=coordinator.acting(AFTER))
    add_cost(case, amount_yen=22_000, paid_on=date(2027, 1, 29), payer="firm", by=manager.acting(CLAIM_DAY))

    claim = frozen_anyway(GrantCase.objects.get(pk=case.pk), by=advisor.acting(CLAIM_DAY), manager=manager)

    (worker,) = claim.facts["workers"]
    assert (worker["completed_on"], worker["percent"], worker["wage_minutes"]) == ("2027-03-03", 100, 0)
    assert claim.facts["training"]["first_attended_on"] == "2027-02-09"
    # 22,000 × 75% = 16,500, under the limit of e-learning, cut below 100 yen; no wage aid.
    assert (claim.outcome["expense_aid"], claim.outcome["wage_aid"], claim.total_yen) == (16_500, 0, 16_500)

    report, log = (text_of(paper_of(claim, form)) for form in ("8-3", "log"))
    for said in (
        "様式第8-3号",
        "eラーニング訓練実施結果報告書",
        f"{learner.person.family_name}{learner.person.given_name}",
        "図面の読み方（eラーニング）",
        "東リ-8-456",
        "令和9年2月1日～令和9年3月31日",
        "2027年2月9日09:00:07",
        "2027年3月3日10:20:45",
        "12時間（12時間）",
        "修了令和9年3月3日",
        learner.certificates.get().number,
    ):
        assert said in report
    for said in ("三面図と寸法", "1回目0％不合格／2回目100％合格".replace("％", "%"), "2027年2月10日16:30:21"):
        assert said in log


def paper_of(claim, form) -> bytes:
    if not Paper.objects.filter(claim=claim).exists():
        make_papers(claim=claim)
    return files.read(Paper.objects.get(claim=claim, form=form, format="pdf").file)


def test_pack_of_an_e_learning_claim_holds_report_and_log(run, learner, establishment, manager, advisor, coordinator):
    case = plan_is_filed(run, establishment, manager, advisor)
    everything_is_learned(learner)
    decide_completion(run, by=coordinator.acting(AFTER))
    add_cost(case, amount_yen=22_000, paid_on=date(2027, 1, 29), payer="firm", by=manager.acting(CLAIM_DAY))
    frozen_anyway(GrantCase.objects.get(pk=case.pk), by=advisor.acting(CLAIM_DAY), manager=manager)

    claim = case.claims.get()
    make_papers(claim=claim)

    with ZipFile(BytesIO(files.read(Paper.objects.get(claim=claim, format="zip").file))) as pack:
        sheets = [name.partition("_")[2].partition(" ")[0] for name in pack.namelist() if "/" in name]
    assert [name.partition("（")[0].removesuffix(".pdf") for name in sheets] == [
        "支給申請チェックリスト",
        "様式第4-2号",
        "様式第6-2号",
        "様式第8-3号",
        "学習ログ",
        "様式第13号",
        "様式第28号",
        "共通要領様式第1号",
        "支払方法・受取人住所届",
        "共通要領様式第2号",
    ]


def test_same_log_is_what_everybody_takes_home(run, learner, establishment, manager, advisor, trainee, coordinator):
    plan_is_filed(run, establishment, manager, advisor)
    everything_is_learned(learner)

    for who in (trainee, manager, advisor, coordinator):
        said = text_of(who.client().get(reverse("courses:learning_log_pdf", args=[learner.pk])).content)
        assert "2027年2月9日09:00:07" in said
        assert "2027年3月3日10:20:45" in said
