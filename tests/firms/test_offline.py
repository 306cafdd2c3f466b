"""Forms that come late: done once, typed at one moment and arrived at another, and never over what nobody has seen."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import Arrival, Establishment, JournalEntry, Submission
from firms.offline.conflicts import Changed, in_words, mark_of_facts, refuse_changed
from firms.web.once import forget_old
from tests.conftest import MORNING
from tests.firms.offline_pages import PlaceForm, facts_of
from tests.firms.test_races import race

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.firms.offline_pages")]

HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')


@pytest.fixture
def address(establishment):
    return reverse("place", args=[establishment.pk])


@pytest.fixture
def client(manager):
    return manager.client()


def typed(establishment, name="（架空）新工場", **fields):
    seen = mark_of_facts(facts_of(establishment))
    return {"name": name, "phone": establishment.phone, "seen_facts": seen, "once_mark": str(uuid4())} | fields


def from_device(client, address, form, *, ago=0):
    return client.post(address, form, headers={"X-Kept-Form": "1", "X-Typed-Ago": str(ago)})


def moments():
    told = JournalEntry.objects.filter(verb="establishment.edit").latest("pk").details
    return [datetime.fromisoformat(told[name]) for name in ("typed_at", "arrived_at")]


# --- two moments ---


def test_a_plain_form_was_typed_when_it_arrived(client, address, establishment):
    answer = client.post(address, typed(establishment))

    typed_at, arrived_at = moments()
    assert (answer.status_code, typed_at) == (302, arrived_at)


def test_a_kept_form_was_typed_as_long_ago_as_the_device_says(client, address, establishment):
    from_device(client, address, typed(establishment), ago=5400)

    typed_at, arrived_at = moments()
    kept = Arrival.objects.get()
    assert arrived_at - typed_at == timedelta(minutes=90)
    assert (kept.typed_at, kept.arrived_at) == (typed_at, arrived_at)


@pytest.mark.parametrize("ago", ["-5", "1e3", "²", "x", "", "9" * 40, str(367 * 24 * 60 * 60)])
def test_a_device_that_says_nonsense_has_typed_when_it_arrived(ago, client, address, establishment):
    from_device(client, address, typed(establishment), ago=ago)

    typed_at, arrived_at = moments()
    assert typed_at == arrived_at


@pytest.mark.parametrize("said", ["2026-11-20T23:00:00+09:00", "2026-11-19T10:00:00", "2026-13-40T10:00:00+09:00", "x"])
def test_a_moment_that_is_none_or_still_to_come_is_the_moment_of_arrival(said, client, address, establishment):
    client.post(address, typed(establishment, typed_at=said))

    typed_at, arrived_at = moments()
    assert typed_at == arrived_at


# --- once ---


def test_a_form_sent_again_because_its_answer_was_lost_is_done_once(client, address, establishment):
    form = typed(establishment)

    answers = [from_device(client, address, form, ago=ago) for ago in (10, 70)]

    assert [one["X-Answer-Kind"] for one in answers] == ["taken", "taken"]
    assert JournalEntry.objects.filter(verb="establishment.edit").count() == 1


def test_it_is_done_once_even_when_the_answer_was_lost_weeks_ago(manager, address, establishment, clock):
    form = typed(establishment)
    from_device(manager.client(), address, form)
    clock.move_to(MORNING + timedelta(days=8))
    forget_old()
    forgotten = not Submission.objects.exists()

    answer = from_device(manager.client(), address, form, ago=8 * 24 * 3600)

    assert (forgotten, answer["X-Answer-Kind"]) == (True, "taken")
    assert JournalEntry.objects.filter(verb="establishment.edit").count() == 1


def test_other_facts_under_a_mark_of_weeks_ago_are_refused_and_stay_on_the_device(
    manager, address, establishment, clock
):
    form = typed(establishment)
    from_device(manager.client(), address, form)
    clock.move_to(MORNING + timedelta(days=8))
    forget_old()

    answer = from_device(manager.client(), address, form | {"name": "（架空）別工場"}, ago=60)

    assert (answer.status_code, answer["X-Answer-Kind"]) == (204, "refused")


def test_what_was_refused_can_be_sent_again_and_is_no_arrival(client, address, establishment):
    form = typed(establishment, name="断る")

    page = from_device(client, address, form)

    assert (page.status_code, "その名称は使えません" in page.content.decode()) == (200, True)
    assert not Arrival.objects.exists()
    assert from_device(client, address, form | {"name": "（架空）新工場"})["X-Answer-Kind"] == "taken"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_two_tabs_that_send_the_kept_form_at_once_are_one_arrival(manager, address, establishment):
    form, clients = typed(establishment), [manager.client() for _tab in range(3)]

    answers = race(*[lambda client=client: from_device(client, address, form)["X-Answer-Kind"] for client in clients])

    assert (answers, Arrival.objects.count()) == (["taken"] * 3, 1)
    assert JournalEntry.objects.filter(verb="establishment.edit").count() == 1


# --- what the device is told ---


def test_the_device_is_told_where_the_answer_stands_and_the_message_waits_for_it(client, address, establishment):
    answer = from_device(client, address, typed(establishment))

    assert (answer.status_code, answer["X-Answer"], "Location" in answer) == (204, address, False)
    assert "名称を保存しました" in client.get(address).content.decode()


def test_a_session_that_has_expired_is_told_and_nothing_is_kept_of_the_form_here(address, establishment):
    stranger = Client()

    answer = from_device(stranger, address, typed(establishment))

    assert (answer.status_code, answer["X-Answer-Kind"]) == (204, "login")
    assert "typed" not in stranger.session


def test_a_form_somebody_else_has_typed_waits_on_the_device_for_them(trainee, manager, address, establishment):
    headers = {"X-Kept-Form": "1", "X-Kept-For": str(manager.person.pk)}

    answers = [one.client().post(address, typed(establishment), headers=headers) for one in (trainee, manager)]

    assert [one["X-Answer-Kind"] for one in answers] == ["login", "taken"]
    assert JournalEntry.objects.get(verb="establishment.edit").person == manager.person


def test_a_form_of_another_organisation_stays_on_the_device(client, address, establishment):
    answer = from_device(client, address, typed(establishment, acting_for="0"))

    assert (answer.status_code, answer["X-Answer-Kind"]) == (204, "refused")
    assert not Arrival.objects.exists()


# --- conflicts ---


def meanwhile(establishment, name="（架空）第二工場"):
    Establishment.objects.filter(pk=establishment.pk).update(name=name)


def test_what_changed_meanwhile_is_shown_beside_what_was_typed_and_nothing_is_written(client, address, establishment):
    form = typed(establishment)
    meanwhile(establishment)

    page = from_device(client, address, form, ago=3600)

    establishment.refresh_from_db()
    assert (page.status_code, establishment.name) == (409, "（架空）第二工場")
    assert [(one.label, one.now, one.typed, one.is_different) for one in page.context["lines"]] == [
        ("名称", "（架空）第二工場", "（架空）新工場", True),
        ("電話番号", "03-0000-0001", "03-0000-0001", False),
        ("写真", "", "", False),
    ]
    assert "あなたが入力した2026年11月20日（金）09:00" in page.content.decode()
    assert not Arrival.objects.exists()


def test_who_chooses_their_own_writes_it_with_the_moment_it_was_typed_first(client, address, establishment):
    form = typed(establishment)
    meanwhile(establishment)
    page = from_device(client, address, form, ago=3600).content.decode()
    main = page[page.index("<main") :]

    answer = client.post(address, dict(HIDDEN.findall(main)))

    establishment.refresh_from_db()
    typed_at, arrived_at = moments()
    assert (answer.status_code, establishment.name) == (302, "（架空）新工場")
    assert timedelta(minutes=60) <= arrived_at - typed_at < timedelta(minutes=61)


def test_who_chooses_after_a_further_change_is_asked_again(client, address, establishment):
    form = typed(establishment)
    meanwhile(establishment)
    page = client.post(address, form).content.decode()
    meanwhile(establishment, "（架空）第三工場")

    assert client.post(address, dict(HIDDEN.findall(page[page.index("<main") :]))).status_code == 409


def test_the_same_typed_by_two_is_no_conflict(client, address, establishment):
    form = typed(establishment)
    meanwhile(establishment, "（架空）新工場")

    assert client.post(address, form).status_code == 302


@pytest.mark.parametrize(
    ("seen", "now", "typed_facts", "is_refused"),
    [
        (mark_of_facts({}), {}, {"name": "a"}, False),
        ("", {}, {"name": "a"}, False),
        (mark_of_facts({}), {"name": "b"}, {"name": "a"}, True),
        (mark_of_facts({}), {"name": "a"}, {"name": "a"}, False),
        ("", {"name": "b"}, {"name": "a"}, True),
        (mark_of_facts({"name": "b"}), {}, {"name": "a"}, True),
        (mark_of_facts({"name": "b"}), {"name": "b"}, {"name": "a"}, False),
    ],
    ids=["a new row", "nothing seen or there", "another came first", "twice the same", "unseen", "gone", "as seen"],
)
def test_refuse_changed(seen, now, typed_facts, is_refused):
    if not is_refused:
        refuse_changed(seen=seen, now=now, typed=typed_facts)
        return
    with pytest.raises(Changed) as changed:
        refuse_changed(seen=seen, now=now, typed=typed_facts)
    assert changed.value.now == now


def test_values_are_said_as_people_read_them():
    from django import forms

    kinds = forms.ChoiceField(choices=[("", "—"), ("群", [("a", "甲"), ("b", "乙")])])
    field = PlaceForm.base_fields["name"]
    said = [
        in_words(kinds, "b"),
        in_words(field, MORNING.date()),
        in_words(field, MORNING.time()),
        in_words(field, MORNING),
    ]

    assert said == ["乙", "2026年11月20日（金）", "10:00", "2026年11月20日（金）10:00"]
    assert [in_words(field, value) for value in (True, False, None, 0)] == ["はい", "いいえ", "", "0"]


# --- held by the database ---


def arrival(**fields):
    given = {"mark": uuid4(), "path": "/", "fingerprint": "0", "answer": "/"}
    return Arrival.objects.create(**{**given, "typed_at": timezone.now(), "arrived_at": timezone.now(), **fields})


def test_arrival_after_typing():
    with pytest.raises(IntegrityError, match="arrival_after_typing"), transaction.atomic():
        arrival(typed_at=timezone.now() + timedelta(seconds=5))


def test_arrivals_are_unique_by_their_mark_and_append_only():
    known = arrival()

    with pytest.raises(IntegrityError), transaction.atomic():
        arrival(mark=known.mark)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Arrival.objects.update(path="/x")
