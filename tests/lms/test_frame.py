"""The frame around every page is drawn once for all to whom it looks alike: nobody's name or secret stays in it."""

import re

import pytest
from django.test import Client

from firms.models import Notification
from lms.templatetags import frame
from tests.conftest import cast
from tests.factories import OrganisationFactory

PEOPLE = "/organisations/people/"
ODD = "<script>&\"'{unread_count}"


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch):
    monkeypatch.setattr(frame, "drawn", {})


def header_of(client, path="/"):
    return re.search(r'<header class="site-header">.*?</header>', client.get(path).content.decode(), re.S)[0]


def test_frame_is_drawn_once_for_two_people_of_one_role(manager):
    other_manager = cast("manager", OrganisationFactory(), "蒲田")
    first, second = header_of(manager.client()), header_of(other_manager.client())

    assert len(frame.drawn) == 1
    assert manager.person.email in first
    assert manager.person.email not in second
    assert other_manager.person.email in second
    assert other_manager.organisation.name in second


def test_frame_escapes_what_it_fills_in(manager):
    manager.person.family_name = manager.organisation.name = ODD
    manager.person.save()
    manager.organisation.save()

    header = header_of(manager.client())

    assert "<script>" not in header
    assert header.count("&lt;script&gt;&amp;&quot;&#x27;{unread_count}") == 5


def test_frame_counts_what_is_unread_each_time(manager):
    client = manager.client()
    counts = []
    for _n in range(3):
        counts.append(re.findall(r'class="count">(\d+)<', header_of(client)))
        Notification.objects.create(person=manager.person, subject="x", body="x")

    assert counts == [[], ["1"], ["2"]]


def test_frame_gives_each_answer_a_token_of_its_own(manager):
    client = manager.client()

    tokens = [re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', header_of(client)) for _n in range(2)]

    assert [len(one) for one in tokens] == [2, 2]
    assert tokens[0] != tokens[1]


def test_frame_marks_the_page_one_is_on(manager):
    client = manager.client()

    marked = [re.findall(r'href="([^"]+)" aria-current', header_of(client, path)) for path in ("/", PEOPLE, "/")]

    assert [set(one) for one in marked] == [{"/"}, {PEOPLE}, {"/"}]


def test_frame_of_a_visitor_leads_back_to_the_page(db):
    header = header_of(Client(), "/courses/?q=%22%3E%3Cb%3E")

    assert 'href="/accounts/login/?next=%2Fcourses%2F%3Fq%3D%2522%253E%253Cb%253E"' in header
    assert "csrfmiddlewaretoken" not in header
