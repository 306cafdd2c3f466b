"""The same page in either language: what is decided, found and shown follows from the facts and never from their words."""

import re
from collections import Counter
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from demo.load import load
from demo.logins import email_of
from firms.models import Person
from firms.queries import today
from tests.lms.test_gets import LINK, kind_of

pytestmark = pytest.mark.slow
EASY_ROLES = "employee trialist mentor".split()
ROLES = "manager employee advisor coordinator officer adviser trialist mentor".split()
OF_ONE_KIND = {
    "grants:case": 8,
    "grants:claim": 4,
    "grants:careerup_case": 4,
    "grants:subscription_case": 3,
    "trials:placement": 4,
}
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<footer.*?</footer>", re.S)
TAG = re.compile(r"<(/?[a-z][a-z0-9]*)((?:\s[^>]*)?)>")
LOOK = re.compile(r'class="([^"]*)"')
VALUE = re.compile(r' value="([^"]*)"')
EACH_TIME = re.compile(r'name="(?:csrfmiddlewaretoken|once|once_mark|typed_at|easy)"')
# How a word is read differs by language; a title is text.
OF_WORDS = {"ruby", "rt", "rp", "span"}


def bones(page):
    """Elements, their looks and what a form would send, in order, without what they say."""
    found = TAG.findall(UNSEEN.sub("", page))
    return [(name, LOOK.findall(rest), sent(rest)) for name, rest in found if name.strip("/") not in OF_WORDS]


def sent(attributes):
    """What differs each time apart."""
    return "" if EACH_TIME.search(attributes) else VALUE.findall(attributes)


def pages(client, switch):
    """Each page reached from home in both languages, a few of a kind; `switch` turns the other one on and off."""
    ahead, seen, kinds = [reverse("home"), reverse("courses:catalogue")], set(), Counter()
    while ahead:
        path = ahead.pop(0)
        kind = kind_of(path)
        if (
            path in seen
            or kind is None
            or kinds[kind] >= OF_ONE_KIND.get(kind, 1)
            or path.startswith(("/accounts", "/admin"))
        ):
            continue
        seen.add(path)
        kinds[kind] += 1
        japanese = client.get(path)
        if japanese.status_code == 200 and japanese.headers["Content-Type"].startswith("text/html"):
            text = japanese.content.decode()
            ahead += [unescape(found) for found in LINK.findall(text)]
            switch(True)
            yield path, text, client.get(path).content.decode()
            switch(False)


def differing(role, switch_of):
    client, person = Client(), Person.objects.get(email=email_of(role))
    client.force_login(person)
    found = list(pages(client, switch_of(client, person)))
    assert len(found) > 20
    return {(role, path) for path, japanese, other in found if bones(japanese) != bones(other)}


def english(client, person):
    def switch(is_on):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en" if is_on else "ja"

    return switch


def easy(client, person):
    return lambda is_on: Person.objects.filter(pk=person.pk).update(reads_easy=is_on)


def test_pages_of_the_demo_have_the_same_bones_in_english(db, letter_box):
    load(today())

    assert set().union(*(differing(role, english) for role in ROLES)) == set()


def test_pages_of_the_demo_have_the_same_bones_in_plain_japanese(db, letter_box):
    load(today())

    assert set().union(*(differing(role, easy) for role in EASY_ROLES)) == set()
