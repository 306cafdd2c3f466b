"""Somebody leaves the firm: before the run begins the seat is freed, mid-course everybody sees it and the minutes stay."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from courses.actions.seats.departures import free_seat_of_leaver
from courses.actions.seats.requests import approve_request
from courses.actions.seats.waiting import accept_offer
from courses.models import AttendanceMark, Run
from courses.queries import left_on
from courses.states import EnrolmentState
from courses.tasks import sweep_seats
from firms.actions.people import edit_employment
from firms.errors import Refused
from firms.models import Notification
from tests.conftest import TODAY
from tests.factories import EmploymentFactory, WorkingPatternFactory, at

ACCEPTED, OFFERED, WAITLISTED = EnrolmentState.ACCEPTED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED
CANCELLED = EnrolmentState.CANCELLED


def states(run):
    return list(run.enrolments.order_by("pk").values_list("state", flat=True))


def leave(enrolment, day):
    enrolment.employment.ended_on = day
    enrolment.employment.save()


@pytest.mark.parametrize("state", [ACCEPTED, WAITLISTED, EnrolmentState.REQUESTED])
def test_before_the_run_begins_the_seat_is_freed_and_the_manager_hears(state, manager, run, seated):
    (one,) = seated(run, state=state)
    leave(one, date(2027, 2, 9))

    assert free_seat_of_leaver(one, on=TODAY) is True
    assert free_seat_of_leaver(one, on=TODAY) is False

    letters = Notification.objects.filter(subject__startswith="退職のため受講を取り消しました")
    assert states(run) == [CANCELLED]
    assert {letter.person for letter in letters} == {manager.person, one.person}
    assert "2027年2月9日に退職するため" in letters[0].body


def test_the_freed_seat_goes_to_the_next(run, seated):
    Run.objects.filter(pk=run.pk).update(seats=1)
    (one,) = seated(run)
    seated(run, state=WAITLISTED)
    leave(one, date(2027, 1, 31))

    free_seat_of_leaver(one, on=TODAY)

    assert states(run) == [CANCELLED, OFFERED]


def test_who_stays_through_the_last_lesson_keeps_the_seat(run, seated):
    (one,) = seated(run)
    leave(one, date(2027, 2, 10))

    assert free_seat_of_leaver(one, on=TODAY) is False
    assert states(run) == [ACCEPTED]


def test_mid_course_the_enrolment_stays(run, seated):
    (one,) = seated(run)
    leave(one, date(2027, 2, 5))

    assert free_seat_of_leaver(one, on=date(2027, 2, 6)) is False
    assert states(run) == [ACCEPTED]


def test_new_terms_at_the_same_firm_are_no_leaving(manager, run, seated, establishment):
    (one,) = seated(run)
    other = WorkingPatternFactory(establishment=establishment, name="夜勤")
    terms = {"contract": "regular", "pattern": other, "insured_number": "", "job_title": ""}
    edit_employment(one.employment, by=manager.acting(), changed_on=date(2027, 1, 1), **terms)
    one = run.enrolments.select_related("employment__establishment").get()

    assert one.employment.ended_on == date(2026, 12, 31)
    assert left_on([one]) == {}
    assert free_seat_of_leaver(one, on=TODAY) is False


def test_new_terms_hinder_neither_the_approval_nor_the_answer(manager, run, seated, establishment):
    wish, offered = [seated(run, state=state, answer_until=at(TODAY, "23:59"))[0] for state in ("requested", "offered")]
    for one in (wish, offered):
        terms = {"contract": "indefinite", "pattern": None, "insured_number": "", "job_title": ""}
        edit_employment(one.employment, by=manager.acting(), changed_on=date(2027, 2, 5), **terms)

    approve_request(wish, by=manager.acting())
    accept_offer(offered, by=manager.acting())

    assert states(run) == [ACCEPTED, ACCEPTED]


def test_who_leaves_before_the_last_lesson_is_not_approved(manager, run, seated):
    (wish,) = seated(run, state=EnrolmentState.REQUESTED)
    leave(wish, date(2027, 2, 9))

    with pytest.raises(Refused, match="2027年2月9日より後は雇用されていません"):
        approve_request(wish, by=manager.acting())


def test_left_on_is_the_last_of_several_terms(run, seated, establishment):
    (one,) = seated(run)
    leave(one, date(2026, 12, 31))
    EmploymentFactory(
        person=one.person,
        establishment=establishment,
        pattern=None,
        started_on=date(2027, 1, 1),
        ended_on=date(2027, 2, 5),
    )

    assert left_on([one]) == {one.pk: date(2027, 2, 5)}


def test_left_on_asks_nothing_where_nobody_leaves(run, seated, django_assert_num_queries):
    people = seated(run, 3)

    with django_assert_num_queries(0):
        assert left_on(people) == {}


def test_the_sweep_frees_seats(coming, seated):
    (one,) = seated(coming)
    leave(one, localdate())

    sweep_seats()

    assert states(coming) == [CANCELLED]


@pytest.fixture
def left(held, held_lesson, instructor, seated):
    """Attended the first lesson, and left the day after it."""
    (one,) = seated(held)
    AttendanceMark.objects.create(
        enrolment=one,
        lesson=held_lesson,
        came_at=held_lesson.starts_at,
        left_at=held_lesson.ends_at,
        minutes=360,
        source="roster",
        recorded_by=instructor.person,
    )
    leave(one, localdate())
    return one


@pytest.mark.parametrize("who", ["coordinator", "manager"])
def test_run_page_says_who_left_and_what_becomes_of_the_minutes(who, request, held, left):
    html = request.getfixturevalue(who).client().get(reverse("courses:run", args=[held.pk])).content.decode()

    assert "退職（" in html
    assert "この日までの受講時間は記録に残ります" in html


@pytest.mark.parametrize(("who", "name"), [("instructor", "roster"), ("manager", "attendance")])
def test_roster_and_attendance_say_who_left(who, name, request, held, held_lesson, left):
    pk = held_lesson.pk if name == "roster" else held.pk

    html = request.getfixturevalue(who).client().get(reverse(f"courses:{name}", args=[pk])).content.decode()

    assert f"{left.person.full_name}: " in html
    assert "退職（" in html


def test_the_sweep_leaves_who_left_mid_course(held, left):
    sweep_seats()

    assert states(held) == [ACCEPTED]
    assert left.marks.get().minutes == 360


def test_who_leaves_after_the_run_is_not_named(manager, held, seated):
    (one,) = seated(held)
    leave(one, localdate() + timedelta(days=7))

    assert "退職（" not in manager.client().get(reverse("courses:run", args=[held.pk])).content.decode()
