"""Pages of the demo as each role sees them, opened in a browser without a server: it is given what the client got."""

from collections import Counter
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from demo.logins import email_of
from firms.models import Person
from tests.lms.test_gets import kind_of

SITE = "http://takumi.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def signed_in(login):
    client = Keeping()
    client.force_login(Person.objects.get(email=email_of(login)))
    return client


class Keeping(Client):
    """Keeps the pages it is given, a few of each kind."""

    of_one_kind = 2

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.pages, self.kinds = {}, Counter()

    def get(self, path, *args, **options):
        answer = super().get(path, *args, **options)
        is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not answer.streaming and self.kinds[kind_of(path)] < self.of_one_kind:
            self.kinds[kind_of(path)] += 1
            self.pages[path] = answer.content
        return answer


def static(path):
    place = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    return Path(place).read_bytes() if place else None


def showing(page):
    """A function that opens a kept page; what the page asks for comes from the static files, and nothing from elsewhere."""
    kept = {}

    def answer(route):
        address = route.request.url.removeprefix(SITE)
        if address in kept:
            route.fulfill(body=kept[address], content_type="text/html; charset=utf-8")
        elif content := static(address.split("?")[0]):
            route.fulfill(body=content, content_type=TYPES.get(Path(address).suffix, "application/octet-stream"))
        else:
            route.fulfill(status=404, body=b"")

    page.route("**/*", answer)

    def show(address, content):
        kept.clear()
        kept[address] = content
        page.goto(f"{SITE}{address}")
        return page

    return show
