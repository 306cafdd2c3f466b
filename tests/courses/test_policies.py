"""Every policy of courses/: the list who may, and the list who may not."""

import pytest

from courses import policies
from courses.models import Certificate
from courses.states import CourseState, EnrolmentState
from tests.conftest import cast
from tests.factories import CourseFactory, EnrolmentFactory, OrganisationFactory


@pytest.fixture
def everyone(officer, coordinator, instructor, manager, trainee, advisor, stranger):
    foreign = cast("coordinator", OrganisationFactory(kind="college"), "他校")
    found = {
        "officer": officer,
        "coordinator": coordinator,
        "instructor": instructor,
        "manager": manager,
        "trainee": trainee,
        "advisor": advisor,
        "stranger": stranger,
        "foreign": foreign,
    }
    return {name: who.acting() for name, who in found.items()}


@pytest.fixture
def enrolment(run, trainee):
    return EnrolmentFactory(run=run, employment=trainee.person.employments.get(), state=EnrolmentState.REQUESTED)


def who(everyone, policy, *about):
    return {name for name, acting in everyone.items() if policy(acting, *about)}


def test_may_offer_courses(everyone):
    assert who(everyone, policies.may_offer_courses) == {"officer", "coordinator", "foreign"}


def test_may_see_own_courses(everyone):
    assert who(everyone, policies.may_see_own_courses) == {"officer", "coordinator", "instructor", "foreign"}


def test_may_edit_course_while_a_draft(everyone, college):
    course = CourseFactory(college=college, state=CourseState.DRAFT, listed_on=None)

    assert who(everyone, policies.may_edit_course, course) == {"officer", "coordinator"}


@pytest.mark.parametrize("state", [CourseState.PROPOSED, CourseState.LISTED])
def test_may_edit_course_before_the_ward_or_listed(everyone, college, state):
    course = CourseFactory(college=college, state=state)

    assert who(everyone, policies.may_edit_course, course) == {"officer"}


def test_may_copy_course(everyone, run):
    assert who(everyone, policies.may_copy_course, run.course) == {"officer", "coordinator"}


def test_may_propose_course(everyone, run):
    assert who(everyone, policies.may_propose_course, run.course) == {"coordinator"}


def test_may_list_courses(everyone):
    assert who(everyone, policies.may_publish_courses) == {"officer"}


def test_may_withdraw_course(everyone, run):
    assert who(everyone, policies.may_withdraw_course, run.course) == {"officer", "coordinator"}


def test_may_manage_run(everyone, run):
    assert who(everyone, policies.may_manage_run, run.course) == {"officer", "coordinator"}


def test_may_choose_people(everyone, run):
    assert who(everyone, policies.may_choose_people, run) == {"coordinator"}


def test_may_enrol(everyone):
    assert who(everyone, policies.may_enrol) == {"manager", "stranger"}


def test_may_apply(everyone):
    assert who(everyone, policies.may_apply) == {"trainee"}


def test_may_answer_request(everyone, enrolment):
    assert who(everyone, policies.may_answer_request, enrolment) == {"manager"}


def test_may_cancel_enrolment_before_a_seat_is_given(everyone, enrolment):
    assert who(everyone, policies.may_cancel_enrolment, enrolment) == {"manager", "trainee"}


def test_may_cancel_enrolment_with_a_seat(everyone, enrolment):
    enrolment.state = EnrolmentState.ACCEPTED

    assert who(everyone, policies.may_cancel_enrolment, enrolment) == {"manager"}


def test_may_keep_roster(everyone, lesson):
    assert who(everyone, policies.may_keep_roster, lesson) == {"coordinator", "instructor"}


def test_may_see_attendance(everyone, enrolment):
    enrolment.state = EnrolmentState.ACCEPTED
    enrolment.save()

    assert who(everyone, policies.may_see_attendance, enrolment.run) == {
        "coordinator",
        "instructor",
        "manager",
        "trainee",
        "advisor",
    }


def test_may_give_word(everyone, run):
    assert who(everyone, policies.may_give_word, run) == {"coordinator", "instructor"}


def test_may_decide_completion(everyone, run):
    assert who(everyone, policies.may_decide_completion, run) == {"coordinator"}


def test_may_revoke_certificate(everyone, enrolment):
    assert who(everyone, policies.may_revoke_certificate, Certificate(enrolment=enrolment)) == {"coordinator"}


def test_may_see_survey(everyone, run):
    assert who(everyone, policies.may_see_survey, run) == {"officer", "coordinator", "instructor"}
