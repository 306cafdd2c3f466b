"""The pages of requesting: asked and planned on a phone, answered by the マイスター, closed to strangers, cheap in every length."""

import pytest
from django.urls import reverse

from mentors.models import MentoringRequest, Session
from tests.mentors.makers import agreed, asked, certification_of, craftsman, visit

ASKED = {
    "occupation": "machining",
    "need": "旋盤でねじを切れる人を育てたい",
    "machine": "汎用旋盤",
    "people": "2",
    "wanted_on": "2027-01-12",
    "prefecture": "東京都",
    "place": "東京都大田区架空一丁目1番1号",
    "contact_name": "現場 主任",
    "contact_email": "site@example.jp",
    "is_only_money": "on",
}
LINE = {"v0-day": "2027-01-12", "v0-starts_at": "13:00", "v0-ends_at": "15:00", "v0-topic": "ねじ切り"}


@pytest.fixture
def held(master, ward):
    return certification_of(master, ward, is_listed=True)


def test_asked_planned_and_agreed_through_the_pages(manager, master, held):
    client = manager.client()
    answer = client.post(reverse("mentors:request_new"), ASKED)
    request = MentoringRequest.objects.get()
    assert answer.url == reverse("mentors:request", args=[request.pk])
    learner = {"name": "若手 一郎", "age_band": "20s", "years": "1", "role": "旋盤"}
    client.post(reverse("mentors:learner_add", args=[request.pk]), learner)
    page = client.get(answer.url).content.decode()
    assert ("若手 一郎" in page, "職種が同じです（機械加工）。" in page) == (True, True)

    client.post(reverse("mentors:plan", args=[request.pk, held.pk]), LINE)
    mine = master.client().get(reverse("mentors:mine")).content.decode()
    assert "見て返事をする" in mine
    master.client().post(reverse("mentors:plan_agree", args=[request.pk]))

    request.refresh_from_db()
    assert request.state == "agreed"
    assert "2027年1月12日" in master.client().get(reverse("mentors:mine")).content.decode()


def test_other_public_money_is_refused_with_the_reason(manager, ward):
    answer = manager.client().post(reverse("mentors:request_new"), {**ASKED, "is_only_money": ""})

    assert "マイスターの派遣の対象になりません" in answer.content.decode()
    assert not MentoringRequest.objects.exists()


def test_a_plan_that_is_refused_keeps_what_was_typed(manager, held):
    request = asked(manager, ward=held.ward)

    answer = manager.client().post(reverse("mentors:plan", args=[request.pk, held.pk]), {**LINE, "v0-ends_at": "18:00"})

    page = answer.content.decode()
    assert ("休憩を除いて300分" in page, "ねじ切り" in page, Session.objects.count()) == (True, True, 0)


def test_declined_and_cancelled_through_the_pages(manager, master, held):
    first, second = agreed(manager, held, visit(), visit(start="16:00", end="17:00"))
    manager.client().post(reverse("mentors:session_cancel", args=[first.pk]), {"because": "機械の故障"})
    master.client().post(reverse("mentors:session_cancel", args=[second.pk]), {"because": "通院"})
    manager.client().post(reverse("mentors:request_cancel", args=[first.request_id]), {"because": "受注増"})

    assert {one.state for one in Session.objects.all()} == {"cancelled"}
    assert MentoringRequest.objects.get().because == "受注増"


def test_whom_one_plans_with_stands_in_the_register(manager, ward, another):
    hidden = certification_of(another, ward, is_listed=False)
    request = asked(manager, ward=ward)

    assert manager.client().get(reverse("mentors:plan", args=[request.pk, hidden.pk])).status_code == 404


def test_nothing_of_one_host_opens_for_another(manager, stranger, another, coordinator, trainee, held):
    (session,) = agreed(manager, held)
    request = session.request
    names = ["request", "learner_add", "plan_agree", "plan_decline", "request_cancel"]
    addresses = [reverse(f"mentors:{name}", args=[request.pk]) for name in names]
    addresses += [
        reverse("mentors:plan", args=[request.pk, held.pk]),
        reverse("mentors:session_cancel", args=[session.pk]),
        reverse("mentors:learner_remove", args=[request.pk, request.learners.first().pk]),
    ]

    for who in (stranger, another, coordinator, trainee):
        client = who.client()
        answers = {client.get(one).status_code for one in addresses} | {
            client.post(one).status_code for one in addresses
        }
        assert answers <= {404, 405}


def test_who_looks_may_not_answer_for_the_other(manager, master, officer, held):
    request = asked(manager, ward=held.ward)
    manager.client().post(reverse("mentors:plan", args=[request.pk, held.pk]), LINE)
    agree = reverse("mentors:plan_agree", args=[request.pk])

    assert [one.client().post(agree).status_code for one in (manager, officer, master)] == [403, 403, 302]
    assert officer.client().get(reverse("mentors:request", args=[request.pk])).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 200), ("coordinator", 200), ("officer", 403), ("trainee", 403)]
)
def test_who_asks(who, status, ward, request):
    assert request.getfixturevalue(who).client().get(reverse("mentors:request_new")).status_code == status


def test_lists_ask_as_often_for_three_as_for_one(manager, held, django_assert_num_queries, ward):
    client, address = manager.client(), reverse("mentors:requests")
    asked(manager, ward=ward)
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
    asked(manager, ward=ward)
    agreed(manager, held)
    with django_assert_num_queries(6):
        assert client.get(address).content.decode().count("機械加工") >= 3


def test_one_request_asks_as_often_for_three_sessions_as_for_one(manager, held, django_assert_num_queries):
    client = manager.client()
    (single,) = agreed(manager, held)
    three = agreed(manager, held, *(visit(start=f"{hour:02}:00", end=f"{hour + 1:02}:00") for hour in (8, 10, 16)))
    client.get("/")
    for session in (single, three[0]):
        with django_assert_num_queries(9):
            client.get(reverse("mentors:request", args=[session.request_id]))


def test_a_mentors_page_asks_as_often_for_three_as_for_one(manager, master, held, django_assert_num_queries):
    client, address = master.client(), reverse("mentors:mine")
    agreed(manager, held)
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
    agreed(manager, held, visit(start="08:00", end="09:00"), visit(start="10:00", end="11:00"))
    with django_assert_num_queries(10):
        client.get(address)


def test_who_acts_for_a_firm_and_is_a_mentor_finds_both(manager, ward):
    certification_of(craftsman("外"), ward, number="M2")
    certification_of(manager, ward)

    assert "自分の認定と指導" in manager.client().get(reverse("mentors:requests")).content.decode()
    assert "M2026-001-9999" in manager.client().get(reverse("mentors:mine")).content.decode()
