"""Minutes of a span without meals: never negative, never more than the lesson."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.minutes import attended_minutes
from courses.models import Lesson, LessonBreak
from courses.models.runs import minutes_between
from tests.courses.test_models import DAY
from tests.factories import at

START = at(DAY, "09:00")


def moment(minute):
    return START + timedelta(minutes=minute)


@st.composite
def lessons(draw):
    """A lesson, its breaks apart and inside, and a span within it."""
    length = draw(st.integers(min_value=2, max_value=600))
    edges = sorted(draw(st.sets(st.integers(min_value=0, max_value=length), max_size=8)))
    pauses = [
        LessonBreak(starts_at=moment(start), ends_at=moment(end), is_meal=draw(st.booleans()))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    came = draw(st.integers(min_value=0, max_value=length - 1))
    left = draw(st.integers(min_value=came + 1, max_value=length))
    return Lesson(starts_at=START, ends_at=moment(length)), pauses, moment(came), moment(left)


@given(lessons())
def test_minutes_are_never_negative_and_never_more_than_the_lesson(drawn):
    lesson, pauses, came_at, left_at = drawn
    whole = attended_minutes(lesson.starts_at, lesson.ends_at, pauses=pauses)

    minutes = attended_minutes(came_at, left_at, pauses=pauses)

    assert 0 <= minutes <= whole <= minutes_between(lesson.starts_at, lesson.ends_at)
    assert minutes <= minutes_between(came_at, left_at)


@given(lessons())
def test_minutes_of_two_halves_make_the_whole(drawn):
    lesson, pauses, came_at, _left_at = drawn

    before = attended_minutes(lesson.starts_at, came_at, pauses=pauses)
    after = attended_minutes(came_at, lesson.ends_at, pauses=pauses)

    assert before + after == attended_minutes(lesson.starts_at, lesson.ends_at, pauses=pauses)


def test_minutes_of_the_whole_lesson_are_its_own(lesson):
    pauses = list(lesson.breaks.all())

    assert attended_minutes(lesson.starts_at, lesson.ends_at, pauses=pauses) == lesson.minutes == 360
