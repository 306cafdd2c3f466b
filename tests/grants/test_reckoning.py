"""Minutes counted one by one on the fingers, against what the roster, the claim and the wages reckon with spans."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.actions.attendance.marking import as_json, minutes_there, within
from courses.models import AttendanceMark, Lesson, LessonBreak
from grants.facts.workers import attended_spans
from grants.time.lessons import CountedLesson, counted_spans
from grants.time.spans import minutes
from grants.time.spans import within as inside
from tests.factories import at

START = at(date(2027, 2, 3), "09:00")
LENGTH = 240


def moment(minute):
    return START + timedelta(minutes=minute)


def fingers(spans):
    """Each minute of the spans by its number."""
    return {minute for start, end in spans for minute in range(start, end)}


def apart(most):
    """Spans in order that do not touch each other's inside."""
    edges = st.sets(st.integers(0, LENGTH), max_size=2 * most).map(sorted)
    return edges.map(lambda found: list(zip(found[::2], found[1::2], strict=False)))


stays = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).filter(lambda stay: stay[0] < stay[1])


@given(stay=stays, gaps=apart(3), meals=apart(2), hours=apart(2))
def test_minutes_are_those_counted_on_the_fingers(stay, gaps, meals, hours):
    lesson = Lesson(pk=1, starts_at=START, ends_at=moment(LENGTH))
    pauses = [LessonBreak(starts_at=moment(a), ends_at=moment(b), is_meal=True) for a, b in meals]
    lesson._prefetched_objects_cache = {"breaks": pauses}
    came, left = moment(stay[0]), moment(stay[1])
    away = within(((moment(a), moment(b)) for a, b in gaps), came, left)
    there = fingers([stay]) - fingers(gaps)

    mark = AttendanceMark(lesson=lesson, came_at=came, left_at=left, gaps=as_json(away))
    counted = counted_spans(lesson, 0)
    attended = attended_spans(mark, CountedLesson(lesson, counted))
    paid = inside(attended, [(moment(a), moment(b)) for a, b in hours])

    assert minutes_there(lesson, came, left, away) == len(there - fingers(meals))
    assert minutes(attended) == len(there - fingers(meals))
    assert minutes(paid) == len((there - fingers(meals)) & fingers(hours))
    assert mark.away_minutes == len(fingers([stay]) & fingers(gaps) - fingers(meals))
    assert minutes(mark.spans) == len(there)
