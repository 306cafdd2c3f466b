"""A run that is held these days, for pages that live by the real clock."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from courses.models import Enrolment, Lesson, Run
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, RunFactory

FIRST_DAY, LAST_DAY = date(2027, 2, 1), date(2027, 2, 28)


@pytest.fixture
def held(college, instructor) -> Run:
    """An open run whose first lesson was yesterday and whose second is in a week."""
    run = RunFactory(course__college=college, apply_until=localdate() - timedelta(days=3))
    LessonFactory(run=run, number=1, day=localdate() - timedelta(days=1), instructor=instructor.person)
    LessonFactory(run=run, number=2, day=localdate() + timedelta(days=7), instructor=instructor.person)
    return run


@pytest.fixture
def held_lesson(held) -> Lesson:
    return held.lessons.get(number=1)


@pytest.fixture
def coming(college, instructor) -> Run:
    """An open run that can still be booked."""
    run = RunFactory(course__college=college, apply_until=localdate() + timedelta(days=10))
    LessonFactory(run=run, number=1, day=localdate() + timedelta(days=20), instructor=instructor.person)
    LessonFactory(run=run, number=2, day=localdate() + timedelta(days=27), instructor=instructor.person)
    return run


@pytest.fixture
def people(establishment, pattern):
    """Makes employments of our firm."""

    def make(n: int, **fields):
        return [EmploymentFactory(establishment=establishment, pattern=pattern, **fields) for _ in range(n)]

    return make


@pytest.fixture
def seated(people):
    """Puts people of our firm into a run."""

    def make(run: Run, n: int = 1, **fields):
        return [EnrolmentFactory(run=run, employment=employment, **fields) for employment in people(n)]

    return make


@pytest.fixture
def online(college) -> Run:
    """A run of e-learning, from 1 to 28 February 2027."""
    return RunFactory(course__college=college, course__method="e_learning", learn_from=FIRST_DAY, learn_until=LAST_DAY)


@pytest.fixture
def learner(online, trainee) -> Enrolment:
    """The trainee's seat in it."""
    return EnrolmentFactory(run=online, employment=trainee.person.employments.get())


@pytest.fixture
def learning_now(learner) -> Enrolment:
    """The same seat, its days of learning moved around today."""
    run = learner.run
    run.learn_from, run.learn_until = localdate() - timedelta(days=1), localdate() + timedelta(days=30)
    run.save()
    return learner
