"""What waits around 実技指導 stands on the homes: of the マイスター, the host, and the ward."""

from datetime import time

import pytest
from django.urls import reverse

from mentors.actions.certifying.issuing import suspend
from mentors.actions.certifying.reviewing import put_to_board
from mentors.actions.requesting.moving import ask_move
from mentors.actions.requesting.planning import propose_plan
from tests.mentors.makers import (
    agreed,
    asked,
    certification_of,
    craftsman,
    log,
    sit,
    submitted,
    visit,
    vote_all,
)

HOME = reverse("home")


@pytest.fixture
def master(db):
    return craftsman("匠")


@pytest.fixture
def held(master, ward):
    return certification_of(master, ward, is_listed=True)


def shown(who):
    return who.client().get(HOME).content.decode()


def test_mentors_home_says_what_to_write_and_to_answer(held, master, manager, stranger, ward, clock):
    first, second = agreed(manager, held, visit(), visit(start="09:00", end="11:00"))
    assert "次の実技指導" in shown(master)
    ask_move(first, visit(start="16:00", end="18:00"), because="x", by=manager.acting())
    propose_plan(asked(stranger, ward=ward), held, [visit(start="19:00", end="20:00")], by=stranger.acting())
    page = shown(master)
    assert ("大森機械製作所の日時の変更に返事をする" in page, "無縁工業のお願いに返事をする" in page) == (True, True)

    clock.move_to("2027-01-12T12:00+09:00")
    assert "大森機械製作所の記録を書く" in shown(master)
    assert second.number != first.number


def test_hosts_home_says_what_to_confirm_and_to_answer(held, master, manager, stranger, clock):
    first, second = agreed(manager, held, visit(start="09:00", end="11:00"), visit())
    ask_move(second, visit(start="16:00", end="18:00"), because="x", by=master.acting())
    assert "日時の変更に返事をする：匠 太郎さん" in shown(manager)
    clock.move_to("2027-01-12T12:00+09:00")
    log(first, starts_at=time(9), ends_at=time(11), break_minutes=0)

    page = shown(manager)
    assert "実技指導の記録を確かめる：匠 太郎さん" in page
    assert "実技指導の記録を確かめる" not in shown(stranger)


def test_wards_home_says_what_was_handed_in_and_is_to_be_ruled_on(held, master, manager, officer, ward, clock):
    submitted(craftsman("新人"), ward, occupation="welding")
    assert "マイスターの申請を確かめる：新人 太郎さん" in shown(officer)
    (session,) = agreed(manager, held, visit())
    suspend(held, because="調査", by=officer.acting())
    clock.move_to("2027-01-12T18:00+09:00")
    log(session)

    assert "認定のない日の記録を判断する：匠 太郎さん" in shown(officer)


def test_a_board_members_home_says_what_to_judge_until_they_have(master, officer):
    member = craftsman("審査", email="board0@example.jp")
    application = submitted(master, officer.organisation)
    sit(officer)
    put_to_board(application, by=officer.acting())
    wanted = "匠 太郎さんの申請を判断する"
    assert [wanted in shown(one) for one in (member, master)] == [True, False]

    vote_all(application, "approve", "approve", "approve")
    assert wanted not in shown(member)


def test_mentors_home_asks_as_often_for_three_as_for_one(held, master, manager, django_assert_num_queries):
    agreed(manager, held, visit())
    client = master.client()
    client.get(HOME)
    with django_assert_num_queries(12):
        client.get(HOME)
    agreed(manager, held, visit(start="09:00", end="10:00"), visit(start="10:00", end="11:00"))
    with django_assert_num_queries(12):
        client.get(HOME)
