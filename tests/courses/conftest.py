"""A run that is held these days, for pages that live by the real clock."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.marking import MarkLine
from courses.actions.completion.completion import decide_completion
from courses.actions.completion.skills import earn_skills
from courses.badges.keys import KeyPair, new_pair
from courses.models import AttendanceMark, Enrolment, Lesson, Run, SigningKey
from tests.courses.completion.skilled import CHANGE, SENSOR, certify, tag
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


@pytest.fixture(scope="session")
def key_pair() -> KeyPair:
    """Made once: a key of two thousand bits takes its time."""
    return new_pair("key-1")


@pytest.fixture
def signing_key(db, key_pair) -> SigningKey:
    return SigningKey.objects.create(key_id="key-1", private_key=key_pair.private_key, public_key=key_pair.public_key)


@pytest.fixture
def finished(college, instructor, signing_key) -> Run:
    """A run that is over: two lessons of six hours, eight days ago and yesterday."""
    run = RunFactory(course__college=college, apply_until=localdate() - timedelta(days=10))
    LessonFactory(run=run, number=1, day=localdate() - timedelta(days=8), instructor=instructor.person)
    LessonFactory(run=run, number=2, day=localdate() - timedelta(days=1), instructor=instructor.person)
    return run


@pytest.fixture
def attended(instructor):
    """Writes what somebody attended of each lesson, in minutes from its start; 0 is an absence."""

    def mark(enrolment, *minutes: int):
        for lesson, n in zip(enrolment.run.lessons.order_by("number"), minutes, strict=False):
            early = 360 - n if n > 120 else 420 - n  # the meal falls between
            line = line_from_minutes(enrolment, lesson, late=0, early=early) if n else MarkLine(enrolment)
            save_roster(lesson, [line], by=instructor.acting(lesson.on))

    return mark


@pytest.fixture
def completed(finished, seated, attended, coordinator):
    """One person of our firm who completed, and their certificate."""
    (enrolment,) = seated(finished)
    attended(enrolment, 360, 360)
    decide_completion(finished, by=coordinator.acting(localdate()))
    enrolment.refresh_from_db()
    return enrolment


@pytest.fixture
def sensor_run(run):
    tag(run.course, SENSOR, CHANGE)
    return run


@pytest.fixture
def earned(sensor_run, trainee):
    """Our trainee's certificate of 現場IoT, its items gained."""
    certificate = certify(EnrolmentFactory(run=sensor_run, employment=trainee.person.employments.get()))
    earn_skills(certificate)
    return certificate


@pytest.fixture
def take_back():
    """Writes the mark that takes another back, as the undoing of a file does."""

    def write(mark, by):
        return AttendanceMark.objects.create(
            enrolment=mark.enrolment,
            lesson=mark.lesson,
            minutes=0,
            source=mark.source,
            corrects=mark,
            is_void=True,
            reason="取込みの取消し",
            recorded_by=by.person,
        )

    return write


@pytest.fixture
def pair(run, people) -> list[Enrolment]:
    """Two people of one run whose names are far apart."""
    first = people(1, person__family_name="矢口", person__given_name="架空", person__family_kana="ヤグチ")
    second = people(1, person__family_name="石川", person__given_name="大輔", person__family_kana="イシカワ")
    return [EnrolmentFactory(run=run, employment=one) for one in (*first, *second)]
