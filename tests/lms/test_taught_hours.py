"""Hours taught by a マイスター in a training record: the learner's own page, and their firm's page of them."""

import pytest
from django.urls import reverse

from mentors.actions.requesting.asking import name_learner
from mentors.actions.requesting.planning import agree_to_plan, propose_plan
from mentors.models import Learner, MentoringRequest, Session
from mentors.queries.sessions import hours_of
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import asked, certification_of, countersign, craftsman, log, visit


@pytest.fixture
def taught(manager, ward, trainee, clock):
    """The trainee and another were taught for two hours and twenty minutes; the host has not confirmed it yet."""
    master = craftsman("匠")
    held = certification_of(master, ward)
    request = asked(manager, ward=ward, learners=("若手 一郎",))
    told = {"age_band": "20s", "years": 1, "role": "", "by": manager.acting()}
    name_learner(request, name=trainee.person.full_name, person=trainee.person, **told)
    propose_plan(request, held, [visit()], by=manager.acting())
    agree_to_plan(request, by=master.acting())
    clock.move_to("2027-01-12T18:00+09:00")
    session = Session.objects.get()
    log(session)
    return session


def test_hours_stand_in_the_record_once_they_are_settled(taught, manager, trainee, firm):
    own, employment = reverse("courses:hours"), trainee.person.employments.get()
    page = reverse("firms:employment", args=[employment.pk])
    assert "マイスターに教わった時間" not in trainee.client().get(own).content.decode()

    countersign(taught, manager)

    for shown in (trainee.client().get(own).content.decode(), manager.client().get(page).content.decode()):
        assert all(words in shown for words in ("マイスターに教わった時間", "合計 2時間20分", "ねじ切り", "匠 太郎"))


def test_a_firm_sees_nothing_of_another_firms_hours(taught, manager, trainee, stranger):
    countersign(taught, manager)

    assert hours_of(trainee.person.pk).count() == 1
    assert hours_of(trainee.person.pk, host_id=stranger.organisation.pk).count() == 0
    assert hours_of(manager.person.pk).count() == 0


def test_one_who_was_away_has_no_hours(taught, manager, trainee):
    from tests.mentors.makers import seen_of

    learner = Learner.objects.get(person=trainee.person)
    log(taught, seen=seen_of(taught), because="欠席でした", **{f"l{learner.pk}-is_there": False})
    countersign(taught, manager)

    assert not hours_of(trainee.person.pk).exists()


def test_a_learner_is_chosen_among_ones_own_people(manager, ward, trainee, stranger):
    request = asked(manager, ward=ward, learners=())
    address, desk = reverse("mentors:learner_add", args=[request.pk]), manager.client()
    told = {"age_band": "20s", "years": "1", "role": ""}
    assert "氏名を入力するか" in desk.post(address, told).content.decode()
    assert desk.post(address, {**told, "person": stranger.person.pk}).status_code == 200
    desk.post(address, {**told, "person": trainee.person.pk})

    assert [(one.name, one.person) for one in MentoringRequest.objects.get().learners.all()] == [
        (trainee.person.full_name, trainee.person)
    ]
    same = {"request": request, "person": trainee.person, "age_band": "20s", "years": 1}
    breaks("learner_person_once", lambda: Learner.objects.create(name="別の名前", **same))
