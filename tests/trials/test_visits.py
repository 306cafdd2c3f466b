"""Factory tours and paid internships: offered, asked for, answered in time or told on, and counted."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.conftest import TODAY
from tests.factories import at
from tests.trials.factories import VisitFactory
from trials.actions.matching import visits as act
from trials.models import Visit, VisitRequest
from trials.policies import may_ask_visit, may_keep_visit, may_see_visits
from trials.tasks import sweep_trials

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 20)
TOLD = {
    "kind": "tour", "theme": "1ミクロンを測る", "words": "三次元測定機", "day": DAY, "starts_at": time(13),
    "ends_at": time(15), "places": 10, "hourly_yen": None,
}  # fmt: skip


@pytest.fixture
def visit(establishment, manager):
    return act.offer_visit(establishment, by=manager.acting(), **TOLD)


@pytest.fixture
def asked(visit, coordinator):
    return act.ask_visit(visit, people=6, note="機械科2年", by=coordinator.acting())


def test_visit_is_open_for_schools_and_agencies_and_for_no_other_firm(
    visit, manager, coordinator, adviser, stranger, officer
):
    people = (manager, coordinator, adviser, stranger, officer)

    assert [Visit.objects.visible_to(one.acting()).count() for one in people] == [1, 1, 1, 0, 0]
    assert [may_see_visits(one.acting()) for one in people] == [True, True, True, True, False]
    assert [may_keep_visit(one.acting(), visit) for one in people] == [True, False, False, False, False]
    assert [may_ask_visit(one.acting(), visit) for one in people] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": TODAY}, "明日以後"),
        ({"ends_at": time(13)}, "始まりより後"),
        ({"kind": "internship"}, "時給を入力"),
        ({"kind": "internship", "hourly_yen": 1_500}, "労働局の公表"),
        ({"kind": "internship", "hourly_yen": 900, "day": date(2026, 11, 21), "wage_is_checked": False}, "労働局"),
    ],
)
def test_offer_says_what_is_missing(establishment, manager, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        act.offer_visit(establishment, by=manager.acting(), **{**TOLD, **changed})


def test_internship_is_paid_and_a_tour_is_not(establishment, manager):
    paid = act.offer_visit(
        establishment,
        by=manager.acting(),
        **{**TOLD, "kind": "internship", "hourly_yen": 1_500, "wage_is_checked": True},
    )
    tour = act.offer_visit(establishment, by=manager.acting(), **{**TOLD, "hourly_yen": 1_500})

    assert (paid.hourly_yen, tour.hourly_yen) == (1_500, None)


def test_firm_is_told_and_answers_and_the_school_is_told(asked, manager, coordinator):
    assert asked.answer_by == date(2026, 11, 30)
    assert Notification.objects.get(subject="見学・インターンシップの申込み").person == manager.person

    act.answer_visit(asked, is_yes=True, by=manager.acting())

    assert Notification.objects.get(subject="受入れが決まりました").person == coordinator.person
    with pytest.raises(Refused, match="すでに回答"):
        act.answer_visit(asked, is_yes=False, reason="x", by=manager.acting())


def test_no_has_a_reason(asked, manager):
    with pytest.raises(Refused, match="理由を入力"):
        act.answer_visit(asked, is_yes=False, by=manager.acting())

    act.answer_visit(asked, is_yes=False, reason="改修中", by=manager.acting())

    assert VisitRequest.objects.get().reason == "改修中"


def test_places_are_those_that_are_left(visit, asked, manager, adviser):
    act.answer_visit(asked, is_yes=True, by=manager.acting())

    with pytest.raises(Refused, match="空きは4人です"):
        act.ask_visit(visit, people=5, note="", by=adviser.acting())
    assert act.ask_visit(visit, people=4, note="", by=adviser.acting()).pk


def test_two_that_were_asked_before_do_not_both_fit(visit, asked, manager, adviser):
    second = act.ask_visit(visit, people=6, note="", by=adviser.acting())
    act.answer_visit(asked, is_yes=True, by=manager.acting())

    with pytest.raises(Refused, match="空きは4人です"):
        act.answer_visit(second, is_yes=True, by=manager.acting())


def test_asking_twice_or_too_late_is_refused(visit, asked, coordinator, adviser, manager):
    with pytest.raises(Refused, match="すでに申し込んで"):
        act.ask_visit(visit, people=1, note="", by=coordinator.acting())
    with pytest.raises(Refused, match="終わっています"):
        act.ask_visit(visit, people=1, note="", by=adviser.acting(DAY))
    act.close_visit(visit, by=manager.acting())
    with pytest.raises(Refused, match="終わっています"):
        act.ask_visit(visit, people=1, note="", by=adviser.acting())


def test_who_came_is_counted_from_the_day_on_and_not_above_who_was_to_come(asked, manager):
    with pytest.raises(Refused, match="当日から"):
        act.count_visit(asked, attended=1, by=manager.acting(DAY))
    act.answer_visit(asked, is_yes=True, by=manager.acting())
    for number, day, sentence in ((1, DAY - timedelta(days=1), "当日から"), (7, DAY, "6人まで")):
        with pytest.raises(Refused, match=sentence):
            act.count_visit(asked, attended=number, by=manager.acting(day))

    act.count_visit(asked, attended=5, by=manager.acting(DAY))
    act.count_visit(asked, attended=6, by=manager.acting(DAY))

    counted = JournalEntry.objects.filter(verb="visit.count").order_by("pk")
    assert [one.details["attended"] for one in counted] == [5, 6]
    assert VisitRequest.objects.get().attended == 6


def swept(*days):
    for day in days:
        with time_machine.travel(at(day, "06:00"), tick=True):
            sweep_trials(on=day)


def test_silence_is_reminded_then_told_to_who_asked_and_to_the_ward(asked, manager, coordinator, officer):
    swept(date(2026, 11, 30))
    assert not Notification.objects.filter(subject="申込みへの回答をお願いします").exists()

    swept(date(2026, 12, 1), date(2026, 12, 2))
    assert [one.person for one in Notification.objects.filter(subject="申込みへの回答をお願いします")] == [
        manager.person
    ]

    swept(date(2026, 12, 3), date(2026, 12, 4))
    risen = Notification.objects.filter(subject="申込みへの回答がありません")
    assert {one.person for one in risen} == {coordinator.person, officer.person}


def test_pages_lead_from_the_offer_to_the_count(establishment, manager, coordinator):
    given = {**TOLD, "establishment": establishment.pk, "day": "2027-01-20", "starts_at": "13:00", "ends_at": "15:00"}
    manager.client().post(reverse("trials:visit_new"), {**given, "hourly_yen": ""})
    visit = Visit.objects.get()
    assert "1ミクロンを測る" in coordinator.client().get(reverse("trials:visits")).content.decode()
    coordinator.client().post(reverse("trials:visit_ask", args=[visit.pk]), {"people": 6, "note": "機械科2年"})
    asked = VisitRequest.objects.get()
    manager.client().post(reverse("trials:visit_request", args=[asked.pk, "answer"]), {"wish": "yes", "reason": ""})
    with time_machine.travel(at(DAY, "16:00"), tick=True):
        manager.client().post(reverse("trials:visit_request", args=[asked.pk, "count"]), {"attended": 5})
        page = coordinator.client().get(reverse("trials:visit", args=[visit.pk])).content.decode()
    manager.client().post(reverse("trials:visit_close", args=[visit.pk]))

    assert "来た人 5人" in page
    assert manager.client().get(reverse("trials:visit_request", args=[asked.pk, "fly"])).status_code == 404
    assert Visit.objects.get().state == "closed"


def test_asker_answers_nothing_and_reads_of_no_other(visit, asked, coordinator, adviser):
    assert coordinator.client().get(reverse("trials:visit_request", args=[asked.pk, "answer"])).status_code == 403
    assert "機械科2年" not in adviser.client().get(reverse("trials:visit", args=[visit.pk])).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(django_assert_num_queries, establishment, coordinator, count):
    for _n in range(count):
        VisitFactory(establishment=establishment)
    client = coordinator.client()
    client.get(reverse("trials:visits"))

    with django_assert_num_queries(6):
        client.get(reverse("trials:visits"))
