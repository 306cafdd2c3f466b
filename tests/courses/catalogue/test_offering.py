"""A course from draft to the catalogue, and runs from preparation to applications."""

from datetime import date

import pytest
from django.urls import reverse

from courses.actions.catalogue.courses import (
    create_course,
    edit_course,
    list_course,
    propose_course,
    return_course,
    withdraw_course,
)
from courses.actions.catalogue.runs import cancel_run, create_run, edit_run, open_run
from courses.models import AttendanceMark, Course
from courses.states import CourseState, EnrolmentState, RunState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.factories import CourseFactory, LessonFactory, RunFactory

FACTS = {
    "title": "現場IoT: センサで設備の稼働を見る",
    "field": "dx",
    "level": "basic",
    "method": "class",
    "summary": "止まった時間を数える",
    "goals": "",
    "syllabus": "",
    "audience": "",
    "timing": "day",
    "offering": "public",
    "language": "日本語",
    "hours": "12",
    "tax_percent": 10,
    "textbook_yen": 0,
    "needed_percent": 80,
    "fee_yen": 22000,
    "seats": 12,
    "completion_rule": "",
    "provider_page": "",
}
RUN_FACTS = {
    "seats": 12,
    "fee_yen": 22000,
    "venue": "実習室",
    "venue_address": "",
    "apply_until": date(2027, 1, 31),
}


@pytest.fixture
def draft(college):
    return CourseFactory(college=college, state=CourseState.DRAFT, listed_on=None)


def verbs(thing):
    return list(JournalEntry.objects.about(thing).order_by("pk").values_list("verb", flat=True))


def test_officer_creates_a_course_for_a_college_and_lists_it(officer, college):
    officer.client().post(reverse("courses:course_new"), FACTS | {"college": college.pk})
    course = Course.objects.get()

    officer.client().post(reverse("courses:course_list", args=[course.pk]))

    course.refresh_from_db()
    assert (course.college, course.state, course.search_text) == (college, CourseState.LISTED, course.words([]))
    assert verbs(course) == ["course.create", "course.publish"]


def test_officer_must_say_whose_course_it_is(officer):
    response = officer.client().post(reverse("courses:course_new"), FACTS)

    assert response.context["college_form"].errors == {"college": ["どの連携校の講座かを選んでください。"]}
    assert not Course.objects.exists()


def test_coordinator_creates_a_course_of_the_own_college(coordinator, college):
    coordinator.client().post(reverse("courses:course_new"), FACTS)

    assert Course.objects.get().college == college


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("hours", "0", "総時間は0より大きい数で入力してください。"),
        ("seats", "0", "定員は1人以上にしてください。"),
        ("provider_page", "カレッジ", "https:// から始まるURLを入力してください。"),
    ],
)
def test_course_form_says_what_is_wrong(field, value, sentence, coordinator):
    response = coordinator.client().post(reverse("courses:course_new"), FACTS | {field: value})

    assert response.context["form"].errors == {field: [sentence]}
    assert not Course.objects.exists()


def test_create_course_refuses_the_same_title_twice(coordinator, college):
    create_course(FACTS, college=college, by=coordinator.acting())

    with pytest.raises(Refused, match="同じ名前の講座") as refused:
        create_course(FACTS, college=college, by=coordinator.acting())

    assert refused.value.field == "title"
    assert Course.objects.count() == 1


def test_edit_course_keeps_the_search_text(coordinator, draft):
    edit_course(draft, {"title": "溶接ロボット入門"}, by=coordinator.acting())

    assert list(Course.objects.matching("ろぼっと")) == [draft]
    assert JournalEntry.objects.about(draft).get().details["changes"] == {"title": [draft.title, "溶接ロボット入門"]}


def test_edit_course_without_a_change_leaves_no_trace(coordinator, draft):
    edit_course(draft, {"title": draft.title}, by=coordinator.acting())

    assert verbs(draft) == []


def test_the_journal_names_what_was_changed(officer, draft):
    edit_course(draft, {"fee_yen": 1_000, "skills": ["dss-l:1.1:x"]}, by=officer.acting())

    page = officer.client().get(reverse("courses:course", args=[draft.pk])).content.decode()

    assert "受講料（税込・1人）、身につくスキル項目" in page


def test_edit_page_saves(coordinator, draft):
    coordinator.client().post(reverse("courses:course_edit", args=[draft.pk]), FACTS)

    draft.refresh_from_db()
    assert draft.title == FACTS["title"]


def test_college_proposes_and_the_ward_lists(coordinator, officer, draft):
    propose_course(draft, by=coordinator.acting())
    list_course(draft, by=officer.acting())

    draft.refresh_from_db()
    told = list(Notification.objects.order_by("pk").values_list("person", "path"))
    path = reverse("courses:course", args=[draft.pk])
    assert (draft.state, draft.listed_on) == (CourseState.LISTED, date(2026, 11, 20))
    assert told == [(officer.person.pk, path), (coordinator.person.pk, path)]


def test_ward_returns_with_a_reason_the_college_reads(coordinator, officer, draft):
    propose_course(draft, by=coordinator.acting())

    officer.client().post(reverse("courses:course_return", args=[draft.pk]), {"reason": "内容をもっと詳しく。"})

    draft.refresh_from_db()
    page = coordinator.client().get(reverse("courses:course", args=[draft.pk])).content.decode()
    assert draft.state == CourseState.DRAFT
    assert "内容をもっと詳しく。" in page
    assert Notification.objects.get(person=coordinator.person).body == "内容をもっと詳しく。"


def test_return_needs_a_reason(coordinator, officer, draft):
    propose_course(draft, by=coordinator.acting())

    with pytest.raises(Refused, match="差戻しの理由を書いてください"):
        return_course(draft, reason=" ", by=officer.acting())

    draft.refresh_from_db()
    assert draft.state == CourseState.PROPOSED


def test_only_a_proposed_course_is_returned(officer, draft):
    with pytest.raises(Refused, match="掲載申請中の講座だけ"):
        return_course(draft, reason="理由", by=officer.acting())


def test_withdrawn_courses_leave_the_catalogue(officer, run, manager):
    withdraw_course(run.course, by=officer.acting())

    assert run.course not in Course.objects.visible_to(manager.acting())


def test_listing_twice_is_refused_with_a_sentence(officer, draft):
    list_course(draft, by=officer.acting())

    with pytest.raises(Refused, match="「掲載中」の状態からは行えません"):
        list_course(draft, by=officer.acting())


# --- runs ---


def test_create_run_numbers_the_runs_of_a_course(coordinator, draft):
    codes = [create_run(draft, RUN_FACTS, by=coordinator.acting()).code for _ in range(2)]

    assert codes == [f"K{draft.pk:04d}-01", f"K{draft.pk:04d}-02"]


def test_create_run_needs_a_course_that_is_offered(officer, draft):
    withdraw_course(draft, by=officer.acting())

    with pytest.raises(Refused, match="掲載を終了した講座"):
        create_run(draft, RUN_FACTS, by=officer.acting())


def test_run_pages_create_and_edit(coordinator, draft):
    client = coordinator.client()
    client.post(reverse("courses:run_new", args=[draft.pk]), RUN_FACTS)
    run = draft.runs.get()

    client.post(reverse("courses:run_edit", args=[run.pk]), RUN_FACTS | {"seats": 5})

    run.refresh_from_db()
    assert run.seats == 5


def test_open_run_needs_a_listed_course(coordinator, draft):
    run = RunFactory(course=draft, state=RunState.PREPARING)

    with pytest.raises(Refused, match="掲載中の講座だけ"):
        open_run(run, by=coordinator.acting())


def test_open_run_needs_a_lesson(coordinator, college):
    run = RunFactory(course__college=college, state=RunState.PREPARING)

    with pytest.raises(Refused, match="コマが1つもありません"):
        open_run(run, by=coordinator.acting())


@pytest.mark.parametrize("until", [date(2027, 2, 3), date(2027, 2, 4)])
def test_open_run_needs_applications_to_end_before_the_first_lesson(until, coordinator, college):
    run = RunFactory(course__college=college, state=RunState.PREPARING, apply_until=until)
    LessonFactory(run=run, day=date(2027, 2, 3))

    with pytest.raises(Refused, match="最初のコマ（2027年2月3日）より前の日に"):
        open_run(run, by=coordinator.acting())


def test_open_run_opens(coordinator, college):
    run = RunFactory(course__college=college, state=RunState.PREPARING)
    LessonFactory(run=run)

    open_run(run, by=coordinator.acting())

    assert verbs(run) == ["run.open"]


def test_edit_run_keeps_the_seats_that_are_taken(coordinator, run, seated):
    seated(run, 3)

    with pytest.raises(Refused, match="すでに3人の受講が決まっています") as refused:
        edit_run(run, RUN_FACTS | {"seats": 2}, by=coordinator.acting())

    assert refused.value.field == "seats"


def test_edit_run_keeps_the_fee_people_applied_for(coordinator, run, seated):
    seated(run)

    with pytest.raises(Refused, match="受講料は変えられません"):
        edit_run(run, RUN_FACTS | {"fee_yen": 30000}, by=coordinator.acting())


def test_edit_run_keeps_the_application_day_before_the_first_lesson(coordinator, run):
    with pytest.raises(Refused, match="より前の日に") as refused:
        edit_run(run, RUN_FACTS | {"apply_until": date(2027, 2, 3)}, by=coordinator.acting())

    assert refused.value.field == "apply_until"


def test_edit_run_with_more_seats_moves_the_queue_up(coordinator, run, seated):
    first, second = seated(run, 2, state=EnrolmentState.WAITLISTED)
    edit_run(run, RUN_FACTS | {"seats": 1}, by=coordinator.acting())

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (EnrolmentState.OFFERED, EnrolmentState.WAITLISTED)


def test_cancelled_run_is_not_edited(coordinator, college):
    run = RunFactory(course__college=college, state=RunState.CANCELLED)

    with pytest.raises(Refused, match="中止した開講は変更できません"):
        edit_run(run, RUN_FACTS, by=coordinator.acting())


def test_cancel_run_tells_trainees_and_managers_and_ends_enrolments(coordinator, manager, run, seated):
    (enrolment,) = seated(run)

    coordinator.client().post(reverse("courses:run_cancel", args=[run.pk]), {"reason": "講師の都合による。"})

    run.refresh_from_db()
    enrolment.refresh_from_db()
    told = set(Notification.objects.values_list("person", "body"))
    assert (run.state, enrolment.state) == (RunState.CANCELLED, EnrolmentState.CANCELLED)
    assert told == {(enrolment.person_id, "講師の都合による。"), (manager.person.pk, "講師の都合による。")}


def test_cancel_run_needs_a_reason(coordinator, run):
    with pytest.raises(Refused, match="中止の理由を書いてください"):
        cancel_run(run, reason="", by=coordinator.acting())


def test_cancel_run_is_refused_once_attendance_is_recorded(coordinator, instructor, run, lesson, seated):
    (enrolment,) = seated(run)
    AttendanceMark.objects.create(
        enrolment=enrolment, lesson=lesson, minutes=0, source="roster", recorded_by=instructor.person
    )

    with pytest.raises(Refused, match="出席が記録された開講は中止できません"):
        cancel_run(run, reason="理由", by=coordinator.acting())
