"""The learning log as a labour office asks for it: page, CSV and PDF, and who may have them."""

import csv
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from django.urls import reverse

from courses.actions.catalogue.runs import cancel_run
from courses.models import LearningEvent, Unit
from courses.policies import may_see_run_log
from courses.queries.elearning.logs import logs_of
from firms.errors import Refused
from tests.factories import EmploymentFactory, EnrolmentFactory, PersonFactory, RunFactory, UnitFactory

TOKYO = ZoneInfo("Asia/Tokyo")
TODAY = date(2027, 3, 1)
FORMATS = ("learning_log", "learning_log_csv", "learning_log_pdf")
RUN_FORMATS = ("run_log", "run_log_csv", "run_log_pdf")


def moment(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2027-02-{day:02} {clock}").replace(tzinfo=TOKYO)


def happen(enrolment, unit, kind, at, **data):
    return LearningEvent.objects.create(enrolment=enrolment, unit=unit, kind=kind, data=data, at=at)


@pytest.fixture
def online(college):
    """eラーニング of twelve hours, open through February."""
    run = RunFactory(
        course__college=college,
        course__title="図面の読み方（eラーニング）",
        course__method="e_learning",
        learn_from=date(2027, 2, 1),
        learn_until=date(2027, 2, 28),
    )
    UnitFactory(course=run.course, number=1, kind="video", title="三面図", standard_minutes=300, duration_seconds=600)
    UnitFactory(course=run.course, number=2, kind="quiz", title="確認テスト", standard_minutes=420)
    return run


@pytest.fixture
def learner(online, trainee, establishment):
    return EnrolmentFactory(run=online, employment=trainee.person.employments.get())


@pytest.fixture
def learned(learner, online):
    """The video on the 3rd, the quiz failed and then passed on the 10th."""
    video, quiz = online.course.units.all()
    happen(learner, video, "opened", moment(3, "09:00:07"))
    happen(learner, video, "watched", moment(3, "09:05:00"), **{"from": 0, "to": 600})
    happen(learner, video, "completed", moment(3, "09:12:31"))
    happen(learner, quiz, "quiz_started", moment(10, "10:00:00"), attempt=1, questions=[])
    happen(learner, quiz, "quiz_answered", moment(10, "10:04:00"), attempt=1, percent=60, has_passed=False)
    happen(learner, quiz, "quiz_answered", moment(10, "10:20:00"), attempt=2, percent=90, has_passed=True)
    happen(learner, quiz, "completed", moment(10, "10:20:01"))
    return learner


def log(enrolment):
    (found,) = logs_of(enrolment.run, [enrolment], on=TODAY)
    return found


def test_log_sums_units_by_their_standard_time(learned):
    found = log(learned)

    assert (found.standard_minutes, found.done_minutes, found.percent) == (720, 720, 100)
    assert (found.starts_at, found.ends_at) == (moment(3, "09:00:07"), moment(10, "10:20:01"))
    assert (found.completed_on, found.result) == (date(2027, 2, 10), "修了")


def test_log_of_somebody_who_has_not_begun_is_empty(learner):
    found = log(learner)

    assert (found.starts_at, found.ends_at, found.percent, found.result) == (None, None, 0, "未開始")


def test_unit_finished_after_the_last_day_is_shown_and_not_counted(learned):
    learned.run.learn_until = date(2027, 2, 9)
    learned.run.save()

    found = log(learned)

    assert (found.done_minutes, found.completed_on, found.result) == (300, None, "学習中")
    assert [one.result for one in found.units] == ["修了", "期間外の修了（数えません）"]


def test_video_half_seen_shows_its_share_once(learner, online):
    video = online.course.units.get(number=1)
    happen(learner, video, "opened", moment(3, "09:00:00"))
    happen(learner, video, "watched", moment(3, "09:05:00"), **{"from": 0, "to": 300})
    happen(learner, video, "watched", moment(3, "09:06:00"), **{"from": 100, "to": 240})

    assert [one.percent for one in log(learner).units] == [50, 0]


def test_version_done_before_it_was_replaced_stays_done(learned, online):
    old = online.course.units.get(number=1)
    Unit.objects.filter(pk=old.pk).update(retired_at=moment(11, "00:00:00"))
    UnitFactory(course=online.course, number=1, kind="text", title="三面図 第2版", standard_minutes=400, replaces=old)

    found = log(learned)

    assert [one.unit.title for one in found.units] == ["三面図", "確認テスト"]
    assert found.standard_minutes == 720


def table(answer, code):
    return list(csv.reader(StringIO(answer.content.decode(code))))


@pytest.mark.parametrize(("asked", "code"), [("cp932", "cp932"), ("utf-8", "utf-8-sig"), ("bogus", "utf-8-sig")])
def test_csv_names_course_learner_moments_progress_and_result(learned, coordinator, asked, code):
    answer = coordinator.client().get(reverse("courses:learning_log_csv", args=[learned.pk]), {"code": asked})

    rows = table(answer, code)
    assert rows[1][-6:] == ["300", "2027-02-03 09:00:07", "2027-02-03 09:12:31", "100", "", "修了"]
    assert rows[2][-2:] == ["1回目 60% 不合格／2回目 90% 合格", "修了"]
    assert rows[3][2] == learned.person.full_name
    assert rows[3][-7:] == ["", "720", "2027-02-03 09:00:07", "2027-02-10 10:20:01", "100", "", "修了"]


def test_csv_keeps_a_formula_from_reckoning_and_a_rare_sign_from_breaking(learned, coordinator):
    learned.run.course.title = "=1+1 𠮷"
    learned.run.course.save()

    answer = coordinator.client().get(reverse("courses:learning_log_csv", args=[learned.pk]), {"code": "cp932"})

    assert table(answer, "cp932")[1][0] == "'=1+1 〓"


def test_page_tells_server_time_with_seconds(learned, trainee):
    page = trainee.client().get(reverse("courses:learning_log", args=[learned.pk])).content.decode()

    assert "2027年2月3日 09:00:07" in page
    assert "2027年2月10日 10:20:01" in page
    assert "2回目 90% 合格" in page


def text_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_pdf_of_a_run_has_a_sheet_for_each_learner(learned, online, coordinator, establishment, pattern):
    second = EmploymentFactory(establishment=establishment, pattern=pattern, person=PersonFactory(family_name="別人"))
    EnrolmentFactory(run=online, employment=second)

    sheets = text_of(coordinator.client().get(reverse("courses:run_log_pdf", args=[online.pk])).content)

    assert len(sheets) == 2
    assert sum("2027年2月10日10:20:01" in sheet for sheet in sheets) == 1
    assert sum("別人太郎" in sheet for sheet in sheets) == 1


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("who", ["trainee", "manager", "advisor", "coordinator", "instructor"])
def test_log_is_for_those_concerned(learned, request, who, name):
    answer = request.getfixturevalue(who).client().get(reverse(f"courses:{name}", args=[learned.pk]))

    assert answer.status_code == 200
    assert answer.content


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("who", ["stranger", "advisor_without_mandate", "officer"])
def test_log_does_not_exist_for_others(learned, request, who, name):
    assert request.getfixturevalue(who).client().get(reverse(f"courses:{name}", args=[learned.pk])).status_code == 404


@pytest.mark.parametrize("name", RUN_FORMATS)
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("officer", 404), ("coordinator", 200)])
def test_log_of_a_run_is_for_the_college_and_those_who_send(learned, request, who, status, name):
    answer = request.getfixturevalue(who).client().get(reverse(f"courses:{name}", args=[learned.run_id]))

    assert answer.status_code == status


def test_firm_gets_its_own_people_of_a_run_alone(learned, manager):
    EnrolmentFactory(run=learned.run, employment__person__family_name="よその人")

    rows = table(manager.client().get(reverse("courses:run_log_csv", args=[learned.run_id])), "utf-8-sig")

    assert {row[2] for row in rows[1:]} == {learned.person.full_name}


@pytest.mark.parametrize("more", [0, 2], ids=["one learner", "three learners"])
def test_log_of_a_run_asks_as_often_for_one_as_for_three(
    learned, coordinator, establishment, pattern, django_assert_num_queries, more
):
    for _n in range(more):
        one = EnrolmentFactory(
            run=learned.run, employment=EmploymentFactory(establishment=establishment, pattern=pattern)
        )
        happen(one, learned.run.course.units.get(number=1), "opened", moment(4, "08:00:00") + timedelta(hours=1))
    client = coordinator.client()

    with django_assert_num_queries(QUERIES_OF_RUN_LOG):
        client.get(reverse("courses:run_log", args=[learned.run_id]))


QUERIES_OF_RUN_LOG = 15


def test_run_log_is_for_runs_learned_online_and_those_who_see_their_attendance(
    learned, run, trainee, manager, advisor, coordinator, stranger, officer
):
    everybody = (trainee, manager, advisor, coordinator, stranger, officer)

    assert [may_see_run_log(who.acting(), learned.run) for who in everybody] == [True, True, True, True, False, False]
    assert not may_see_run_log(coordinator.acting(), run)


def test_run_somebody_has_begun_to_learn_is_not_cancelled(learned, coordinator):
    with pytest.raises(Refused, match="学習が始まった開講は中止できません"):
        cancel_run(learned.run, reason="講師の都合", by=coordinator.acting())
