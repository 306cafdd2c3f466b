"""What stands round the work: search, roles, first steps, words, letters, plain Japanese; no barrier, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from firms.models import Person
from tests.conftest import TODAY
from tests.factories import MembershipFactory
from tests.firms.test_corporations import file_of, line, load
from tests.firms.test_newcomers import waiting
from tests.lms.rows import training
from tests.stories.desk import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def without_barrier(at, name, query="", args=()):
    at.open(name, *args, query=query)
    for width in (1280, 390):
        at.page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(at.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], (name, width)
        assert at.page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


def test_pages_of_somebody_with_two_roles(browser, browser_context_args, live_server, manager, trainee, college, run):
    MembershipFactory(person=manager.person, organisation=college, role="coordinator", started_on=TODAY)
    training(college, starts_in=40, state="preparing")
    with sit_down(browser, browser_context_args, base=live_server.url, cast=manager) as at:
        without_barrier(at, "search", "?q=矢口")
        without_barrier(at, "search", "?q=存在しない")
        without_barrier(at, "roles")
        without_barrier(at, "first_steps")
        without_barrier(at, "glossary", "?q=計画")
        without_barrier(at, "firms:letter_wishes")
        without_barrier(at, "firms:employment", args=[trainee.person.employments.get().pk])


def test_pages_of_the_ward(browser, browser_context_args, live_server, officer):
    with sit_down(browser, browser_context_args, base=live_server.url, cast=officer) as at:
        without_barrier(at, "firms:letter_volumes")
        without_barrier(at, "firms:site_text_edit", args=["accessibility"])


def test_pages_of_a_firm_that_asks_to_take_part(browser, browser_context_args, live_server, officer):
    load(file_of(line()))
    newcomer = waiting(address="東京都大田区雪谷9-9-9")
    with sit_down(browser, browser_context_args, base=live_server.url, cast=officer) as at:
        without_barrier(at, "firms:newcomer_ask", f"?number={newcomer.corporate_number}")
        without_barrier(at, "firms:newcomer_asked")
        without_barrier(at, "firms:newcomers", "?all")
        without_barrier(at, "firms:newcomer", args=[newcomer.pk])


def test_pages_in_plain_japanese(browser, browser_context_args, live_server, trainee, college):
    training(college, starts_in=30)
    Person.objects.filter(pk=trainee.person.pk).update(reads_easy=True)
    with sit_down(browser, browser_context_args, base=live_server.url, cast=trainee) as at:
        for name in ("home", "courses:my_enrolments", "courses:hours", "courses:learn", "firms:notifications"):
            without_barrier(at, name)
