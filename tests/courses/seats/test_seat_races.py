"""Seats under a crowd, on PostgreSQL: never one too many, and everybody else in an ordered queue.

Each round is two hundred requests over twenty connections. `RACE_ROUNDS=100` runs a hundred rounds in a row; the suite
runs a few.
"""

import os
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from celery import current_app
from django.db import connection

from courses.actions.seats.enrolments import cancel_enrolment, enrol
from courses.actions.seats.quotas import name_people, release_unnamed, reserve_seats
from courses.actions.seats.waiting import accept_offer, lapse_offer
from courses.models import Enrolment, Run
from courses.states import EnrolmentState
from firms.errors import Refused
from firms.models import Employment, Person
from tests.conftest import TODAY, cast
from tests.factories import EmploymentFactory, EstablishmentFactory, LessonFactory, RunFactory, at

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
SMALL_ROUNDS = 8
CONNECTIONS, REQUESTS, SEATS = 20, 200, 20
ACCEPTED, OFFERED, WAITLISTED = EnrolmentState.ACCEPTED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races"),
]


@pytest.fixture(autouse=True)
def letters_stay_in_the_queue():
    """The letters are rows like any others; nobody delivers them while the crowd is at the door."""
    conf = current_app.conf
    usual = conf.task_always_eager, conf.broker_url
    conf.task_always_eager, conf.broker_url = False, "memory://"
    yield
    conf.task_always_eager, conf.broker_url = usual


def at_once(*actions):
    """Each on a connection of its own, all starting together; what each came to."""
    start = threading.Barrier(len(actions))

    def one(action):
        start.wait()
        try:
            action()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(actions)) as pool:
        return list(pool.map(one, actions))


def taken(run):
    return Run.objects.with_seats().get(pk=run.pk).taken


def crowd(establishment, n):
    people = Person.objects.bulk_create(
        Person(email=f"crowd{k}@example.jp", family_name=f"群衆{k}", given_name="太郎") for k in range(n)
    )
    rows = [
        Employment(person=person, establishment=establishment, contract="regular", started_on=date(2022, 4, 1))
        for person in people
    ]
    made = Employment.objects.bulk_create(rows)
    return list(
        Employment.objects.filter(pk__in=[one.pk for one in made]).select_related(
            "person", "establishment__organisation"
        )
    )


def send(run, employments, by):
    """One request after the other for each of these."""

    def go():
        for employment in employments:
            enrol(run, [employment], by=by)

    return go


@pytest.mark.slow
def test_two_hundred_at_once_for_twenty_seats_fill_twenty_and_queue_the_others(manager, establishment, college):
    employments = crowd(establishment, REQUESTS)
    by = manager.acting()
    for _round in range(ROUNDS):
        run = RunFactory(course__college=college, seats=SEATS)
        LessonFactory(run=run)

        results = at_once(*(send(run, employments[n::CONNECTIONS], by) for n in range(CONNECTIONS)))

        rows = list(run.enrolments.order_by("pk").values_list("state", "queue_rank"))
        assert results == ["done"] * CONNECTIONS
        assert Counter(state for state, _rank in rows) == {ACCEPTED: SEATS, WAITLISTED: REQUESTS - SEATS}
        assert [rank for state, rank in rows if state == WAITLISTED] == list(range(1, REQUESTS - SEATS + 1))
        assert taken(run) == SEATS


@pytest.fixture
def scene(manager, establishment, pattern, college):
    """A run with a lesson far ahead; makes people of our firm."""

    def make(seats):
        run = RunFactory(course__college=college, seats=seats)
        LessonFactory(run=run)
        return run

    def employ(n):
        return [EmploymentFactory(establishment=establishment, pattern=pattern) for _ in range(n)]

    return make, employ


def test_a_seat_freed_while_somebody_applies_goes_to_the_queue(manager, scene):
    make, employ = scene
    by = manager.acting()
    for _round in range(SMALL_ROUNDS):
        run = make(1)
        sitting, waiting, newcomer = employ(3)
        (seat,) = enrol(run, [sitting], by=by)
        enrol(run, [waiting], by=by)

        at_once(lambda: cancel_enrolment(seat, by=by), lambda: enrol(run, [newcomer], by=by))  # noqa: B023  called in the round

        states = dict(run.enrolments.values_list("employment", "state"))
        assert states[waiting.pk] == OFFERED
        assert states[newcomer.pk] == WAITLISTED
        assert taken(run) == 1


def test_an_offer_accepted_as_it_lapses_is_one_or_the_other(manager, scene):
    make, employ = scene
    by = manager.acting()
    for _round in range(SMALL_ROUNDS):
        run = make(1)
        first, second = employ(2)
        (offered,) = enrol(run, [first], by=by)
        Enrolment.objects.filter(pk=offered.pk).update(state=OFFERED, answer_until=at(TODAY, "23:59"))
        enrol(run, [second], by=by)

        at_once(
            lambda: accept_offer(offered, by=by),  # noqa: B023  called in the round
            lambda: lapse_offer(offered, on=TODAY + timedelta(days=1)),  # noqa: B023
            lambda: lapse_offer(offered, on=TODAY + timedelta(days=1)),  # noqa: B023
        )

        states = list(run.enrolments.order_by("pk").values_list("state", flat=True))
        assert states in ([ACCEPTED, WAITLISTED], [EnrolmentState.CANCELLED, OFFERED])
        assert taken(run) == 1


def test_firms_that_reserve_while_others_apply_never_take_one_too_many(manager, scene):
    make, employ = scene
    others = [cast("manager", EstablishmentFactory().organisation, f"隣{n}") for n in range(3)]
    for _round in range(SMALL_ROUNDS):
        run = make(4)
        actings = [other.acting() for other in others]
        reserve = [
            lambda by=by: reserve_seats(run, 2, name_until=date(2027, 1, 20), by=by)  # noqa: B023  called in the round
            for by in actings
        ]
        apply = [lambda one=one: enrol(run, [one], by=manager.acting()) for one in employ(4)]  # noqa: B023

        at_once(*reserve, *apply)

        assert taken(run) == 4


def test_names_that_come_as_the_seats_are_released_hold_or_are_refused(manager, scene):
    make, employ = scene
    by = manager.acting(date(2027, 1, 20))
    for _round in range(SMALL_ROUNDS):
        run = make(2)
        quota = reserve_seats(run, 2, name_until=date(2027, 1, 20), by=manager.acting())
        named, waiting = employ(2)
        enrol(run, [waiting], by=manager.acting())

        results = at_once(
            lambda: name_people(quota, [named], by=by),  # noqa: B023  called in the round
            lambda: release_unnamed(quota, on=date(2027, 1, 21)),  # noqa: B023
        )

        quota.refresh_from_db()
        states = dict(run.enrolments.values_list("employment", "state"))
        assert quota.unnamed == 0
        assert states[waiting.pk] == OFFERED
        assert (states.get(named.pk) == ACCEPTED) is (results[0] == "done")
        assert taken(run) == len(states)
