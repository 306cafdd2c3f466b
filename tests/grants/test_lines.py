"""The facts of a claim on both sides of their lines: the yen that are all paid, the day that is the last, the word that is told."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from courses.models import Certificate, Enrolment
from courses.queries.elearning.logs import Days
from grants.facts.agreed import agreed_training
from grants.facts.canonical import canonical, digest
from grants.facts.change import Change, noticed, shortened
from grants.facts.funded import agreed_days
from grants.facts.learners import all_completed_on, certified_on, completion, every_day, finished_within
from grants.facts.money import by_enrolment, fee_paid, grant_cost
from grants.models import Cost
from grants.rules import Notice

AS_OF = date(2027, 3, 1)
FIRM, WORKER, PARENT = Cost.Payer.FIRM, Cost.Payer.WORKER, Cost.Payer.PARENT


def cost(amount_yen, day=1, payer=FIRM):
    return Cost(amount_yen=amount_yen, paid_on=date(2027, 2, day), payer=payer)


@pytest.mark.parametrize(
    ("costs", "people", "told"),
    [
        ([], 3, {"fee_per_person": 20_000}),
        ([cost(59_999)], 3, {"fee_per_person": 19_999}),
        (
            [cost(59_999, 5), cost(1, 3)],
            3,
            {"fee_per_person": 20_000, "paid_partly_by": "nobody", "paid_on": "2027-02-05"},
        ),
        ([cost(60_001)], 3, {"fee_per_person": 20_000, "paid_partly_by": "nobody", "paid_on": "2027-02-01"}),
        ([cost(60_000)], 0, {"fee_per_person": 20_000}),
        ([cost(20_000, payer=WORKER)], 3, {"fee_per_person": 6_666, "paid_partly_by": "worker"}),
        (
            [cost(40_000), cost(20_000, payer=PARENT)],
            3,
            {"fee_per_person": 20_000, "paid_partly_by": PARENT.value, "paid_on": "2027-02-01"},
        ),
        (
            [cost(40_000, payer=PARENT), cost(20_000, payer=WORKER)],
            3,
            {"fee_per_person": 20_000, "paid_partly_by": "worker", "paid_on": "2027-02-01"},
        ),
    ],
    ids=["nothing", "a yen short", "to the yen", "a yen more", "nobody left", "a worker", "a parent", "both"],
)
def test_fee_is_paid_to_the_yen(costs, people, told):
    assert grant_cost(costs, fee_yen=20_000, people=people, as_of=AS_OF) == {"kind": "external"} | told


def test_free_course_owes_nothing_and_is_paid_on_the_day_of_the_claim():
    assert grant_cost([], fee_yen=0, people=1, as_of=AS_OF) == {
        "kind": "external",
        "fee_per_person": 0,
        "paid_partly_by": "nobody",
        "paid_on": "2027-03-01",
    }


@pytest.mark.parametrize(
    ("people", "paid", "fee"), [(3, 0, 500), (3, 1, 0), (3, 1499, 499), (3, 1500, 500), (3, 1503, 500), (0, 1500, 500)]
)
def test_aid_rests_on_yen_that_were_paid(people, paid, fee):
    assert str(fee_paid(500, people=people, paid=paid)) == str(fee)


def test_times_of_a_person_stand_under_the_enrolment_of_this_run():
    assert by_enrolment({7: 2, 8: 0, 9: 1}, [(70, 7), (80, 8), (100, 10)]) == {70: 2}


CLASS = {
    "starts_on": "2027-02-03",
    "ends_on": "2027-02-17",
    "lessons": [{"id": 1, "on": "2027-02-03"}, {"id": 2, "on": "2027-02-17"}],
}
ONLINE = {"starts_on": "2027-02-03", "ends_on": "2027-02-17", "units": []}


@pytest.mark.parametrize(
    ("training", "told", "days"),
    [
        (CLASS, {}, ((2, 3), (2, 17))),
        (CLASS, {"lesson-1": "2027-02-20 09:00–16:00 x"}, ((2, 17), (2, 20))),
        (CLASS, {"lesson-1": "removed"}, ((2, 17), (2, 17))),
        (CLASS, {"lesson-1": "removed", "lesson-2": "removed"}, ((2, 3), (2, 17))),
        (CLASS, {"lesson-3": "2027-02-18 09:00–16:00 x"}, ((2, 3), (2, 18))),
        (CLASS, {"venue": "2027-02-28 x"}, ((2, 3), (2, 17))),
        (CLASS | {"lessons": []}, {}, ((2, 3), (2, 17))),
        (ONLINE, {}, ((2, 3), (2, 17))),
        (ONLINE, {"period": "2027-02-10〜2027-02-28"}, ((2, 10), (2, 28))),
    ],
)
def test_days_of_a_plan_are_those_the_office_was_told(training, told, days):
    assert agreed_days(training, told) == tuple(date(2027, *day) for day in days)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["2027-02-05", "2027-02-09"], date(2027, 2, 9)),
        (["2027-02-09", "2027-02-05"], date(2027, 2, 9)),
        (["2027-02-05", None], None),
        ([], None),
    ],
)
def test_all_have_finished_once_the_last_one_has(days, found):
    assert all_completed_on([{"completed_on": day} for day in days]) == found
    assert all_completed_on([{} for _ in days]) is None


def test_every_day_takes_in_both_ends():
    assert every_day(date(2027, 2, 27), date(2027, 3, 1)) == ["2027-02-27", "2027-02-28", "2027-03-01"]
    assert every_day(date(2027, 2, 27), date(2027, 2, 27)) == ["2027-02-27"]
    assert every_day(date(2027, 2, 27), date(2027, 2, 26)) == []


def change(**told):
    plain = {"subject": "lesson-1", "label": "x", "event": "e", "event_on": AS_OF, "due": None, "because": ""}
    return Change(**(plain | {"action": "change_notice", "source": ""} | told))


@pytest.mark.parametrize(
    ("told", "needs_notice", "is_settled", "loses_all"),
    [
        ({}, True, False, False),
        ({"is_told": True}, False, True, False),
        ({"action": "none"}, False, True, False),
        ({"action": "new_plan"}, False, False, True),
        ({"action": "not_possible"}, False, False, True),
        ({"action": "new_plan", "is_told": True}, False, True, False),
        ({"subject": "venue"}, True, False, True),
        ({"subject": "venue", "is_told": True}, False, True, False),
    ],
)
def test_change_is_settled_once_it_was_told(told, needs_notice, is_settled, loses_all):
    found = change(**told)

    assert (found.needs_notice, found.is_settled, found.loses_all) == (needs_notice, is_settled, loses_all)


def test_change_counts_from_the_earlier_day_unless_the_start_needs_more():
    moved = date(2027, 2, 10), date(2027, 2, 12)
    usual = noticed("lesson-1", "前から後に", "e", *moved)
    start = Notice(action="new_plan", due=None, because="遅い", source="要領")
    special = noticed("lesson-1", "前から後に", "e", *moved, start=start)

    assert (usual.action, usual.due, usual.event_on) == ("change_notice", date(2027, 2, 9), date(2027, 2, 12))
    assert (special.action, special.due, special.because, special.source) == ("new_plan", None, "遅い", "要領")
    assert not usual.is_told


def test_event_fits_its_column():
    assert shortened("あ" * 51, "0123456789") == f"{'あ' * 50} 01234567"


def test_class_is_what_the_office_was_told_of_each_lesson():
    lesson = {"minutes": 360, "counted_minutes": 350, "starts_at": "10:00"}
    first, second = lesson | {"id": 1, "on": "2027-02-03"}, lesson | {"id": 2, "on": "2027-02-10"}
    moved, added = second | {"on": "2027-02-12"}, lesson | {"id": 3, "on": "2027-02-17", "starts_at": "09:00"}
    plan = {"training": {"starts_on": "2027-02-03", "ends_on": "2027-02-10", "lessons": [first, second]}}
    now = {"training": {"lessons": [added, moved, first]}}

    untold = agreed_training(plan, now, [change(subject="lesson-2"), change(subject="lesson-3")])
    told = agreed_training(plan, now, [change(subject=f"lesson-{n}", is_told=True) for n in (2, 3)])
    nothing = agreed_training(
        plan, {"training": {"lessons": []}}, [change(subject=f"lesson-{n}", is_told=True) for n in (1, 2)]
    )

    assert untold == {
        "starts_on": "2027-02-03",
        "ends_on": "2027-02-10",
        "total_minutes": 720,
        "planned_minutes": 700,
        "lessons": [first, second],
    }
    assert (told["ends_on"], told["planned_minutes"], told["lessons"]) == ("2027-02-17", 1050, [first, moved, added])
    assert (nothing["starts_on"], nothing["ends_on"], nothing["planned_minutes"]) == ("2027-02-03", "2027-02-10", 0)


def test_facts_are_written_down_in_one_way_for_ever():
    """Digests of filed plans are kept: written otherwise, every old one would seem to have changed."""
    assert canonical({"b": [1, None], "a": "あ"}) == '{"a":"あ","b":[1,null]}'
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize(
    ("state", "finished_on", "is_over", "completed"),
    [
        ("accepted", AS_OF, False, True),
        ("accepted", AS_OF, True, True),
        ("accepted", None, False, None),
        ("accepted", None, True, False),
        ("not_completed", AS_OF, False, False),
        ("not_completed", None, False, False),
    ],
)
def test_course_is_finished_unfinished_or_still_open(state, finished_on, is_over, completed):
    assert completion(Enrolment(state=state), finished_on, is_over=is_over) is completed


DAYS = Days(date(2027, 2, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("said", "issued_on", "day"),
    [
        ("2027-02-01", date(2027, 4, 9), date(2027, 2, 1)),
        ("2027-01-31", date(2027, 3, 1), None),
        ("2027-03-31", date(2027, 4, 9), date(2027, 3, 31)),
        ("2027-04-01", date(2027, 3, 1), None),
        (None, date(2027, 3, 31), date(2027, 3, 31)),
        (None, date(2027, 4, 1), None),
    ],
)
def test_certificate_proves_an_end_within_the_days(said, issued_on, day):
    facts = {"completed_on": said} if said else {}

    assert certified_on(Certificate(facts=facts, issued_on=issued_on), DAYS) == day
    assert certified_on(None, DAYS) is None


@pytest.mark.parametrize(
    ("at", "within"),
    [
        ("2027-01-31T23:59:59+09:00", False),
        ("2027-02-01T00:00:00+09:00", True),
        ("2027-03-31T23:59:59+09:00", True),
        ("2027-04-01T00:00:00+09:00", False),
        (None, False),
    ],
)
def test_unit_is_finished_within_the_days_of_tokyo(at, within):
    trace = SimpleNamespace(completed_at=datetime.fromisoformat(at) if at else None)

    assert finished_within(trace, DAYS) is within
    assert finished_within(None, DAYS) is False
