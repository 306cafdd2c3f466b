"""A file written while somebody marks by hand, and by two workers at once: nobody's word is written over, nothing twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.imports.taking import take_in
from courses.actions.attendance.imports.undoing import take_back
from courses.actions.attendance.imports.writing import write_whole
from courses.models import AttendanceImport, AttendanceMark
from firms.errors import Refused
from firms.models import Job
from tests.courses.attendance.import_files import line, read, table, undo, upload, write

DAY = date(2027, 2, 3)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races"),
]


def at_once(*actions):
    """Each in a thread and a connection of its own, its jobs run at commit; what it answers, or the refusal."""
    start = threading.Barrier(len(actions))

    def run(action):
        start.wait()
        try:
            return action()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(actions)) as pool:
        return [found.result() for found in [pool.submit(run, action) for action in actions]]


@pytest.fixture
def by(coordinator):
    return coordinator.acting(today=DAY)


def test_mark_made_by_hand_is_never_written_over_unseen(run, lesson, seated, instructor, by):
    for _round in range(5):
        (one,) = seated(run)
        batch = read(table(line(one)), by=by)
        hand = line_from_minutes(one, lesson, late=30, early=0)

        at_once(
            lambda batch=batch: write_whole(batch, seen=batch.found["seen"], reason="", by=by),
            lambda hand=hand: save_roster(lesson, [hand], by=instructor.acting(DAY)),
        )

        batch.refresh_from_db()
        (mark,) = AttendanceMark.objects.filter(enrolment=one)
        assert (mark.minutes, batch.state) in {(330, "ready"), (360, "written")}


def test_same_file_handed_in_twice_at_once_is_one(run, seated, by):
    (one,) = seated(run)
    content = table(line(one))

    answers = at_once(*[lambda: take_in(upload(content), kind="table", lesson=None, by=by)] * 3)

    assert AttendanceImport.objects.count() == 1
    assert sorted(isinstance(answer, Refused) for answer in answers) == [False, True, True]


def test_undo_pressed_by_two_at_once_is_once(run, seated, by):
    (one,) = seated(run)
    batch = write(read(table(line(one)), by=by), by=by)

    at_once(*[lambda: take_back(batch, by=by)] * 3)
    batch = undo(batch, by=by)

    assert (batch.state, AttendanceMark.objects.filter(is_void=True).count()) == ("undone", 1)
    assert Job.objects.filter(kind="courses.import_undo").count() == 1
