"""Every page of the demo in every role, as axe sees it: no violation of WCAG A or AA, which JIS X 8341-3:2016 asks for."""

import os
from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client

from demo.load import load
from demo.logins import email_of
from firms.models import Person
from firms.queries import today
from tests.lms.test_gets import ROLES, kind_of, walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SITE = "http://takumi.test"
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# As many pages of one kind and role as look different: the walk has opened more, for other reasons.
OF_ONE_KIND = 2


class Keeping(Client):
    """Keeps the pages it is given, a few of each kind."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.pages, self.kinds = {}, Counter()

    def get(self, path, *args, **options):
        answer = super().get(path, *args, **options)
        is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not answer.streaming and self.kinds[kind_of(path)] < OF_ONE_KIND:
            self.kinds[kind_of(path)] += 1
            self.pages[path] = answer.content
        return answer


def visits():
    """What each role may see, and a visitor."""
    found = {}
    for name in [*ROLES, "visitor"]:
        client = Keeping()
        if name != "visitor":
            client.force_login(Person.objects.get(email=email_of(name)))
        walk(client)
        found[name] = client.pages
    return found


def static(path):
    place = finders.find(path.removeprefix("/static/"))
    return Path(place).read_bytes() if place else None


@pytest.fixture
def shown(page):
    """Opens kept pages in the browser: what they ask for comes from the static files, and nothing from anywhere else."""
    kept = {}

    def answer(route):
        address = route.request.url.removeprefix(SITE)
        if address in kept:
            route.fulfill(body=kept[address], content_type="text/html; charset=utf-8")
        elif content := static(address.split("?")[0]):
            route.fulfill(body=content, content_type=KINDS.get(Path(address).suffix, "application/octet-stream"))
        else:
            route.fulfill(status=404, body=b"")

    page.route("**/*", answer)

    def show(address, content):
        kept[address] = content
        page.goto(f"{SITE}{address}")
        return page

    return show


KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def test_no_page_in_any_role_has_a_violation(db, letter_box, shown):
    load(today())
    bad, count = {}, 0
    for role, pages in visits().items():
        for address, content in pages.items():
            count += 1
            if found := violations(shown(address, content)):
                bad[f"{role} {address}"] = found

    if os.environ.get("TAKUMI_AXE_LOG"):
        Path(os.environ["TAKUMI_AXE_LOG"]).write_text(
            f"{count} pages\n" + "\n".join(f"{k}\n  {v}" for k, v in bad.items())
        )
    assert count > 200
    assert bad == {}
