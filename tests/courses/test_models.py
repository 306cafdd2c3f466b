"""Each constraint of courses/ is broken once, and the database says no."""

from datetime import date

import pytest
from django.db import Error, IntegrityError, connection, transaction

from courses.models import AttendanceMark, Course, LessonBreak
from courses.models.catalogue.runs import minutes_between
from courses.states import EnrolmentState
from tests.factories import CourseFactory, EnrolmentFactory, LessonFactory, RunFactory, at

DAY = date(2027, 2, 3)


def breaks(name, make):
    """`make()` fails at the constraint of that name. SQLite names a UNIQUE by its columns."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)


def test_course_title_once_per_college(college):
    CourseFactory(college=college, title="現場IoT")

    breaks("course_title_once_per_college", lambda: CourseFactory(college=college, title="現場IoT"))


def test_course_has_hours(college):
    breaks("course_has_hours", lambda: CourseFactory(college=college, hours=0))


def test_course_has_seats(college):
    breaks("course_has_seats", lambda: CourseFactory(college=college, seats=0))


def test_course_listed_with_day(college):
    breaks("course_listed_with_day", lambda: CourseFactory(college=college, listed_on=None))


def test_run_has_seats(db):
    breaks("run_has_seats", lambda: RunFactory(seats=0))


def test_run_code_once(run):
    breaks("courses_run_code", lambda: RunFactory(code=run.code))


def test_lesson_number_once(run):
    breaks("lesson_number_once", lambda: LessonFactory(run=run, number=1, day=date(2027, 3, 3)))


def test_lesson_ends_after_start(run):
    def make():
        return LessonFactory(run=run, number=9, starts_at=at(DAY, "20:00"), ends_at=at(DAY, "19:00"), meal=False)

    breaks("lesson_ends_after_start", make)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no exclusion constraint; the action guards it"
)
def test_lesson_no_overlap(run):
    def make():
        return LessonFactory(run=run, number=9, starts_at=at(DAY, "16:00"), ends_at=at(DAY, "18:00"), meal=False)

    breaks("lesson_no_overlap", make)


def test_lesson_break_ends_after_start(lesson):
    def make():
        return LessonBreak.objects.create(lesson=lesson, starts_at=at(DAY, "15:00"), ends_at=at(DAY, "15:00"))

    breaks("lesson_break_ends_after_start", make)


def test_enrolment_open_once(run, trainee):
    employment = trainee.person.employments.get()
    EnrolmentFactory(run=run, employment=employment)

    breaks("enrolment_open_once", lambda: EnrolmentFactory(run=run, employment=employment))


def test_enrolment_may_be_made_again_after_it_was_cancelled(run, trainee):
    employment = trainee.person.employments.get()
    EnrolmentFactory(run=run, employment=employment, state=EnrolmentState.CANCELLED)

    EnrolmentFactory(run=run, employment=employment)

    assert run.enrolments.accepted().count() == 1


@pytest.fixture
def enrolment(run, trainee):
    return EnrolmentFactory(run=run, employment=trainee.person.employments.get())


def mark(enrolment, lesson, by, **fields):
    absent = {"came_at": None, "left_at": None, "minutes": 0}
    return AttendanceMark.objects.create(
        enrolment=enrolment, lesson=lesson, source="roster", recorded_by=by.person, **(absent | fields)
    )


def test_attendance_first_mark_once(enrolment, lesson, instructor):
    mark(enrolment, lesson, instructor)

    breaks("attendance_first_mark_once", lambda: mark(enrolment, lesson, instructor))


def test_attendance_is_corrected_once(enrolment, lesson, instructor):
    first = mark(enrolment, lesson, instructor)
    mark(enrolment, lesson, instructor, corrects=first, reason="入力ちがい")

    breaks("corrects", lambda: mark(enrolment, lesson, instructor, corrects=first, reason="入力ちがい"))


@pytest.mark.parametrize(
    "fields",
    [
        {"minutes": 60},
        {"came_at": at(DAY, "10:00"), "minutes": 60},
        {"came_at": at(DAY, "10:00"), "left_at": at(DAY, "10:00"), "minutes": 60},
        {"came_at": at(DAY, "10:00"), "left_at": at(DAY, "11:00"), "minutes": 0},
    ],
    ids=["absent with minutes", "came, never left", "left as they came", "present without minutes"],
)
def test_attendance_minutes_agree_with_span(fields, enrolment, lesson, instructor):
    breaks("attendance_minutes_agree_with_span", lambda: mark(enrolment, lesson, instructor, **fields))


def test_attendance_correction_has_reason(enrolment, lesson, instructor):
    first = mark(enrolment, lesson, instructor)

    breaks("attendance_correction_has_reason", lambda: mark(enrolment, lesson, instructor, corrects=first))


def test_attendance_first_mark_needs_no_reason(enrolment, lesson, instructor):
    breaks("attendance_correction_has_reason", lambda: mark(enrolment, lesson, instructor, reason="理由"))


@pytest.mark.parametrize("write", ["update", "delete"])
def test_marks_are_append_only(write, enrolment, lesson, instructor):
    mark(enrolment, lesson, instructor)

    with pytest.raises(Error, match="append-only"), transaction.atomic():
        AttendanceMark.objects.update(minutes=1) if write == "update" else AttendanceMark.objects.all()._raw_delete(
            "default"
        )


def test_lesson_minutes_leave_out_the_meal(lesson):
    assert (minutes_between(lesson.starts_at, lesson.ends_at), lesson.minutes) == (420, 360)


@pytest.mark.parametrize(
    "words",
    ["iot", "ＩｏＴ", "せんさ", "センサ", "現場 稼働", "東都工科"],
    ids=["case", "width", "kana", "katakana", "and", "college"],
)
def test_matching_forgives_width_case_and_kana(words, run):
    course = run.course
    course.search_text = course.words()
    course.save()

    assert list(Course.objects.matching(words)) == [course]


def test_matching_wants_every_word(run):
    course = run.course
    course.search_text = course.words()
    course.save()

    assert not Course.objects.matching("iot 溶接").exists()


def test_visible_to_shows_drafts_to_their_college_and_the_ward(college, coordinator, officer, manager, stranger):
    draft = CourseFactory(college=college, state="draft", listed_on=None)

    seen = [
        who.person.family_name
        for who in (coordinator, officer, manager, stranger)
        if draft in Course.objects.visible_to(who.acting())
    ]

    assert seen == ["学務", "区役"]
