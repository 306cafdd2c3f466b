"""Minutes of a span without meals: never negative, never more than the lesson."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.minutes import attended_minutes, shared, whole_minute, whole_minute_after
from courses.models import Lesson, LessonBreak
from courses.models.catalogue.runs import minutes_between
from firms.words.amounts import minutes_words
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


@pytest.mark.parametrize(("seconds", "minutes"), [(59, 0), (60, 1), (119, 1), (120, 2)])
def test_minute_that_is_not_over_does_not_count(seconds, minutes):
    assert str(attended_minutes(START, START + timedelta(seconds=seconds), pauses=[])) == str(minutes)


@pytest.mark.parametrize(
    ("other", "minutes"),
    [((-30, 0), 0), ((-30, 1), 1), ((59, 90), 1), ((60, 90), 0), ((61, 90), 0), ((10, 20), 10), ((-10, 70), 60)],
    ids=[
        "ends as it begins",
        "a minute in",
        "a minute before the end",
        "begins at its end",
        "after",
        "within",
        "around",
    ],
)
def test_shared_is_what_both_spans_have(other, minutes):
    start, end = map(moment, other)

    assert shared(START, moment(60), other_start=start, other_end=end) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0分"), (59, "59分"), (60, "1時間"), (61, "1時間1分"), (119, "1時間59分"), (120, "2時間"), (576, "9時間36分")],
)
def test_minutes_are_said_in_hours_and_minutes(minutes, words):
    assert minutes_words(minutes) == words


@pytest.mark.parametrize(
    ("passed", "before", "after"),
    [
        (timedelta(0), 0, 0),
        (timedelta(microseconds=1), 0, 1),
        (timedelta(seconds=1), 0, 1),
        (timedelta(seconds=59, microseconds=999_999), 0, 1),
        (timedelta(seconds=60), 1, 1),
    ],
    ids=["on the minute", "a millionth later", "a second later", "a millionth before the next", "on the next"],
)
def test_whole_minutes_lie_on_both_sides_of_a_moment(passed, before, after):
    assert whole_minute(START + passed) == moment(before)
    assert whole_minute_after(START + passed) == moment(after)
