"""Numbers and seats under two hands at once, on PostgreSQL: no twin, no gap, nobody one too many."""

from datetime import date, timedelta

import pytest
from django.db import connection

from courses.actions.billing.invoices import issue_invoice
from courses.actions.catalogue.runs import edit_run
from courses.actions.completion.completion import decide_completion
from courses.actions.seats.choosing import decide
from courses.actions.seats.enrolments import enrol
from courses.actions.seats.lottery import draw_lottery
from courses.models import Certificate, Invoice, LotteryDraw, Run
from courses.models.catalogue.runs import Selection
from courses.states import EnrolmentState
from firms.models import Notification
from tests.courses.catalogue.test_offering import RUN_FACTS
from tests.courses.seats.test_seat_races import at_once, letters_stay_in_the_queue, taken  # noqa: F401  a fixture of all tests
from tests.factories import EmploymentFactory, EnrolmentFactory, EstablishmentFactory, LessonFactory, RunFactory

ROUNDS = 5
TAUGHT = date(2027, 2, 3)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races"),
]


def runs_of(college, n, **fields):
    runs = [RunFactory(course__college=college, **fields) for _ in range(n)]
    for one in runs:
        LessonFactory(run=one)
    return runs


def test_invoices_issued_at_once_are_numbered_without_twin_or_gap(college, coordinator):
    runs = runs_of(college, 4)
    firm = EstablishmentFactory()
    employment = EmploymentFactory(establishment=firm)
    for one in runs:
        EnrolmentFactory(run=one, employment=employment)
    by = coordinator.acting(TAUGHT)

    results = at_once(
        *(
            lambda one=one: issue_invoice(one, firm.organisation, due_on=TAUGHT + timedelta(days=30), by=by)
            for one in runs
            for _click in range(2)
        )
    )

    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert sorted(results) == ["done"] * 4 + ["refused"] * 4
    assert numbers == [f"{college.pk}-2026-{n:04d}" for n in range(1, 5)]


def test_certificates_of_runs_decided_at_once_share_no_number_and_no_place_in_the_list(college, coordinator):
    runs = runs_of(college, 4, course__needed_percent=0, course__needs_units=False)
    for one in runs:
        one.lessons.all().delete()
        Run.objects.filter(pk=one.pk).update(learn_from=TAUGHT - timedelta(days=9), learn_until=TAUGHT)
        EnrolmentFactory.create_batch(2, run=one)
    by = coordinator.acting(TAUGHT)

    at_once(*(lambda one=one: decide_completion(one, by=by) for one in runs for _click in range(2)))

    rows = list(Certificate.objects.order_by("number").values_list("number", "status_index"))
    assert [number for number, _place in rows] == [f"2026-{college.pk:03d}-{n:04d}" for n in range(1, 9)]
    assert [place for _number, place in rows] == list(range(8))


def test_seats_taken_away_as_people_come_are_never_fewer_than_those_who_sit(
    college, manager, coordinator, establishment, pattern
):
    for _round in range(ROUNDS):
        (run,) = runs_of(college, 1, seats=12, apply_until=RUN_FACTS["apply_until"])
        people = [EmploymentFactory(establishment=establishment, pattern=pattern) for _ in range(6)]

        at_once(
            *(lambda one=one: enrol(run, [one], by=manager.acting()) for one in people),  # noqa: B023  called in the round
            lambda: edit_run(run, RUN_FACTS | {"fee_yen": run.fee_yen, "seats": 3}, by=coordinator.acting()),  # noqa: B023
        )

        run.refresh_from_db()
        assert run.seats in (3, 12)
        assert taken(run) <= run.seats


def test_a_choice_made_by_two_at_once_gives_no_more_than_the_seats(college, coordinator, establishment, pattern):
    for _round in range(ROUNDS):
        (run,) = runs_of(college, 1, seats=3, selection=Selection.CHOICE)
        people = [
            EnrolmentFactory(
                run=run,
                employment=EmploymentFactory(establishment=establishment, pattern=pattern),
                state=EnrolmentState.APPLIED,
            )
            for _ in range(4)
        ]
        halves = people[:2], people[2:]

        results = at_once(
            *(
                lambda half=half: decide(run, half, EnrolmentState.ACCEPTED, by=coordinator.acting())  # noqa: B023
                for half in halves
            )
        )

        assert sorted(results) == ["done", "refused"]
        assert taken(run) == 2


def test_a_lottery_drawn_by_two_at_once_is_drawn_once(college, coordinator, establishment, pattern):
    (run,) = runs_of(college, 1, seats=2, selection=Selection.LOTTERY, apply_until=date(2027, 1, 20))
    EnrolmentFactory.create_batch(5, run=run, state=EnrolmentState.APPLIED)
    by = coordinator.acting(date(2027, 1, 21))

    results = at_once(*(lambda: draw_lottery(run, by=by) for _click in range(3)))

    assert results == ["done"] * 3
    assert LotteryDraw.objects.get().ranking == list(run.enrolments.order_by("queue_rank").values_list("pk", flat=True))
    assert taken(run) == 2
    assert Notification.objects.filter(subject__startswith="抽選").count() >= 5
