"""The bell, and the demo's letter box."""

import pytest
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.test import Client
from django.urls import reverse

from firms.models import Notification, Person
from firms.post.notify import notify
from tests.factories import OrganisationFactory
from tests.firms.makers import make_notification

ADDRESS = "/organisations/outbox/"


def test_opening_one_marks_it_read_and_leads_to_its_page(manager):
    note = make_notification(manager.person, path="/organisations/mandates/")
    client = manager.client()

    first = client.post(reverse("firms:notification_read", args=[note.pk]))
    read_at = Notification.objects.get().read_at
    client.post(reverse("firms:notification_read", args=[note.pk]))

    assert first.headers["Location"] == "/organisations/mandates/"
    assert read_at
    assert Notification.objects.get().read_at == read_at


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_path_that_leads_elsewhere_is_not_followed(path, manager):
    note = make_notification(manager.person, path=path)

    answer = manager.client().post(reverse("firms:notification_read", args=[note.pk]))

    assert answer.headers["Location"] == reverse("firms:notifications")


def test_all_are_marked_read_at_once_and_only_ones_own(manager, stranger):
    for person in (manager.person, manager.person, stranger.person):
        make_notification(person)

    manager.client().post(reverse("firms:notifications"))

    assert [n.person for n in Notification.objects.filter(read_at=None)] == [stranger.person]


def test_a_get_marks_nothing(manager):
    make_notification(manager.person)

    page = manager.client().get(reverse("firms:notifications"))

    assert "委任の申し出" in page.content.decode()
    assert Notification.objects.get().read_at is None


@pytest.fixture
def letter_box(settings, tmp_path):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": tmp_path / "mail"},
        }
    }


def test_the_demo_shows_its_letters_with_their_links(letter_box, db):
    EmailMessage(
        "「大森」への招待", "次のリンク\n\nhttp://127.0.0.1:8000/organisations/join/abc/", to=["a@example.jp"]
    ).send()

    page = Client().get(ADDRESS).content.decode()

    assert "「大森」への招待" in page
    assert "a@example.jp" in page
    assert 'href="http://127.0.0.1:8000/organisations/join/abc/"' in page


def test_a_letter_cannot_bring_a_script_into_the_page(letter_box, db):
    EmailMessage("<script>x</script>", "<script>alert(1)</script>", to=["a@example.jp"]).send()

    assert "<script>alert" not in Client().get(ADDRESS).content.decode()


def test_an_empty_letter_box_opens(letter_box, db):
    assert "まだメールはありません" in Client().get(ADDRESS).content.decode()


def test_outside_the_demo_there_is_no_letter_box(letter_box, settings, db):
    settings.DEMO = False

    assert Client().get(ADDRESS).status_code == 404


def test_with_a_real_organisation_there_is_no_letter_box(letter_box, manager):
    OrganisationFactory(is_fictional=False)

    assert Client().get(ADDRESS).status_code == 404
    assert manager.client().get(ADDRESS).status_code == 404


def test_letters_to_those_who_run_the_site_are_not_shown(letter_box, db):
    Person.objects.create_superuser("root@example.jp", family_name="運用")
    EmailMessage("パスワードの再設定", "リンク", to=["Root@example.jp"]).send()

    assert "パスワードの再設定" not in Client().get(ADDRESS).content.decode()


def test_a_site_that_really_sends_has_no_letter_box(db):
    assert mailers["default"]
    assert Client().get(ADDRESS).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_whoever_is_concerned_in_two_roles_gets_one_letter_and_the_next_time_another(manager, firm):
    for _time in range(2):
        with transaction.atomic():
            for _role in range(2):
                notify(manager.person, subject="日程の変更", body="第2回", path="/", organisation=firm)
            notify(manager.person, subject="日程の変更", body="第3回", path="/", organisation=firm)

    assert list(Notification.objects.order_by("pk").values_list("body", flat=True)) == ["第2回", "第3回"] * 2
