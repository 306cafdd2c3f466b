"""A run that is held these days, for pages that live by the real clock."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from courses.models import Lesson, Run
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, RunFactory


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
