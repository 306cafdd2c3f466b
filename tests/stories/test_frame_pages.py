"""What stands round the work: search, roles, first steps, words, letters, plain Japanese; no barrier, nothing wider than the screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from firms.models import Person
from tests.conftest import TODAY
from tests.factories import MembershipFactory
from tests.firms.test_corporations import file_of, line, load
from tests.firms.test_newcomers import waiting
from tests.lms.rows import training
from tests.stories.desk import sit_down

KANA = re.compile(r"[ぁ-んァ-ヶ]")

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


def test_pages_in_english(browser, browser_context_args, live_server, trainee, college):
    training(college, starts_in=30)
    with sit_down(browser, browser_context_args, base=live_server.url, cast=trainee) as at:
        at.open("home")
        at.page.get_by_role("button", name="English").click()
        expect(at.page.locator("html")).to_have_attribute("lang", "en")

        at.open("firms:own_name")
        at.fill(family_kana="12345")
        at.press("Change")
        expect(at.page.get_by_role("heading", level=1)).to_have_text("Change of name")
        assert not KANA.search(at.page.locator("[data-error-summary]").inner_text())

        for name in ("home", "courses:my_enrolments", "courses:hours", "first_steps", "glossary", "firms:own_name"):
            without_barrier(at, name)
        at.page.get_by_role("button", name="日本語").click()
        expect(at.page.locator("html")).to_have_attribute("lang", "ja")
