"""選考: applicants say why, the coordinator decides, and never gives more seats than there are."""

from datetime import date

import pytest
from django.urls import reverse

from courses.actions.seats.choosing import decide
from courses.actions.seats.enrolments import enrol
from courses.actions.seats.requests import request_seat
from courses.models import Enrolment, Run
from courses.models.catalogue.runs import Selection
from courses.states import EnrolmentState
from firms.errors import Refused
from firms.models import Notification
from tests.factories import at

APPLIED, ACCEPTED, WAITLISTED = EnrolmentState.APPLIED, EnrolmentState.ACCEPTED, EnrolmentState.WAITLISTED
REJECTED = EnrolmentState.REJECTED
MOTIVE = "設備の停止時間を自分で測れるようになりたい。"


@pytest.fixture
def choice(run):
    Run.objects.filter(pk=run.pk).update(selection=Selection.CHOICE, seats=2)
    run.refresh_from_db()
    return run


def states(run):
    return list(run.enrolments.order_by("pk").values_list("state", flat=True))


def test_applicants_say_why(manager, trainee, choice, people):
    with pytest.raises(Refused, match="受講の動機") as refused:
        enrol(choice, people(1), by=manager.acting())
    with pytest.raises(Refused, match="受講の動機"):
        request_seat(choice, motive=" ", by=trainee.acting())

    assert refused.value.field == "motive"
    assert not Enrolment.objects.exists()


def test_motive_is_kept_for_the_choice(manager, choice, people):
    enrol(choice, people(2), motive=MOTIVE, by=manager.acting())

    assert list(choice.enrolments.values_list("state", "motive")) == [(APPLIED, MOTIVE)] * 2


def test_apply_page_asks_for_the_motive_at_its_field(trainee, coming):
    Run.objects.filter(pk=coming.pk).update(selection=Selection.CHOICE)
    url = reverse("courses:apply", args=[coming.pk])
    client = trainee.client()

    response = client.post(url, {"motive": ""})
    assert "motive" in response.context["form"].errors

    client.post(url, {"motive": MOTIVE})
    assert Enrolment.objects.get().motive == MOTIVE


def test_apply_page_refuses_a_my_number_in_the_motive(trainee, coming):
    Run.objects.filter(pk=coming.pk).update(selection=Selection.CHOICE)

    response = trainee.client().post(reverse("courses:apply", args=[coming.pk]), {"motive": "番号は 123456789018 です"})

    assert "motive" in response.context["form"].errors
    assert not Enrolment.objects.exists()


def test_enrol_page_asks_for_the_motive_on_the_confirming_page(manager, coming, people, establishment):
    Run.objects.filter(pk=coming.pk).update(selection=Selection.CHOICE)
    chosen = {"establishment": establishment.pk, "employments": [one.pk for one in people(1)]}

    response = manager.client().post(reverse("courses:enrol", args=[coming.pk]), chosen | {"motive": ""})

    assert response.templates[0].name == "courses/seats/enrol_confirm.html"
    assert "motive" in response.context["form"].errors


def test_coordinator_accepts_many_keeps_some_and_rejects_others(coordinator, manager, choice, seated):
    one, two, three, four = seated(choice, 4, state=APPLIED)

    decide(choice, [one, two], ACCEPTED, by=coordinator.acting())
    decide(choice, [three], WAITLISTED, by=coordinator.acting())
    decide(choice, [four], REJECTED, by=coordinator.acting())

    assert states(choice) == [ACCEPTED, ACCEPTED, WAITLISTED, REJECTED]
    assert Notification.objects.filter(person=manager.person).count() == 4
    assert Notification.objects.filter(person=four.person).get().subject.startswith("選考の結果、今回は見送り")


def test_deciding_the_same_twice_is_once(coordinator, choice, seated):
    (one,) = seated(choice, state=APPLIED)
    decide(choice, [one], ACCEPTED, by=coordinator.acting())
    told = Notification.objects.count()

    assert decide(choice, [one], ACCEPTED, by=coordinator.acting()) == []
    assert Notification.objects.count() == told


def test_more_than_there_are_seats_is_refused_whole(coordinator, choice, seated):
    three = seated(choice, 3, state=APPLIED)

    with pytest.raises(Refused, match="空いている席は2席です。選んだ3人のうち、2人まで") as refused:
        decide(choice, three, ACCEPTED, by=coordinator.acting())

    assert refused.value.field == "enrolments"
    assert states(choice) == [APPLIED] * 3


@pytest.mark.parametrize("state", [EnrolmentState.REQUESTED, EnrolmentState.OFFERED, EnrolmentState.CANCELLED])
def test_only_those_who_wait_for_the_choice_are_chosen(state, coordinator, choice, seated):
    """What a firm has not approved is not decided over its head."""
    (one,) = seated(choice, state=state, answer_until=at(date(2027, 1, 31), "23:59"))

    with pytest.raises(Refused, match="選考できるのは、抽選・選考待ちとキャンセル待ちの人だけ") as refused:
        decide(choice, [one], ACCEPTED, by=coordinator.acting())

    assert refused.value.field == "enrolments"
    assert states(choice) == [state]


def test_who_was_kept_waiting_may_be_accepted_later(coordinator, choice, seated):
    (one,) = seated(choice, state=APPLIED)
    decide(choice, [one], WAITLISTED, by=coordinator.acting())

    decide(choice, [one], ACCEPTED, by=coordinator.acting())

    assert states(choice) == [ACCEPTED]


@pytest.mark.parametrize(
    ("selection", "today", "sentence"),
    [
        ("lottery", date(2026, 11, 20), "選考で受講者を決める開講ではありません"),
        ("choice", date(2027, 2, 3), "まだ始まっていない開講で"),
    ],
    ids=["a lottery", "already begun"],
)
def test_deciding_is_refused(selection, today, sentence, coordinator, choice, seated):
    people = seated(choice, state=APPLIED)
    Run.objects.filter(pk=choice.pk).update(selection=selection)

    with pytest.raises(Refused, match=sentence):
        decide(choice, people, ACCEPTED, by=coordinator.acting(today))


# --- its page ---


@pytest.fixture
def applied(coming, seated):
    Run.objects.filter(pk=coming.pk).update(selection=Selection.CHOICE, seats=1)
    return seated(coming, 2, state=APPLIED, motive=MOTIVE)


def test_choose_page_shows_motives_and_decides(coordinator, coming, applied):
    url, client = reverse("courses:run_choose", args=[coming.pk]), coordinator.client()
    assert MOTIVE in client.get(url).content.decode()

    client.post(url, {"enrolments": [applied[0].pk], "decision": "accepted"})

    assert states(coming) == [ACCEPTED, APPLIED]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"decision": "accepted"}, "先に、決める人を選んでください。"),
        ({"decision": "completed"}, "受講決定・補欠・見送りのどれかを選んでください。"),
    ],
    ids=["nobody chosen", "no decision of ours"],
)
def test_choose_page_says_what_is_missing(data, sentence, coordinator, coming, applied):
    response = coordinator.client().post(reverse("courses:run_choose", args=[coming.pk]), data)

    assert sentence in response.content.decode()
    assert states(coming) == [APPLIED, APPLIED]


def test_choose_page_keeps_the_choice_where_it_was_too_much(coordinator, coming, applied):
    data = {"enrolments": [one.pk for one in applied], "decision": "accepted"}

    response = coordinator.client().post(reverse("courses:run_choose", args=[coming.pk]), data)

    assert response.content.decode().count(" checked") == 2
    assert "1人までにしてください" in response.content.decode()


def test_choose_page_is_for_those_who_manage_the_run(manager, instructor, coming, applied):
    url = reverse("courses:run_choose", args=[coming.pk])

    assert manager.client().get(url).status_code == 404
    assert instructor.client().get(url).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_choose_page_takes_the_same_queries(rows, coordinator, coming, seated, django_assert_num_queries):
    Run.objects.filter(pk=coming.pk).update(selection=Selection.CHOICE)
    seated(coming, rows, state=APPLIED)
    url, client = reverse("courses:run_choose", args=[coming.pk]), coordinator.client()
    client.get(url)

    with django_assert_num_queries(6):
        response = client.get(url)

    assert len(response.context["rows"]) == rows
