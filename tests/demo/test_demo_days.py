"""The demo world makes sense on any day it is made: at a year's turn, on a leap day, after a scheme has closed."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from courses.models import Run
from courses.states import RunState
from demo.load import load
from demo.logins import email_of
from firms.models import Person
from firms.queries import today
from grants.models import GrantCase, PlanFiling
from grants.rules import open_menus
from tests.factories import at

# A day, and whether the temporary scheme (plans until 2027-03-31) could still have taken a plan of the story's.
DAYS = {
    "first of the year": (date(2027, 1, 1), True),
    "last day the scheme takes plans": (date(2027, 3, 31), True),
    "two hundred days on": (date(2027, 6, 8), True),
    "leap day": (date(2028, 2, 29), False),
}


@pytest.mark.slow
@pytest.mark.parametrize(("day", "is_open"), DAYS.values(), ids=DAYS)
def test_demo_can_be_made_on(day, is_open, db, letter_box):
    with time_machine.travel(at(day, "10:00"), tick=True):
        load(today())
        client = Client()
        client.force_login(Person.objects.get(email=email_of("manager")))
        home = client.get(reverse("home"))

    assert home.status_code == 200
    assert set(Run.objects.values_list("state", flat=True)) == set(RunState.values)
    closed_too_soon = [
        filing.filed_on
        for filing in PlanFiling.objects.select_related("plan__case")
        if filing.plan.case.scheme not in {menu.scheme for menu in open_menus(filing.filed_on)}
    ]
    assert closed_too_soon == []
    schemes = set(GrantCase.objects.values_list("scheme", flat=True))
    always = {"hrd_support", "careerup"}
    assert schemes - always == ({"reskilling", "invest_in_people"} if is_open else schemes & {"invest_in_people"})
