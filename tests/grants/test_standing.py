"""The early warning: who can still reach the share of attendance."""

from django.template import engines

from grants.standing import standings
from tests.grants.conftest import CLAIM_DAY, mark


def test_before_the_first_lesson_everybody_can_pass(filed):
    assert [(one.best_percent, one.can_pass) for one in standings(filed, on=CLAIM_DAY)] == [(100, True)] * 3


def test_lateness_lowers_what_can_be_reached(filed, enrolled):
    """Two hours missed leave 600 of 720 minutes; three and a half leave 510."""
    first = filed.run.lessons.first()
    mark(enrolled[0], first, came="12:00", left="17:00", minutes=240)
    mark(enrolled[1], first, came="14:30", left="17:00", minutes=150)

    assert [(one.best_percent, one.is_lost) for one in standings(filed, on=CLAIM_DAY)] == [
        (83, False),
        (70, True),
        (100, False),
    ]


def test_slot_beside_the_attendance_warns_the_firm(rf, filed, manager, enrolled):
    mark(enrolled[1], filed.run.lessons.first(), came=None)
    web = rf.get("/")
    web.user, web.acting, web.memberships = manager.person, manager.acting(), []

    said = (
        engines["django"]
        .from_string('{% include "courses/slots/attendance_grants.html" %}')
        .render({"run": filed.run}, web)
    )

    assert said.count("届きません") == 1
    assert said.count("届く見込み") == 2
