"""The ward's courses as trainings of マイスター: a certificate of one gives the number, a revoked one does not."""

import pytest
from django.urls import reverse

from firms.journal import record
from lms.mentoring.trainings import completions
from mentors.actions.certifying.reviewing import decide, put_to_board
from mentors.actions.certifying.training import name_course, record_training
from mentors.models import Certification, TrainingCourse
from mentors.models.certifying.trainings import Training
from tests.conftest import TODAY
from tests.courses.completion.skilled import certify, revoke
from tests.factories import EnrolmentFactory
from tests.mentors.makers import Craftsman, sit, submitted, vote_all


@pytest.fixture
def passed(trainee, officer):
    application = submitted(Craftsman(trainee.person), officer.organisation, is_trained=False)
    sit(officer)
    put_to_board(application, by=officer.acting())
    vote_all(application, "approve", "approve", "approve")
    decide(application, by=officer.acting())
    told = {"completed_on": TODAY, "place": "（架空）技能協会", "by": officer.acting()}
    record_training(application, training=Training.TEACHING, **told)
    return application


@pytest.fixture
def enrolment(run, trainee):
    return EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())


def counts(run, officer):
    told = {"ward": officer.organisation, "course": run.course_id, "title": run.course.title}
    return name_course(training=Training.REMOTE, by=officer.acting(), **told)


def test_completions_are_certificates_that_hold(run, enrolment, trainee):
    asked = [trainee.person.pk], [run.course_id], TODAY
    assert completions(*asked) == {}
    made = certify(enrolment)
    assert completions(*asked) == {(trainee.person.pk, run.course_id): made.issued_on}
    assert completions(*asked[:2], made.issued_on.replace(year=2020)) == {}
    revoke(made)
    assert completions(*asked) == {}


def test_a_certificate_given_before_the_course_counts_gives_the_number(passed, run, enrolment, officer):
    certify(enrolment)
    assert not Certification.objects.exists()

    counts(run, officer)

    assert Certification.objects.exists()


def test_the_certificate_itself_gives_the_number(passed, run, enrolment, officer, coordinator):
    counts(run, officer)
    assert not Certification.objects.exists()

    record(certify(enrolment), "certificate.issue", by=coordinator.acting())

    assert Certification.objects.exists()


def test_the_ward_names_and_drops_a_course(run, officer, manager):
    page, desk = reverse("mentoring:trainings"), officer.client()
    assert "講習として認めた講座がありません" in desk.get(page).content.decode()

    desk.post(page, {"training": "remote", "course": str(run.course_id)})
    row = TrainingCourse.objects.get()
    assert (row.course, row.title) == (run.course_id, run.course.title)
    assert "すでにこの講習として" in desk.post(page, {"training": "remote", "course": row.course}).content.decode()
    assert desk.post(page, {"training": "remote", "course": "999999"}).status_code == 200
    desk.post(reverse("mentoring:training_drop", args=[row.pk]))

    assert not TrainingCourse.objects.exists()
    assert [manager.client().get(page).status_code, manager.client().post(page).status_code] == [403, 403]
