"""A file taken back whole: every mark answered by a new row, what others said later left alone."""

from datetime import date

import pytest

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.imports.undoing import take_back
from courses.models import AttendanceMark
from firms.models import Job, JournalEntry
from tests.courses.attendance.import_files import line, read, table, undo, work, write

DAY = date(2027, 2, 3)


@pytest.fixture
def sitting(run, seated):
    return seated(run, 3)


@pytest.fixture
def by(coordinator):
    return coordinator.acting(today=DAY)


def standing(enrolments):
    """Minutes in force, None where nothing is."""
    marks = AttendanceMark.objects.current().filter(enrolment__in=enrolments)
    held = {mark.enrolment_id: mark.minutes for mark in marks}
    return [held.get(enrolment.pk) for enrolment in enrolments]


def counts(batch):
    return {name: n for name, n in batch.found["counts"].items() if n}


def test_undo_takes_back_every_mark_by_a_new_row(sitting, by):
    batch = write(read(table(*map(line, sitting)), by=by), by=by)

    batch = undo(batch, by=by)

    rows = AttendanceMark.objects.filter(is_void=True)
    assert (batch.state, batch.found["taken_back"], standing(sitting)) == ("undone", 3, [None, None, None])
    assert {row.reason for row in rows} == {"取込み「出席.csv」の取消し"}
    assert JournalEntry.objects.filter(verb="import.undo").get().details == {"rows": 3, "kept": 0}


def test_undo_brings_back_what_the_file_had_corrected(sitting, lesson, by):
    one = sitting[0]
    save_roster(lesson, [line_from_minutes(one, lesson, late=10, early=0)], by=by)
    batch = write(read(table(line(one, late=60)), by=by), by=by, reason="照合")

    undo(batch, by=by)

    newest = AttendanceMark.objects.current().get(enrolment=one)
    assert (newest.minutes, newest.source, newest.batch, newest.corrects.batch) == (350, "roster", None, batch)


def test_undo_leaves_what_somebody_corrected_later_and_names_them(sitting, lesson, by):
    one, two, _ = sitting
    batch = write(read(table(line(one), line(two)), by=by), by=by)
    mark = AttendanceMark.objects.get(enrolment=one)
    save_roster(lesson, [line_from_minutes(one, lesson, late=15, early=0, reason="本人の申出", seen=mark.pk)], by=by)

    batch = undo(batch, by=by)

    assert (batch.state, batch.found["kept_count"], standing([one, two])) == ("undone", 1, [345, None])
    assert batch.found["kept"] == [f"{one.person.full_name}（第1回 センサの選び方と取付け）"]


def test_undo_that_could_take_nothing_back_leaves_the_file_written(sitting, lesson, by):
    one = sitting[0]
    batch = write(read(table(line(one)), by=by), by=by)
    mark = AttendanceMark.objects.get(enrolment=one)
    save_roster(lesson, [line_from_minutes(one, lesson, late=15, early=0, reason="本人の申出", seen=mark.pk)], by=by)

    batch = undo(batch, by=by)

    assert (batch.state, standing([one])) == ("written", [345])
    assert "取り消せる記録がありませんでした" in batch.found["told"]


def test_undo_pressed_twice_is_once(sitting, by):
    batch = write(read(table(line(sitting[0])), by=by), by=by)

    take_back(batch, by=by)
    take_back(batch, by=by)
    work()
    take_back(batch, by=by)
    work()

    assert AttendanceMark.objects.filter(is_void=True).count() == 1
    assert Job.objects.filter(kind="courses.import_undo").count() == 1


def test_first_file_can_be_undone_after_a_second_that_corrected_it(sitting, by):
    one = sitting[0]
    first = write(read(table(line(one)), by=by), by=by)
    second = write(read(table(line(one, late=30)), by=by), by=by, reason="照合")

    undo(second, by=by)
    assert standing([one]) == [360]
    undo(first, by=by)

    assert standing([one]) == [None]
    assert [bool(mark.corrects_id) for mark in AttendanceMark.objects.order_by("pk")] == [False, True, True, True]


def test_mark_may_follow_a_file_taken_back(sitting, by):
    undo(write(read(table(line(sitting[0])), by=by), by=by), by=by)

    again = write(read(table(line(sitting[0], late=10)), by=by), by=by)

    newest = AttendanceMark.objects.current().get()
    assert (again.state, newest.minutes, newest.corrects.is_void) == ("written", 350, True)
    assert newest.reason == "取り消された記録のあとの記録"
