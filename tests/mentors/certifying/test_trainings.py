"""The number waits for the trainings: completed elsewhere as the ward has seen, or in a course that counts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from firms.errors import Refused
from firms.models import Notification
from mentors.actions.certifying.reviewing import decide, put_to_board
from mentors.actions.certifying.training import drop_course, name_course, record_training
from mentors.models import Application, Certification, TrainingCourse, TrainingProof
from mentors.models.certifying.trainings import Training
from mentors.queries.certifying import trainings as slot
from mentors.tasks import sweep
from tests.conftest import TODAY
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import certified, links_of, sit, submitted, vote_all

DAY = timedelta(days=1)


@pytest.fixture
def passed(master, officer):
    """The board has said yes to somebody without any training."""
    application = submitted(master, officer.organisation, is_trained=False)
    sit(officer)
    put_to_board(application, by=officer.acting())
    vote_all(application, "approve", "approve", "approve")
    assert decide(application, by=officer.acting()) is None
    return Application.objects.get()


def learn(application, officer, training=Training.TEACHING, **given):
    told = {"completed_on": TODAY - DAY, "place": "（架空）技能協会", **given}
    return record_training(application, training=training, by=officer.acting(), **told)


def test_who_has_passed_waits_for_both_trainings(passed, master, officer):
    assert (passed.state, passed.decided_on, Certification.objects.count()) == ("passed", TODAY, 0)
    said = Notification.objects.get(person=master.person, subject__startswith="審査を通過しました").body
    assert "指導技法の講習、遠隔指導の講習を修了すると" in said

    learn(passed, officer)
    assert Application.objects.get().state == "passed"
    learn(passed, officer, Training.REMOTE)

    assert (Application.objects.get().state, Certification.objects.get().certified_on) == ("certified", TODAY)


def test_who_is_trained_before_gets_the_number_at_once(master, officer):
    assert certified(master, officer).number


def test_a_day_to_come_or_a_second_time_is_refused(passed, officer):
    with pytest.raises(Refused, match="今日までの日"):
        learn(passed, officer, completed_on=TODAY + DAY)
    learn(passed, officer)
    with pytest.raises(Refused, match="すでに記録されています"):
        learn(passed, officer)


@pytest.fixture
def completed(monkeypatch):
    """The slot, filled with whoever the test says has completed which course."""
    held = {}
    monkeypatch.setattr(slot, "FILLED", [lambda _people, _courses, on: {k: d for k, d in held.items() if d <= on}])
    return held


def test_a_course_that_counts_gives_the_number_by_the_sweep(passed, completed, officer, master):
    ward = officer.organisation
    for number, training in enumerate(Training, start=1):
        name_course(ward=ward, training=training, course=number, title=f"講座{number}", by=officer.acting())
    completed[master.person.pk, 1] = TODAY
    sweep()
    assert not Certification.objects.exists()

    completed[master.person.pk, 2] = TODAY
    sweep()
    sweep()

    assert Certification.objects.count() == 1


def test_naming_a_course_counts_whoever_has_completed_it_before(passed, completed, officer, master):
    learn(passed, officer)
    completed[master.person.pk, 7] = TODAY - DAY

    name_course(ward=officer.organisation, training=Training.REMOTE, course=7, title="遠隔指導", by=officer.acting())

    assert Certification.objects.exists()


def test_a_course_of_the_other_training_or_dropped_does_not_count(passed, completed, officer, master):
    learn(passed, officer)
    completed[master.person.pk, 7] = TODAY
    row = name_course(
        ward=officer.organisation, training=Training.TEACHING, course=7, title="講座", by=officer.acting()
    )
    with pytest.raises(Refused, match="すでにこの講習として"):
        name_course(ward=officer.organisation, training=Training.TEACHING, course=7, title="x", by=officer.acting())
    drop_course(row, by=officer.acting())

    assert not Certification.objects.exists()
    assert not TrainingCourse.objects.exists()


def test_training_is_recorded_on_the_page_of_the_application(passed, officer, master):
    page, desk = reverse("mentors:application", args=[passed.pk]), officer.client()
    assert "ほかで修了した講習を記録する" in desk.get(page).content.decode()
    assert "認定番号の前に修了する講習" in master.client().get(page).content.decode()
    address = reverse("mentors:training_record", args=[passed.pk])
    told = {"training": "teaching", "completed_on": str(TODAY), "place": "（架空）技能協会"}
    assert desk.post(address, {**told, "place": ""}).status_code == 200
    for training in ("teaching", "remote"):
        desk.post(address, {**told, "training": training})

    assert Certification.objects.exists()
    assert master.client().post(address, told).status_code == 403


def test_who_will_not_do_the_trainings_takes_it_back(passed, master):
    master.client().post(reverse("mentors:application_withdraw", args=[passed.pk]))
    assert Application.objects.get().state == "withdrawn"


def test_training_cannot_be(passed, officer):
    learn(passed, officer)
    told = {"person": passed.person, "ward": passed.ward, "completed_on": TODAY, "recorded_by": passed.person}
    ward = {"ward": passed.ward, "course": 1, "title": "x", "named_on": TODAY}
    TrainingCourse.objects.create(training="remote", **ward)
    for name, fields in [
        ("training_proof_once", {"training": "teaching", "place": "x"}),
        ("training_proof_known", {"training": "magic", "place": "x"}),
        ("training_proof_says_where", {"training": "remote", "place": ""}),
    ]:
        breaks(name, lambda fields=fields: TrainingProof.objects.create(**told, **fields))
    breaks("append-only", lambda: TrainingProof.objects.update(place="y"))
    breaks("training_course_once", lambda: TrainingCourse.objects.create(training="remote", **ward))
    breaks("training_course_known", lambda: TrainingCourse.objects.create(training="magic", **ward))


# --- a member of the board who signs in ---


@pytest.fixture
def member(officer):
    """Somebody with a login under the address the ward knows the first member of the board by."""
    from tests.mentors.makers import craftsman

    return craftsman("審査", email="board0@example.jp")


def test_a_member_sees_what_waits_and_votes_from_there(master, officer, member, another):
    application = submitted(master, officer.organisation)
    sit(officer)
    put_to_board(application, by=officer.acting())
    client, page = member.client(), reverse("mentors:ballots")
    assert "見て判断する" in client.get(page).content.decode()
    assert "判断を待っているものはありません" in another.client().get(page).content.decode()
    ballot = application.ballots.order_by("pk").first()
    address = reverse("mentors:ballot_open", args=[ballot.pk])
    assert another.client().post(address).status_code == 404

    opened = client.post(address).url
    told = {"name": "審査 一郎", "position": "", "use": 0, "choice": "approve", "reason": "十分と判断した。"}
    assert client.post(opened, told).status_code == 302

    ballot.refresh_from_db()
    assert ballot.said.choice == "approve"
    shown = client.get(page).content.decode()
    assert ("判断したもの" in shown, "見て判断する" in shown) == (True, False)
    assert len(links_of(application)) == 2


def test_a_ballot_nobody_waits_for_any_more_is_not_opened(master, officer, member):
    application = submitted(master, officer.organisation)
    sit(officer)
    put_to_board(application, by=officer.acting())
    ballot = application.ballots.order_by("pk").first()
    vote_all(application, "approve", "approve", "approve")
    decide(application, by=officer.acting())

    answer = member.client().post(reverse("mentors:ballot_open", args=[ballot.pk]), follow=True)
    assert "もう求められていません" in answer.content.decode()
