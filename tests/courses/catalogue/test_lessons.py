"""Lessons: their order, their breaks, their neighbours, their instructor, and who hears when they move."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses.actions.catalogue.lessons import add_lesson, change_lesson, remove_lesson, write
from courses.actions.catalogue.timetable import LessonWish, Pause
from courses.models import AttendanceMark, Lesson
from courses.states import RunState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.factories import LessonFactory, PersonFactory, RunFactory, at

DAY = date(2027, 2, 17)
FORM = {
    "topic": "データの見方",
    "on": "2027-02-17",
    "starts": "10:00",
    "ends": "17:00",
    "meal_from": "12:00",
    "meal_to": "13:00",
    "break1_from": "15:00",
    "break1_to": "15:10",
    "room": "実習室A",
}


def wish(start="10:00", end="17:00", *, day=DAY, **fields):
    return LessonWish(topic="データの見方", starts_at=at(day, start), ends_at=at(day, end), **fields)


def pause(start, end, **fields):
    return Pause(starts_at=at(DAY, start), ends_at=at(DAY, end), **fields)


def test_lesson_page_adds_a_lesson_with_its_breaks(coordinator, run, instructor):
    coordinator.client().post(reverse("courses:lesson_new", args=[run.pk]), FORM | {"instructor": instructor.person.pk})

    lesson = run.lessons.get(topic="データの見方")
    breaks = [(str(one), one.is_meal) for one in lesson.breaks.all()]
    assert (lesson.number, lesson.minutes, lesson.instructor) == (3, 360, instructor.person)
    assert breaks == [("12:00–13:00", True), ("15:00–15:10", False)]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"ends": "09:00"}, "ends", "終了は開始より後の時刻にしてください。"),
        ({"ends": "10:00"}, "ends", "終了は開始より後の時刻にしてください。"),
        ({"meal_to": "11:00"}, "meal_from", "休憩の終わりは始まりより後の時刻にしてください。"),
        ({"meal_from": "09:00"}, "meal_from", "休憩はコマの時間（10:00–17:00）の中に入れてください。"),
        ({"break1_to": "18:00"}, "break1_from", "休憩はコマの時間（10:00–17:00）の中に入れてください。"),
        ({"break1_from": "12:30"}, "break1_from", "休憩どうしが重なっています。時刻を直してください。"),
        ({"break1_to": ""}, "break1_to", "休憩は始まりと終わりの両方を入力してください。"),
        ({"on": "2027-02-10"}, "starts", "第2回（10:00–17:00）と時間が重なっています。日付か時刻を直してください。"),
        ({"starts": "10時"}, "starts", "時刻を「10:00」の形で入力してください。"),
    ],
    ids=[
        "ends before it starts",
        "ends as it starts",
        "meal backwards",
        "meal before the lesson",
        "break after the lesson",
        "breaks overlap",
        "break without end",
        "lessons overlap",
        "no clock",
    ],
)
def test_lesson_page_says_what_is_wrong_at_the_field(changed, field, sentence, coordinator, run):
    response = coordinator.client().post(reverse("courses:lesson_new", args=[run.pk]), FORM | changed)

    assert response.context["form"].errors == {field: [sentence]}
    assert run.lessons.count() == 2


def test_lesson_that_is_all_meal_is_refused(coordinator, run):
    with pytest.raises(Refused, match="食事休憩がコマの全体"):
        add_lesson(
            run, wish("12:00", "13:00", pauses=(pause("12:00", "13:00", is_meal=True),)), by=coordinator.acting()
        )


def prefilled(client, run):
    """The form as the page fills it in after the last lesson: the same hours and meal, a week later."""
    initial = client.get(reverse("courses:lesson_new", args=[run.pk])).context["form"].initial
    return {name: value for name, value in initial.items() if value is not None} | {"topic": "データの見方"}


def test_a_morning_lesson_is_not_refused_for_the_meal_filled_in_beforehand(coordinator, run):
    client = coordinator.client()
    data = prefilled(client, run)
    assert str(data["meal_from"]) == "12:00:00"

    client.post(reverse("courses:lesson_new", args=[run.pk]), data | {"ends": "12:00"})

    lesson = run.lessons.get(topic="データの見方")
    assert (lesson.minutes, lesson.breaks.count()) == (120, 0)


def test_a_meal_filled_in_beforehand_that_reaches_into_the_lesson_is_asked_about(coordinator, run):
    client = coordinator.client()

    response = client.post(reverse("courses:lesson_new", args=[run.pk]), prefilled(client, run) | {"ends": "12:30"})

    assert response.context["form"].errors == {"meal_from": ["休憩はコマの時間（10:00–12:30）の中に入れてください。"]}


def test_a_meal_somebody_typed_outside_the_lesson_is_refused(coordinator, run):
    client = coordinator.client()
    typed = {"ends": "12:00", "meal_from": "12:10", "meal_to": "12:50"}

    response = client.post(reverse("courses:lesson_new", args=[run.pk]), prefilled(client, run) | typed)

    assert response.context["form"].errors == {"meal_from": ["休憩はコマの時間（10:00–12:00）の中に入れてください。"]}


def test_editing_a_lesson_does_not_drop_its_meal_unasked(coordinator, run, lesson):
    url = reverse("courses:lesson_edit", args=[lesson.pk])
    client = coordinator.client()
    data = {name: value for name, value in client.get(url).context["form"].initial.items() if value is not None}

    response = client.post(url, data | {"ends": "12:00"})

    assert "meal_from" in response.context["form"].errors


def test_lessons_may_follow_each_other_without_a_gap(coordinator, run):
    add_lesson(run, wish("10:00", "12:00"), by=coordinator.acting())
    add_lesson(run, wish("12:00", "13:00"), by=coordinator.acting())

    assert run.lessons.count() == 4


def test_overlap_that_the_database_finds_gets_a_sentence_too(coordinator, run, lesson):
    """The guard cannot see a lesson written meanwhile; a taken number stands for it on SQLite."""
    late = Lesson(run=run, number=lesson.number)

    with pytest.raises(Refused, match="別のコマと時間が重なっています") as refused:
        write(late, wish())

    assert refused.value.field == "starts"


def test_instructor_is_not_booked_twice(coordinator, run, instructor):
    other = RunFactory(course__college=run.course.college, course__title="3D CAD")

    with pytest.raises(Refused, match="講元 太郎さんは同じ時間（10:00–17:00）に「現場IoT") as refused:
        add_lesson(
            other, wish("16:00", "18:00", day=date(2027, 2, 3), instructor=instructor.person), by=coordinator.acting()
        )

    assert refused.value.field == "instructor"


def test_instructor_of_a_cancelled_run_is_free(coordinator, run, instructor):
    run.__class__.objects.filter(pk=run.pk).update(state=RunState.CANCELLED)
    other = RunFactory(course__college=run.course.college, apply_until=date(2027, 1, 31))

    add_lesson(other, wish(day=date(2027, 2, 3), instructor=instructor.person), by=coordinator.acting())

    assert other.lessons.count() == 1


def test_instructor_must_belong_to_the_college(coordinator, run):
    stranger = PersonFactory()

    response = coordinator.client().post(
        reverse("courses:lesson_new", args=[run.pk]), FORM | {"instructor": stranger.pk}
    )

    assert response.context["form"].errors == {
        "instructor": ["この人はいま連携校の講師ではありません。選び直してください。"]
    }


def test_lessons_are_numbered_in_the_order_of_their_time(coordinator, run):
    add_lesson(run, wish(day=date(2027, 2, 5)), by=coordinator.acting())

    days = [(lesson.number, lesson.on) for lesson in run.lessons.order_by("number")]
    assert days == [(1, date(2027, 2, 3)), (2, date(2027, 2, 5)), (3, date(2027, 2, 10))]


def test_open_run_keeps_its_lessons_after_the_application_day(coordinator, run):
    with pytest.raises(Refused, match="申込締切日（2027年1月31日）") as refused:
        add_lesson(run, wish(day=date(2027, 1, 31)), by=coordinator.acting())

    assert refused.value.field == "on"
    assert run.lessons.count() == 2


def moved(lesson, days):
    return LessonWish(
        topic=lesson.topic,
        starts_at=lesson.starts_at + timedelta(days=days),
        ends_at=lesson.ends_at + timedelta(days=days),
        room=lesson.room,
        instructor=lesson.instructor,
    )


def test_moving_a_lesson_tells_everyone_and_keeps_from_and_to(coordinator, manager, run, lesson, seated, firm):
    (enrolment,) = seated(run)

    change_lesson(lesson, moved(lesson, 1), by=coordinator.acting())

    told = Notification.objects.values_list("person", flat=True)
    entries = JournalEntry.objects.about(lesson).filter(verb="lesson.move")
    assert set(told) == {enrolment.person_id, manager.person.pk}
    assert "2027年2月3日 10:00–17:00" in Notification.objects.first().body
    assert "2027年2月4日 10:00–17:00" in Notification.objects.first().body
    assert {entry.concerns for entry in entries} == {run.course.college, firm}
    assert [(e.details["before"]["time"], e.details["after"]["time"]) for e in entries] == [
        ("2027-02-03 10:00–17:00", "2027-02-04 10:00–17:00")
    ] * 2


def test_changing_the_topic_tells_nobody(coordinator, run, lesson, seated):
    seated(run)
    client = coordinator.client()
    page = client.get(reverse("courses:lesson_edit", args=[lesson.pk]))
    data = {name: value for name, value in page.context["form"].initial.items() if value is not None}

    client.post(reverse("courses:lesson_edit", args=[lesson.pk]), data | {"topic": "センサの取付け"})

    lesson.refresh_from_db()
    assert lesson.topic == "センサの取付け"
    assert not Notification.objects.exists()
    assert JournalEntry.objects.about(lesson).get().verb == "lesson.edit"


@pytest.fixture
def marked(run, lesson, seated, instructor):
    (enrolment,) = seated(run)
    AttendanceMark.objects.create(
        enrolment=enrolment, lesson=lesson, minutes=0, source="roster", recorded_by=instructor.person
    )
    return lesson


def test_lesson_with_marks_is_not_moved(coordinator, marked):
    with pytest.raises(Refused, match="出席が記録されたコマの日時と休憩は変えられません"):
        change_lesson(marked, moved(marked, 1), by=coordinator.acting())


def test_lesson_with_marks_keeps_its_breaks(coordinator, marked):
    with pytest.raises(Refused, match="出席が記録されたコマの日時と休憩は変えられません"):
        change_lesson(marked, moved(marked, 0), by=coordinator.acting())


def test_lesson_with_marks_is_not_removed(coordinator, marked):
    with pytest.raises(Refused, match="出席が記録されたコマは削除できません"):
        remove_lesson(marked, by=coordinator.acting())


def test_removing_a_lesson_renumbers_the_others(coordinator, run, lesson):
    coordinator.client().post(reverse("courses:lesson_delete", args=[lesson.pk]))

    assert [one.number for one in run.lessons.all()] == [1]


def test_last_lesson_of_an_open_run_stays(coordinator, run, lesson):
    remove_lesson(lesson, by=coordinator.acting())

    with pytest.raises(Refused, match="コマが1つは必要です"):
        remove_lesson(run.lessons.get(), by=coordinator.acting())


def test_lessons_of_a_cancelled_run_stay_as_they_are(coordinator, college):
    lesson = LessonFactory(run=RunFactory(course__college=college, state=RunState.CANCELLED))

    with pytest.raises(Refused, match="中止した開講のコマは変更できません"):
        change_lesson(lesson, moved(lesson, 1), by=coordinator.acting())


@pytest.mark.parametrize(
    ("ends", "room", "venue", "state", "is_said"),
    [
        ("17:00", "実習室A", "本校", RunState.OPEN, True),
        ("10:01", "実習室A", "本校", RunState.OPEN, True),
        ("10:00", "実習室A", "本校", RunState.OPEN, False),
        ("17:00", "実習室B", "本校", RunState.OPEN, False),
        ("17:00", "実習室A", "分校", RunState.OPEN, False),
        ("17:00", "実習室A", "本校", RunState.CANCELLED, False),
    ],
    ids=["the whole day", "a minute", "one after the other", "another room", "another place", "cancelled"],
)
def test_room_taken_twice_is_said_and_not_refused(coordinator, run, college, ends, room, venue, state, is_said):
    type(run).objects.filter(pk=run.pk).update(venue="本校")
    other = RunFactory(course__college=college, course__title="溶接の基礎", venue=venue, state=state)
    LessonFactory(run=other, number=1, starts_at=at(DAY, "09:00"), ends_at=at(DAY, ends), room=room, meal=False)

    page = coordinator.client().post(reverse("courses:lesson_new", args=[run.pk]), FORM, follow=True).content.decode()

    assert run.lessons.filter(topic="データの見方").exists()
    assert ("「溶接の基礎 第1回」でも使う予定です" in page) is is_said
