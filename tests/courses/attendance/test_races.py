"""A roster saved while its run is cancelled or another saves it: one of the two is refused, whoever comes second."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from courses.actions.attendance.attendance import RosterRefused, line_from_minutes, save_roster
from courses.actions.catalogue.runs import cancel_run
from courses.models import AttendanceMark, Run
from courses.states import RunState
from firms.errors import Refused

DAY = date(2027, 2, 3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_a_run_is_not_cancelled_while_its_roster_is_saved(run, lesson, seated, instructor, officer):
    for _round in range(6):
        Run.objects.filter(pk=run.pk).update(state=RunState.OPEN)
        (enrolment,) = seated(run)
        start = threading.Barrier(2)

        def at_once(action, start=start):
            start.wait()
            try:
                action()
            except Refused:
                return "refused"
            finally:
                connection.close()
            return "done"

        line = line_from_minutes(enrolment, lesson, late=0, early=0)
        with ThreadPoolExecutor(max_workers=2) as pool:
            saved = pool.submit(at_once, lambda line=line: save_roster(lesson, [line], by=instructor.acting(DAY)))
            ended = pool.submit(at_once, lambda: cancel_run(run, reason="講師の都合", by=officer.acting(DAY)))
        assert sorted([saved.result(), ended.result()]) == ["done", "refused"]
        is_cancelled = Run.objects.get(pk=run.pk).state == RunState.CANCELLED
        assert is_cancelled is not AttendanceMark.objects.exists()
        if AttendanceMark.objects.exists():
            return


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_two_instructors_marking_at_once_leave_one_record_and_one_sentence(
    lesson, run, seated, instructor, coordinator
):
    for _round in range(6):
        (enrolment,) = seated(run)
        start = threading.Barrier(2)

        def save(by, late, enrolment=enrolment, start=start):
            line = line_from_minutes(enrolment, lesson, late=late, early=0)
            start.wait()
            try:
                save_roster(lesson, [line], by=by.acting(DAY))
            except RosterRefused as refused:
                return refused.lines[enrolment.pk].sentence
            finally:
                connection.close()
            return "saved"

        with ThreadPoolExecutor(max_workers=2) as pool:
            answers = [pool.submit(save, instructor, 15), pool.submit(save, coordinator, 0)]
            said = {one.result() for one in answers}
        (mark,) = AttendanceMark.objects.filter(enrolment=enrolment)
        assert len(said & {"saved"}) == 1
        assert [f"{mark.recorded_by.full_name}さんが" in one for one in said - {"saved"}] == [True]
