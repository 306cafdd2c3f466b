"""With the keyboard alone: sign-in, the search box, an explained word, an application sent and taken back; focus in reading order."""

from itertools import pairwise

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.models import Enrolment
from tests.lms.rows import training
from tests.stories.desk import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TABS = 80
# Where the focus stands now, as somebody who looks at the page would find it.
PLACE = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return [Math.round(box.top + window.scrollY), Math.round(box.left), document.activeElement.closest('main') !== null];
}"""


def tab_to(page, locator):
    """Tab until it has the focus; more presses than that nobody makes."""
    for _press in range(MOST_TABS):
        if locator.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} is not reached by {MOST_TABS} tabs")


@pytest.fixture
def desk(browser, browser_context_args, live_server, trainee):
    with sit_down(browser, browser_context_args, base=live_server.url, cast=trainee) as at:
        yield at


def test_a_trainee_applies_and_takes_it_back_with_the_keyboard_alone(desk, trainee, college):
    run = training(college, starts_in=30)
    page = desk.page
    desk.open("courses:run", run.pk)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, page.locator(f"a[href='{reverse('courses:apply', args=[run.pk])}']").first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('courses:apply', args=[run.pk])}")
    tab_to(page, page.locator("main form button:not([type=button])").last)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Enrolment.objects.get(person=trainee.person).state == "requested"
    desk.open("courses:my_enrolments")
    tab_to(page, page.get_by_role("button", name="申込みを取り消す").first)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    tab_to(page, dialog.locator("button[value='go']"))
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Enrolment.objects.get(person=trainee.person).state == "cancelled"


def test_the_search_box_is_reached_from_the_head_and_answers_enter(desk, run):
    page = desk.page
    desk.open("home")
    tab_to(page, page.locator(".search-box input"))

    page.keyboard.type("IoT")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/search/?q=IoT")


def test_the_menu_of_a_person_opens_and_the_switch_to_plain_japanese_is_reached(desk, trainee):
    page = desk.page
    desk.open("home")
    tab_to(page, page.locator("details.menu-user > summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("details.menu-user button", has_text="やさしい日本語"))
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator("html")).to_have_attribute("lang", "ja-x-easy")
    expect(page.locator("ruby").first).to_be_visible()


def test_a_word_is_explained_on_enter_and_closed_by_escape(
    browser, browser_context_args, live_server, manager, trainee
):
    employment = trainee.person.employments.get()
    with sit_down(browser, browser_context_args, base=live_server.url, cast=manager) as at:
        page = at.page
        at.open("firms:employment", employment.pk)
        word = page.locator(".term > button").first
        note = page.locator(".term-note").first
        expect(note).not_to_be_visible()
        word.hover()
        expect(note).to_be_visible()
        page.mouse.move(0, 0)
        expect(note).not_to_be_visible()

        tab_to(page, word)
        page.keyboard.press("Enter")
        expect(note).to_be_visible()
        page.keyboard.press("Escape")
        expect(note).not_to_be_visible()
        expect(word).to_be_focused()


@pytest.mark.parametrize("name", ["home", "courses:catalogue", "firms:letter_wishes", "search"])
def test_focus_goes_down_the_text_as_it_is_read(name, desk, run):
    """Inside the text no stop lies far above the one before it, and none is lost on the way."""
    page = desk.page
    desk.open(name)
    page.locator("main").focus()
    stops = []
    for _press in range(25):
        page.keyboard.press("Tab")
        top, left, is_inside = page.evaluate(PLACE)
        if not is_inside:
            break
        stops.append((top, left))

    jumps = [(before, after) for before, after in pairwise(stops) if after[0] < before[0] - 200]
    assert stops
    assert [jump for jump in jumps if jump[1][1] <= jump[0][1]] == []
