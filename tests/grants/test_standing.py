"""The early warning: who can still reach the share of attendance."""

from datetime import timedelta

from django.template import engines

from grants.cases.reach import reaches
from tests.grants.conftest import CLAIM_DAY, mark


def test_before_the_first_lesson_everybody_can_pass(filed):
    assert [(one.best_percent, one.can_pass) for one in reaches(filed, on=CLAIM_DAY)] == [(100, True)] * 3


def test_lateness_lowers_what_can_be_reached(filed, enrolled):
    """Two hours missed leave 600 of 720 minutes; three and a half leave 510."""
    first = filed.run.lessons.first()
    mark(enrolled[0], first, came="12:00", left="17:00", minutes=240)
    mark(enrolled[1], first, came="14:30", left="17:00", minutes=150)

    assert [(one.best_percent, one.is_lost) for one in reaches(filed, on=CLAIM_DAY)] == [
        (83, False),
        (70, True),
        (100, False),
    ]


def test_lesson_over_without_a_record_is_told_and_not_taken_for_one_to_come(filed):
    first = filed.run.lessons.order_by("starts_at").first()

    before, after = (reaches(filed, on=first.on + timedelta(days=days))[0] for days in (0, 1))

    assert (before.unrecorded_minutes, after.unrecorded_minutes) == (0, first.minutes)
    assert after.can_pass


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


def test_spare_time_is_what_one_may_miss_and_still_pass(filed, enrolled):
    """80 % of 720 minutes is 576: an hour late leaves 660 to reach, and 84 of them to miss."""
    mark(enrolled[0], filed.run.lessons.first(), came="11:00", left="17:00", minutes=300)
    mark(enrolled[1], filed.run.lessons.first(), came=None)

    assert [one.spare_minutes for one in reaches(filed, on=CLAIM_DAY)] == [84, 0, 144]


def test_slot_tells_the_college_how_many_firms_and_nothing_of_them(rf, filed, coordinator):
    web = rf.get("/")
    web.user, web.acting, web.memberships = coordinator.person, coordinator.acting(), []
    slot = engines["django"].from_string('{% include "courses/slots/attendance_grants.html" %}')

    said = slot.render({"run": filed.run}, web)

    assert "1社が助成金の計画届を出しています" in said
    assert filed.number not in said
