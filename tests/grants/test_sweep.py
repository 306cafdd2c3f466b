"""The sweep at the size of a ward: it looks without a lock, and writes only where something moved."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Lesson
from grants.actions.cases import open_case
from grants.tasks import refresh_deadlines
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, RunFactory
from tests.grants.test_changes import move_lesson


def swept():
    with CaptureQueriesContext(connection) as seen:
        refresh_deadlines()
    return [query["sql"] for query in seen]


def writes(queries):
    """Any transaction begun, lock taken or row written."""
    return [sql for sql in queries if any(word in sql for word in ("SAVEPOINT", "UPDATE", "INSERT"))]


def more_cases(establishment, pattern, manager, count):
    for _ in range(count):
        run = RunFactory()
        LessonFactory(run=run)
        EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))
        open_case(run, establishment, by=manager.acting())


def test_sweep_of_cases_in_line_asks_twice_and_takes_no_lock(case, establishment, pattern, manager):
    one = swept()
    more_cases(establishment, pattern, manager, 2)
    three = swept()

    assert len(one) == len(three) == 2
    assert not writes(three)


@pytest.mark.parametrize("state", ["planned", "filed", "frozen"])
def test_sweep_of_a_case_in_line_writes_nothing(request, state):
    request.getfixturevalue(state)

    assert not writes(swept())


def test_sweep_mends_the_case_that_moved_alone(case, run, establishment, pattern, manager):
    more_cases(establishment, pattern, manager, 1)
    move_lesson(run.lessons.first(), date(2027, 2, 5))

    refresh_deadlines()

    assert [case.deadlines.open().get().event_on, case.deadlines.count()] == [date(2027, 2, 5), 2]


def test_sweep_goes_on_after_a_case_it_cannot_read(filed, run, establishment, pattern, manager, caplog):
    """A meal longer than its lesson cannot be reckoned; the case after it is swept all the same."""
    more_cases(establishment, pattern, manager, 1)
    other = Lesson.objects.exclude(run=run).get()
    move_lesson(other, date(2027, 2, 5))
    pause = run.lessons.first().breaks.get()
    type(pause).objects.filter(pk=pause.pk).update(ends_at=pause.starts_at.replace(year=2028))

    refresh_deadlines()

    assert other.run.grant_cases.get().deadlines.open().get().event_on == date(2027, 2, 5)
    assert "not refreshed" in caplog.text
