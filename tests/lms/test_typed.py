"""What was typed before a login expired, or under a token that had, comes back to the page; nothing secret does."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from firms.models import Establishment
from tests.firms.test_middleware import sign_in, with_password

PLACE = {"name": "（架空）第二工場", "insurance_number": "1301-000099-1", "prefecture": "東京都"}
BACK = "入力した内容が残っています"


@pytest.fixture
def address():
    return reverse("firms:establishment_new")


def expired(member):
    """A browser whose session the server has forgotten, with its page still open."""
    client = member.client()
    client.session.flush()
    return client


def page(client, address):
    return client.get(address).content.decode()


def test_the_typed_form_waits_behind_the_login(manager, address):
    client = expired(manager)

    answer = client.post(address, {**PLACE, "acting_for": str(manager.membership.pk)})
    client.force_login(manager.person)
    shown = page(client, address)

    assert answer.url == f"{reverse('account_login')}?next={address}"
    assert BACK in shown
    assert '<li data-name="name">（架空）第二工場</li>' in shown
    assert Establishment.objects.filter(name=PLACE["name"]).count() == 0


def test_it_is_given_back_on_its_own_page_alone_and_forgotten_once_taken(manager, address):
    client = expired(manager)
    client.post(address, PLACE)
    client.force_login(manager.person)

    elsewhere = page(client, reverse("firms:people"))
    client.post(address, PLACE)

    assert BACK not in elsewhere
    assert BACK not in page(client, address)
    assert Establishment.objects.filter(name=PLACE["name"]).count() == 1


def test_another_person_at_the_same_browser_sees_nothing_of_it(manager, stranger, address):
    client = expired(manager)
    client.post(address, {**PLACE, "acting_for": str(manager.membership.pk)})
    client.force_login(stranger.person)

    assert BACK not in page(client, address)


@pytest.mark.parametrize(("minutes", "is_back"), [(59, True), (61, False)])
def test_it_waits_for_an_hour(minutes, is_back, manager, address):
    client = expired(manager)
    with time_machine.travel("2026-11-20 10:00:00+09:00", tick=False) as clock:
        client.post(address, PLACE)
        client.force_login(manager.person)
        clock.shift(minutes * 60)

        assert (BACK in page(client, address)) is is_back


@pytest.mark.parametrize("name", ["password", "password_again", "access_token", "picture", "csrfmiddlewaretoken"])
def test_nothing_secret_is_kept(name, manager, address):
    client = expired(manager)

    client.post(address, {**PLACE, name: "geheim"})

    assert name not in dict(client.session["typed"]["fields"])


def test_a_form_that_is_too_long_is_not_kept(manager, address):
    client = expired(manager)

    client.post(address, {**PLACE, "address": "あ" * 100_001})

    assert "typed" not in client.session


def test_a_form_under_an_expired_token_gets_a_way_back(manager, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager.person)

    answer = client.post(address, {**PLACE, "csrfmiddlewaretoken": "x" * 64})

    assert answer.status_code == 403
    assert f'href="{address}">入力した画面に戻る' in answer.content.decode()
    assert BACK in page(client, address)


def test_a_strangers_sending_without_a_session_keeps_nothing(db, address):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(address, PLACE)

    assert (answer.status_code, "sessionid" in answer.cookies) == (403, False)
    assert "入力した画面に戻る" not in answer.content.decode()


def test_each_form_says_for_whom_its_page_was_shown(manager, address):
    shown = page(manager.client(), address)

    told = set(re.findall(r'name="acting_for" value="(\d+)"', shown))

    assert told == {str(manager.membership.pk)}


def test_a_whole_sign_in_brings_it_back(manager, address):
    member = with_password(manager)
    client = expired(manager)
    client.post(address, PLACE)

    sign_in(member, client)

    assert BACK in page(client, address)
