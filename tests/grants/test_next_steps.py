"""The list, the deadlines and the home say of each case what its own page says, not what its state would."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from grants.cases.overview import overview
from grants.cases.situation import guides_of
from grants.states import CaseState
from tests.factories import at
from tests.grants.conftest import CLAIM_DAY, fresh
from tests.grants.test_late import cancelled  # noqa: F401  the fixture of a cancelled run
from tests.grants.test_steps import amending, closed  # noqa: F401  the fixtures of its states
from tests.grants.test_turns import STEPS

IN_DECEMBER = date(2026, 12, 1)
MORE = [("cancelled", CLAIM_DAY), ("planned", CLAIM_DAY), ("filed", IN_DECEMBER + timedelta(days=90))]


@pytest.mark.parametrize(("state", "day"), [(state, day) for state, day, _with, _alone in STEPS] + MORE)
def test_list_says_what_the_case_page_says(request, manager, state, day):
    found = fresh(request.getfixturevalue(state))
    title = overview(found, acting=manager.acting(day)).guide.title

    with time_machine.travel(at(day, "10:00")):
        rows = manager.client().get(reverse("grants:cases")).context["rows"]

    assert [(case.pk, guide.title) for case, guide in rows] == [(found.pk, title)]


def test_list_says_how_much_is_missing_of_this_very_case(case, manager):
    said = manager.client().get(reverse("grants:cases")).content.decode()

    assert "足りないもの2件をうめる" in said


def test_list_says_that_the_day_has_passed(planned, manager):
    with time_machine.travel(at(CLAIM_DAY, "10:00")):
        said = manager.client().get(reverse("grants:cases")).content.decode()

    assert "計画届の期限を過ぎました" in said


def test_every_state_has_its_words(case):
    for state in CaseState:
        type(case).objects.filter(pk=case.pk).update(state=state)
        assert guides_of([case], on=IN_DECEMBER)[case.pk].title


def test_no_case_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert guides_of([], on=IN_DECEMBER) == {}
