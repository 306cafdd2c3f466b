"""Where an enrolment stands, in words with the next step; and what a manager sees before approving."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from courses.actions.seats.requests import request_seat
from courses.models import Run
from courses.queries.seats.standing import standing
from courses.states import EnrolmentState
from firms.models import Notification
from tests.factories import EnrolmentFactory, at

# --- approving, with everything before the click ---


@pytest.fixture
def wish(trainee, coming):
    return EnrolmentFactory(run=coming, employment=trainee.person.employments.get(), state=EnrolmentState.REQUESTED)


def test_approve_page_shows_cost_forecast_and_the_day_to_file_before_the_click(manager, wish, coming):
    Run.objects.filter(pk=coming.pk).update(apply_until=localdate() + timedelta(days=50))
    coming.lessons.filter(number=1).update(
        starts_at=at(localdate() + timedelta(days=60), "10:00"), ends_at=at(localdate() + timedelta(days=60), "17:00")
    )
    coming.lessons.filter(number=2).update(
        starts_at=at(localdate() + timedelta(days=67), "10:00"), ends_at=at(localdate() + timedelta(days=67), "17:00")
    )

    html = manager.client().get(reverse("courses:enrolment_approve", args=[wish.pk])).content.decode()

    wish.refresh_from_db()
    assert wish.state == EnrolmentState.REQUESTED
    assert "22,000円" in html
    assert "計画届" in html
    assert "受講料は会社が支払います" in html


def test_approve_page_says_when_the_run_is_full(manager, wish, coming, seated):
    seated(coming)
    Run.objects.filter(pk=coming.pk).update(seats=1)

    html = manager.client().get(reverse("courses:enrolment_approve", args=[wish.pk])).content.decode()

    assert "承認すると、キャンセル待ちになります。" in html


def test_approve_page_of_an_answered_wish_asks_nothing(manager, wish):
    url = reverse("courses:enrolment_approve", args=[wish.pk])
    manager.client().post(url)

    html = manager.client().get(url).content.decode()

    assert "この希望には、もう答えが出ています" in html
    assert "承認しますか" not in html


def test_the_letter_about_a_wish_leads_to_the_approve_page(manager, trainee, run):
    enrolment = request_seat(run, by=trainee.acting())

    letter = Notification.objects.get(person=manager.person)
    assert letter.path == reverse("courses:enrolment_approve", args=[enrolment.pk])


# --- where everybody stands ---

DAYS = {"first": date(2027, 2, 3), "last": date(2027, 2, 10)}


@pytest.mark.parametrize(
    ("state", "on", "word", "trainee"),
    [
        ("requested", date(2027, 1, 1), "企業の承認待ち", "会社の承認を待っています。承認されると申込みになります。"),
        (
            "applied",
            date(2027, 1, 1),
            "抽選・選考待ち",
            "申込締切日のあと、結果が届きます。それまですることはありません。",
        ),
        (
            "waitlisted",
            date(2027, 1, 1),
            "キャンセル待ち",
            "2番目です。席が空くと順にお知らせし、受けるかどうかをお尋ねします。",
        ),
        (
            "offered",
            date(2027, 1, 1),
            "繰上げの返事待ち",
            "席が空きました。1月4日の終わりまでに、受けるかどうかを答えてください。",
        ),
        ("accepted", date(2027, 2, 2), "受講決定", "2月3日に始まります。"),
        ("accepted", date(2027, 2, 3), "受講中", "日程と、受けた時間をここで確かめられます。"),
        ("accepted", date(2027, 2, 11), "修了の判定待ち", "連携校が修了を判定すると、お知らせが届きます。"),
        ("completed", date(2027, 2, 11), "修了", "修了しました。修了証を受け取れます。"),
        ("rejected", date(2027, 2, 11), "選ばれず", "ほかの開講をお選びください。"),
        ("cancelled", date(2027, 2, 11), "取消", ""),
    ],
)
def test_standing_says_where_one_is_and_what_is_next(state, on, word, trainee, run):
    enrolment = EnrolmentFactory.build(state=state, run=run, employment=None, person=None, applied_by=None)
    enrolment.answer_until = at(date(2027, 1, 4), "23:59")

    found = standing(enrolment, **DAYS, on=on, place=2)

    assert (found.word, found.trainee) == (word, trainee)


@pytest.mark.parametrize("state", EnrolmentState)
def test_every_state_has_a_standing(state, run):
    enrolment = EnrolmentFactory.build(state=state, run=run, employment=None, person=None, applied_by=None)

    assert standing(enrolment, **DAYS, on=date(2027, 1, 1)).word == str(state.label)


def test_run_page_tells_the_manager_the_next_step(manager, wish, coming):
    html = manager.client().get(reverse("courses:run", args=[coming.pk])).content.decode()

    assert "費用と見込みを確かめて、承認か見送りを答えてください。" in html
    assert reverse("courses:enrolment_approve", args=[wish.pk]) in html
