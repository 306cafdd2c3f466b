"""The page of all components in a browser: no barrier, nothing refused by the policy, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def style_page(page, live_server):
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(live_server.url + reverse("style"))
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_style_page_has_no_barrier_at(style_page, width):
    style_page.set_viewport_size({"width": width, "height": 900})

    violations = Axe().run(style_page).response["violations"]

    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []
    assert style_page.evaluate("document.documentElement.scrollWidth") == width
    assert style_page.said == []


def test_first_tab_offers_to_skip_to_the_text(page, live_server):
    """On a page without mistakes: where there are some, their summary holds the focus from the start."""
    page.goto(live_server.url + reverse("account_reset_password"))

    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()


def test_summary_of_mistakes_holds_the_focus_from_the_start(style_page):
    expect(style_page.locator("[data-error-summary]").first).to_be_focused()


def test_roster_moves_with_the_arrow_keys(style_page):
    cells = style_page.locator("[data-roster] input[type=number]")
    cells.first.focus()

    style_page.keyboard.press("ArrowDown")
    expect(cells.nth(1)).to_be_focused()
    style_page.keyboard.press("Enter")
    expect(cells.nth(2)).to_be_focused()
    style_page.keyboard.press("ArrowUp")

    expect(cells.nth(1)).to_be_focused()
    expect(cells.nth(1)).to_have_value("360")


def test_what_cannot_be_undone_is_asked_first(style_page):
    here = style_page.url
    ask = style_page.get_by_role("button", name="委任を解除する")
    dialog = style_page.get_by_role("dialog")

    ask.click()
    expect(dialog).to_contain_text("よろしいですか。")
    dialog.get_by_role("button", name="キャンセル").click()
    expect(dialog).to_have_count(0)
    assert style_page.url == here

    ask.click()
    dialog.get_by_role("button", name="委任を解除する").click()
    style_page.wait_for_url(here + "?")
