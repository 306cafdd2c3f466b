"""A desk in the story: one person's browser, signed in, at one moment, with a camera."""

import os
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

PICTURES = Path(os.environ["TAKUMI_PICTURES"]) if os.environ.get("TAKUMI_PICTURES") else None


def sit_down(browser: Browser, options: dict, *, base: str, cast) -> "Desk":
    """A fresh browser with the person's session, as after signing in."""
    context = browser.new_context(**options, base_url=base)
    session = cast.client().cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    return Desk(context)


class Desk:
    """Fails on any error in the console and on any answer of 500 and above."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        self.page.on("console", lambda said: said.type == "error" and self.troubles.append(said.text))
        self.page.on("response", lambda r: r.status >= 500 and self.troubles.append(f"{r.status} {r.url}"))

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, kind, *rest) -> None:
        self.context.close()
        if kind is None:
            assert self.troubles == [], self.troubles

    def open(self, name: str, *args: object, query: str = "") -> None:
        self.page.goto(reverse(name, args=args) + query)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            elif field.get_attribute("type") == "radio":
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            else:
                field.fill(value)

    def press(self, label: str) -> None:
        """The button or link of that label; a confirmation that opens is answered with yes."""
        what = self.page.locator("main").locator("button, a").filter(has_text=label).locator("visible=true").first
        asks = what.evaluate("e => Boolean(e.dataset.confirm || (e.form && e.form.dataset.confirm))")
        with self.page.expect_navigation():
            what.click()
            if asks:
                self.page.locator("dialog[open] button[value='go']").click()

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def picture(self, name: str) -> None:
        """Kept for the README where TAKUMI_PICTURES names a folder."""
        if PICTURES is None:
            return
        for width, height, longest in ((1280, 900, 1700), (390, 844, 2000)):
            self.page.set_viewport_size({"width": width, "height": height})
            whole = min(longest, self.page.evaluate("document.documentElement.scrollHeight"))
            clip = {"x": 0, "y": 0, "width": width, "height": whole}
            self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True, clip=clip)
        self.page.set_viewport_size({"width": 1280, "height": 900})
