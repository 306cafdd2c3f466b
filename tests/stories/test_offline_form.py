"""A form without a network: kept on the device, sent once, a conflict settled by a person, nothing lost meanwhile."""

from datetime import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from firms.models import Arrival, Establishment, JournalEntry
from tests.stories.desk import sit_down

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.firms.offline_pages"),
]

KEPT = "電波がないため、この端末に保存しました"
# What the browser itself says of a network that is away, and of an answer that asks a person to choose.
MEANT = ("ERR_INTERNET_DISCONNECTED", "409 (Conflict)")
PHOTO = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + b"0" * 2000}


@pytest.fixture
def desk(browser, browser_context_args, live_server):
    return lambda cast, **options: sit_down(browser, browser_context_args | options, base=live_server.url, cast=cast)


def forgive(at):
    at.troubles[:] = [said for said in at.troubles if not any(meant in said for meant in MEANT)]


def written():
    return JournalEntry.objects.filter(verb="establishment.edit")


def type_and_save(at, name):
    at.fill(name=name)
    at.page.get_by_role("button", name="保存する").click()


def test_what_is_typed_without_a_network_is_sent_once_when_it_is_back(desk, manager, establishment):
    with desk(manager, viewport={"width": 390, "height": 844}) as at:
        at.open("place", establishment.pk)
        at.context.set_offline(True)
        at.page.locator("[name=photo]").set_input_files(PHOTO)
        type_and_save(at, "（架空）新工場")
        at.sees(KEPT)
        at.picture("offline-kept")
        assert not written().exists()

        at.context.set_offline(False)
        at.page.evaluate("dispatchEvent(new Event('online'))")
        at.sees("名称を保存しました")
        expect(at.page.locator("[name=name]")).to_have_value("（架空）新工場")
        at.page.reload()
        expect(at.page.locator("[data-offline-box]")).to_be_hidden()
        forgive(at)

    told = written().get().details
    typed_at, arrived_at = (datetime.fromisoformat(told[name]) for name in ("typed_at", "arrived_at"))
    assert (told["photo"], Arrival.objects.count()) == (2003, 1)
    assert typed_at <= arrived_at


def test_what_is_typed_with_a_network_goes_through_at_once(desk, manager, establishment):
    with desk(manager) as at:
        at.open("place", establishment.pk)
        type_and_save(at, "断る")
        at.sees("その名称は使えません")
        type_and_save(at, "（架空）新工場")
        at.sees("名称を保存しました")

    assert written().count() == 1


def test_nothing_is_lost_when_the_session_has_expired(desk, manager, establishment):
    with desk(manager) as at:
        at.open("place", establishment.pk)
        session = at.context.cookies()
        at.context.clear_cookies(name="sessionid")
        type_and_save(at, "（架空）新工場")
        at.sees("ログインの有効期限が切れています")
        address = reverse("place", args=[establishment.pk])
        assert f"next={address.replace('/', '%2F')}" in at.page.locator("[data-go]").get_attribute("href")

        at.context.add_cookies([one for one in session if one["name"] == "sessionid"])
        at.open("place", establishment.pk)
        at.sees("名称を保存しました")

    assert written().count() == 1


def test_a_conflict_is_shown_side_by_side_and_a_person_chooses(desk, manager, establishment):
    with desk(manager) as at:
        at.open("place", establishment.pk)
        at.context.set_offline(True)
        type_and_save(at, "（架空）新工場")
        at.sees(KEPT)
        Establishment.objects.filter(pk=establishment.pk).update(name="（架空）第二工場")

        at.context.set_offline(False)
        at.page.evaluate("dispatchEvent(new Event('online'))")
        at.sees("確かめていただくことがあります")
        at.page.locator("[data-send]").click()
        at.sees("どちらを残すか選んでください", "（架空）第二工場", "（架空）新工場")
        expect(at.page.locator("[data-offline-box]")).to_be_hidden()
        at.picture("offline-conflict")
        assert not written().exists()
        at.page.get_by_role("button", name="あなたの入力で記録する").click()
        at.sees("名称を保存しました")
        forgive(at)

    establishment.refresh_from_db()
    assert (establishment.name, written().count()) == ("（架空）新工場", 1)


def test_who_keeps_what_stands_clears_the_device(desk, manager, establishment):
    with desk(manager) as at:
        at.open("place", establishment.pk)
        Establishment.objects.filter(pk=establishment.pk).update(name="（架空）第二工場")
        type_and_save(at, "（架空）新工場")
        at.sees("どちらを残すか選んでください")
        at.page.get_by_role("link", name="いまの記録を残す").click()
        expect(at.page.locator("[name=name]")).to_have_value("（架空）第二工場")
        expect(at.page.locator("[data-offline-box]")).to_be_hidden()
        forgive(at)

    assert not written().exists()


def test_what_somebody_else_has_typed_on_the_device_waits_for_them(desk, manager, trainee, establishment, live_server):
    with desk(manager) as at:
        at.open("place", establishment.pk)
        at.context.set_offline(True)
        type_and_save(at, "（架空）新工場")
        at.sees(KEPT)
        session = trainee.client().cookies["sessionid"].value
        at.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        at.context.set_offline(False)
        at.open("place", establishment.pk)
        at.sees("別の利用者の未送信の入力があります")
        forgive(at)

    assert not written().exists()


def test_without_script_it_is_a_plain_form(desk, manager, establishment):
    with desk(manager, java_script_enabled=False) as at:
        at.open("place", establishment.pk)
        type_and_save(at, "（架空）新工場")
        at.sees("名称を保存しました")

    assert written().count() == 1
