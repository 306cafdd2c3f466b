"""The room screen: who may open it, what stands on it, and that its code lives half a minute."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from courses.actions.attendance.check_in import check_in
from courses.actions.attendance.desk import close_desk, open_desk
from courses.desk_code import code_at, in_groups, step_at
from courses.models import CheckInDesk, Run
from courses.states import RunState
from firms.errors import Refused
from firms.models import JournalEntry
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory

DAY = date(2027, 2, 3)


@pytest.fixture
def on_now(college, instructor):
    """A lesson that runs now, with a seat for nobody yet."""
    start = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=30)
    return LessonFactory(
        run=RunFactory(course__college=college),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        instructor=instructor.person,
        meal=False,
    )


@pytest.fixture
def desk(on_now, instructor):
    return open_desk(on_now, by=instructor.acting(today=on_now.on))


def address(lesson, name="desk", *more):
    return reverse(f"courses:{name}", args=[lesson.pk, *more])


def come(desk, enrolment, by, *, device="a"):
    now = timezone.now()
    return check_in(desk.lesson, code_at(desk.secret, desk.lesson_id, step_at(now)), at=now, device=device, by=by)


def test_desk_opens_on_the_day_of_the_lesson_and_not_before(lesson, instructor):
    with pytest.raises(Refused, match="出席は2月3日から記録できます"):
        open_desk(lesson, by=instructor.acting(today=DAY - timedelta(days=1)))

    assert open_desk(lesson, by=instructor.acting(today=DAY)).closed_at is None


def test_desk_of_a_cancelled_run_stays_shut(lesson, instructor):
    Run.objects.update(state=RunState.CANCELLED)

    with pytest.raises(Refused, match="中止した開講"):
        open_desk(lesson, by=instructor.acting(today=DAY))


def test_opening_and_closing_twice_is_once(lesson, instructor):
    teacher = instructor.acting(today=DAY)

    secrets = {open_desk(lesson, by=teacher).secret, open_desk(lesson, by=teacher).secret}
    close_desk(lesson, by=teacher)
    close_desk(lesson, by=teacher)

    assert len(secrets) == 1
    assert list(JournalEntry.objects.about(lesson).order_by("pk").values_list("verb", flat=True)) == [
        "desk.open",
        "desk.close",
    ]


def test_database_holds_one_desk_for_a_lesson(desk, instructor):
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckInDesk.objects.create(lesson=desk.lesson, secret="x", opened_by=instructor.person)


def test_screen_shows_the_code_of_now_and_the_way_to_type_it(desk, instructor):
    page = instructor.client().get(address(desk.lesson))

    step = page.context["step"]
    assert page.context["code"] == in_groups(code_at(desk.secret, desk.lesson_id, step))
    assert address(desk.lesson, "desk_code", step) in page.content.decode()
    assert page.context["code"] in page.content.decode()
    assert "/courses/check-in/" in page.context["typed_at"]


def test_looking_at_a_screen_that_is_not_open_opens_nothing(on_now, instructor):
    page = instructor.client().get(address(on_now))

    assert "受付を開く" in page.content.decode()
    assert not CheckInDesk.objects.exists()


def test_screen_is_opened_and_closed_by_its_buttons(on_now, instructor):
    client = instructor.client()

    client.post(address(on_now, "desk_open"))
    is_open = CheckInDesk.objects.filter(lesson=on_now, closed_at=None).exists()
    answer = client.post(address(on_now, "desk_close"))

    assert is_open
    assert answer.url == address(on_now, "roster")
    assert not CheckInDesk.objects.filter(closed_at=None).exists()


def test_poll_gets_the_living_part_alone(desk, instructor):
    page = instructor.client().get(address(desk.lesson), headers={"hx-request": "true"})

    text = page.content.decode()
    assert text.strip().startswith('<div class="desk-live"')
    assert "<html" not in text


def test_poll_of_a_desk_closed_meanwhile_says_so_and_shows_no_code(desk, instructor):
    close_desk(desk.lesson, by=instructor.acting(today=desk.lesson.on))

    page = instructor.client().get(address(desk.lesson), headers={"hx-request": "true"})

    assert "受付は閉じられました。" in page.content.decode()
    assert page.context["code"] == ""


def test_screen_counts_who_is_in_and_names_nobody_as_suspect(desk, instructor, trainee, people):
    (employment,) = people(1)
    own = EnrolmentFactory(run=desk.lesson.run, person=trainee.person, employment=trainee.person.employments.get())
    EnrolmentFactory(run=desk.lesson.run, employment=employment)
    come(desk, own, trainee.acting(today=desk.lesson.on))

    page = instructor.client().get(address(desk.lesson))

    room = page.context["room"]
    assert (room.came, room.went, len(room.people), room.cautions) == (1, 0, 2, 0)
    assert "1 / 2人" in page.content.decode()
    assert "同じ端末" not in page.content.decode()


def test_picture_is_a_plain_svg_of_the_code_of_now(desk, instructor):
    step = step_at(timezone.now())

    picture = instructor.client().get(address(desk.lesson, "desk_code", step))

    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert picture.content.startswith(b"<?xml") or picture.content.startswith(b"<svg")
    assert b"<script" not in picture.content


@pytest.mark.parametrize("offset", [-10, 2], ids=["past", "to come"])
def test_there_is_no_picture_of_another_time(offset, desk, instructor):
    step = step_at(timezone.now()) + offset

    assert instructor.client().get(address(desk.lesson, "desk_code", step)).status_code == 404


def test_there_is_no_picture_of_a_closed_desk(desk, instructor):
    close_desk(desk.lesson, by=instructor.acting(today=desk.lesson.on))

    assert instructor.client().get(address(desk.lesson, "desk_code", step_at(timezone.now()))).status_code == 404


@pytest.mark.parametrize("who", ["trainee", "manager", "officer", "stranger"])
@pytest.mark.parametrize("name", ["desk", "desk_code"])
def test_screen_is_for_those_who_keep_the_roster(who, name, desk, request):
    more = [step_at(timezone.now())] if name == "desk_code" else []

    answer = request.getfixturevalue(who).client().get(address(desk.lesson, name, *more))

    assert answer.status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_screen_takes_the_same_queries(n, desk, seated, instructor, django_assert_num_queries):
    seated(desk.lesson.run, n)
    client = instructor.client()

    with django_assert_num_queries(9):
        client.get(address(desk.lesson))


# --- what the roster makes of the scans ---


def test_roster_is_filled_from_the_scans_for_the_instructor_to_settle(desk, instructor, trainee, people):
    (employment,) = people(1)
    own = EnrolmentFactory(run=desk.lesson.run, person=trainee.person, employment=trainee.person.employments.get())
    missing = EnrolmentFactory(run=desk.lesson.run, employment=employment)
    come(desk, own, trainee.acting(today=desk.lesson.on))

    page = instructor.client().get(address(desk.lesson, "roster"))

    rows = {row.enrolment.pk: row.form.initial for row in page.context["rows"]}
    assert (rows[own.pk]["status"], rows[missing.pk]["status"]) == ("present", "absent")
    assert rows[own.pk]["late"] in {29, 30, 31}
    text = page.content.decode()
    assert "退室の記録なし" in text
    assert "読取りなし" in text


def test_roster_cautions_where_two_people_used_one_device(desk, instructor, trainee, people):
    (employment,) = people(1)
    own = EnrolmentFactory(run=desk.lesson.run, person=trainee.person, employment=trainee.person.employments.get())
    friend = EnrolmentFactory(run=desk.lesson.run, employment=employment)
    acting = trainee.acting(today=desk.lesson.on)
    come(desk, own, acting)
    come(desk, friend, type(acting)(friend.person, None, None, "", "", desk.lesson.on))

    page = instructor.client().get(address(desk.lesson, "roster"))

    text = page.content.decode()
    assert text.count("</svg>同じ端末から複数") == 2
    assert "本人がいたかを確かめてください。" in text
