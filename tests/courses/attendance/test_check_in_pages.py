"""A trainee's telephone: looking writes nothing, the button records, and every no is a sentence on the page."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.actions.attendance.desk import open_desk
from courses.desk_code import code_at, step_at
from courses.models import CheckIn, Run
from courses.states import RunState
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory


def shown(desk, moment):
    return code_at(desk.secret, desk.lesson_id, step_at(moment))


@pytest.fixture
def now_on(college, instructor, trainee):
    """A lesson that runs now, its desk open, our trainee in it."""
    run = RunFactory(course__college=college)
    start = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=30)
    lesson = LessonFactory(
        run=run, starts_at=start, ends_at=start + timedelta(hours=2), instructor=instructor.person, meal=False
    )
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    return open_desk(lesson, by=instructor.acting(today=lesson.on))


def url_of(desk):
    return reverse("courses:check_in_code", args=[desk.lesson_id, shown(desk, timezone.now())])


def test_looking_at_the_scanned_page_writes_nothing(now_on, trainee):
    page = trainee.client().get(url_of(now_on))

    assert "入室を記録する" in page.content.decode()
    assert not CheckIn.objects.exists()


def test_button_records_and_says_when(now_on, trainee):
    done = trainee.client().post(url_of(now_on), follow=True)

    row = CheckIn.objects.get()
    assert f"{timezone.localtime(row.at):%H:%M}に入室を記録しました。" in done.content.decode()
    assert len(row.address_hash) == 64


def test_second_press_of_the_button_gets_a_sentence(now_on, trainee):
    client, url = trainee.client(), url_of(now_on)
    client.post(url)

    page = client.post(url)

    assert "記録していません" in page.content.decode()
    assert "もう記録されています" in page.context["refusal"]


def test_device_is_told_apart_by_line_and_browser(now_on, trainee, people):
    (employment,) = people(1)
    EnrolmentFactory(run=now_on.lesson.run, employment=employment)
    url = url_of(now_on)
    trainee.client().post(url, headers={"user-agent": "A"})
    other = Client()
    other.force_login(employment.person)
    other.post(url, headers={"user-agent": "B"})

    assert len(set(CheckIn.objects.values_list("address_hash", flat=True))) == 2


def test_typed_code_leads_to_the_button(now_on, trainee):
    code = shown(now_on, timezone.now())

    page = trainee.client().get(reverse("courses:check_in"), {"code": code.lower()}, follow=True)

    assert "入室を記録する" in page.content.decode()


def test_code_is_typed_without_touching_the_field_first(trainee):
    page = trainee.client().get(reverse("courses:check_in"))

    assert re.search(r'<input[^>]*name="code"[^>]* autofocus', page.content.decode())


def test_typed_nonsense_gets_a_sentence_at_the_field(now_on, trainee):
    page = trainee.client().get(reverse("courses:check_in"), {"code": "XXXX"})

    assert page.context["form"].errors["code"] == [
        "コードが違います。教室の画面に出ている8文字を、もう一度読み取るか入力してください。"
    ]


def test_scanned_page_of_a_run_one_cannot_see_is_not_there(now_on, stranger):
    Run.objects.update(state=RunState.PREPARING)

    assert stranger.client().get(url_of(now_on)).status_code == 404


def test_scanned_page_asks_for_a_login_first(now_on, client):
    answer = client.get(url_of(now_on))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


def test_own_scans_are_shown_to_oneself_alone(now_on, trainee, stranger):
    trainee.client().post(url_of(now_on))
    url = reverse("courses:checked_in", args=[now_on.lesson_id])

    assert len(trainee.client().get(url).context["scans"]) == 1
    assert stranger.client().get(url).context["scans"] == []
