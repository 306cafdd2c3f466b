"""Whose turn it is: each step with a mandate, without one and after it ended; every reader is told in the same words."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from courses.models import Lesson
from firms.actions.mandates import revoke_mandate
from firms.models import Mandate
from grants.actions.deadlines import refresh
from grants.cases.overview import overview
from grants.cases.situation import dues_of, guides_of
from grants.cases.turns import Turn, Work, turn_of, turns_of
from tests.conftest import cast
from tests.factories import MandateFactory, at
from tests.grants.conftest import CLAIM_DAY, fresh
from tests.grants.test_deadlines import move_lesson
from tests.grants.test_steps import amending, closed  # noqa: F401  the fixtures of its states
from tests.lms.rows import training

IN_DECEMBER = date(2026, 12, 1)
FIRM, OFFICE, COLLEGE, LABOUR = "企業の番", "社労士事務所の番", "連携校の番", "労働局の審査待ち"

# Fixture → day → whose turn with a mandate in force, and without one.
STEPS = [
    ("case", IN_DECEMBER, [OFFICE, FIRM], [FIRM]),
    ("stated", IN_DECEMBER, [OFFICE], [FIRM]),
    ("stated", CLAIM_DAY, [OFFICE], [FIRM]),
    ("planned", IN_DECEMBER, [OFFICE], [FIRM]),
    ("filed", IN_DECEMBER, [FIRM], [FIRM]),
    ("paid", CLAIM_DAY, [OFFICE], [FIRM]),
    ("paid", date(2027, 4, 13), [OFFICE], [FIRM]),
    ("frozen", CLAIM_DAY, [OFFICE], [FIRM]),
    ("claimed", date(2027, 3, 1), [LABOUR], [LABOUR]),
    ("amending", date(2027, 3, 25), [OFFICE], [FIRM]),
    ("approved", date(2027, 5, 20), [FIRM], [FIRM]),
    ("closed", date(2027, 5, 21), [], []),
]
WITHOUT = {
    "revoked": {"state": "revoked", "ended_at": at(date(2026, 11, 20), "12:00")},
    "over": {"ends_on": date(2026, 11, 30)},
    "other scope": {"scopes": ["career_up"]},
    "asked for": {"state": "requested", "accepted_at": None, "accepted_by": None},
}


def words(turns):
    return [str(turn.label) for turn in turns]


@pytest.mark.parametrize("work", Work)
def test_turn_changes_with_the_mandate_where_papers_are_made(work):
    with_one, without = turn_of(work, mandate=Mandate()), turn_of(work, mandate=None)

    assert (with_one, without) == {
        Work.APPLICATION: (Turn.OFFICE, Turn.FIRM),
        Work.STATEMENT: (Turn.FIRM, Turn.FIRM),
        Work.TEACHING: (Turn.COLLEGE, Turn.COLLEGE),
        Work.LISTING: (Turn.WARD, Turn.WARD),
        Work.RULING: (Turn.LABOUR, Turn.LABOUR),
    }[work]


def test_turn_of_several_works_is_said_once_each_in_their_order():
    works = [Work.TEACHING, Work.STATEMENT, Work.APPLICATION, Work.TEACHING]

    assert turns_of(works) == (Turn.COLLEGE, Turn.FIRM)
    assert turns_of([]) == ()


@pytest.mark.parametrize(("state", "day", "turns", "_alone"), STEPS)
def test_turn_of_each_step_under_a_mandate(request, manager, state, day, turns, _alone):
    found = request.getfixturevalue(state)

    assert words(overview(fresh(found), acting=manager.acting(day)).guide.turns) == turns


@pytest.mark.parametrize(("state", "day", "_turns", "alone"), STEPS)
@pytest.mark.parametrize("why", WITHOUT)
def test_turn_of_each_step_without_a_mandate_is_the_firms(request, manager, state, day, _turns, alone, why):
    found = request.getfixturevalue(state)
    Mandate.objects.update(**WITHOUT[why])

    assert words(overview(fresh(found), acting=manager.acting(day)).guide.turns) == alone


def test_turn_goes_back_to_the_firm_the_moment_the_mandate_is_revoked(planned, manager, advisor):
    client, address = manager.client(), reverse("grants:cases")
    before = client.get(address).content.decode()

    revoke_mandate(Mandate.objects.get(), by=manager.acting())

    after = client.get(address).content.decode()
    assert (OFFICE in before, FIRM in before) == (True, False)
    assert (OFFICE in after, FIRM in after) == (False, True)


def test_turn_is_the_offices_again_under_a_new_mandate(planned, manager, advisor):
    Mandate.objects.update(**WITHOUT["revoked"])
    MandateFactory(office=advisor.organisation, firm=manager.organisation, advisor=advisor.person)

    assert words(guides_of([planned], on=IN_DECEMBER)[planned.pk].turns) == [OFFICE]


def test_lessons_nobody_entered_are_the_colleges_turn(stated, manager, advisor):
    Lesson.objects.all().delete()

    for who in (manager, advisor):
        found = overview(fresh(stated), acting=who.acting(IN_DECEMBER))
        assert [words(one.turns) for one in found.lacks if one.is_needed] == [[COLLEGE]]
        assert words(found.guide.turns) == [COLLEGE]


def without_lacks(page):
    """What papers have a box for and nobody stated is the firm's to say, whoever's turn the next step is."""
    return re.sub(r'<section id="missing".*?</section>', "", page, flags=re.S)


def test_every_reader_of_a_case_reads_the_same_turn_on_every_page(planned, manager, advisor, office):
    """On the case, the list, the deadlines and the home."""
    readers = manager, advisor, cast("clerk", office, "事務")
    pages = reverse("grants:case", args=[planned.pk]), reverse("grants:cases"), reverse("grants:deadlines"), "/"

    with time_machine.travel(at(IN_DECEMBER, "10:00")):
        for who in readers:
            for address in pages:
                said = without_lacks(who.client().get(address).content.decode())
                assert (OFFICE in said, FIRM in said) == (True, False), (who.membership.role, address)


def test_change_notice_is_the_offices_turn_while_the_case_waits_for_the_firm(filed, run):
    move_lesson(run.lessons.last(), date(2027, 2, 12))
    refresh(filed, by=None)
    rows = list(filed.deadlines.open().order_by("code"))

    found = {due.row.code: (due.words, words(due.turns)) for due in dues_of(rows, on=IN_DECEMBER)}

    assert found["change_notice"] == ("計画変更届を労働局へ出す", [OFFICE])


def test_college_and_ward_read_their_own_turn_beside_their_tasks(coordinator, officer, college):
    training(college, starts_in=60, state="preparing")
    training(college, starts_in=60, course_state="proposed")

    for who, word in ((coordinator, COLLEGE), (officer, "区の番")):
        steps = who.client().get("/").context["steps_waiting"]
        assert [words(one.turns) for one in steps] == [[word]] * len(steps) != []
