"""What machines ask: is the site well, its numbers, and who may read them."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from firms.models import Job, Notification
from firms.post.jobs import SWEPT, mark_swept
from lms.running import health
from tests.conftest import MORNING
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def still(clock):
    """Seconds are counted here, and a busy machine takes some."""
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def room(monkeypatch):
    """A disk of a hundred bytes with so many free."""

    def free(count):
        monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(total=100, free=count))

    free(50)
    mark_swept()
    return free


def waiting(kind="papers", **ago):
    return Job.objects.create(kind=kind, due_at=timezone.now() - timedelta(**ago))


def test_a_well_site_says_so_in_one_query(room, django_assert_num_queries):
    waiting(minutes=1)

    with django_assert_num_queries(1):
        answer = Client().get("/health/")

    assert answer.status_code == 200
    assert answer.json() == {
        "troubles": [],
        "database": "ok",
        "swept_seconds": 0,
        "queue_waiting": 1,
        "queue_oldest_seconds": 60,
        "quarantined": 0,
        "mail_waiting": 0,
        "mail_oldest_seconds": 0,
        "mail_last_seconds": None,
        "disk_free_bytes": 50,
        "disk_free_share": 0.5,
    }


@pytest.mark.parametrize(("seconds", "status"), [(300, 200), (301, 503)])
def test_a_queue_nobody_works_on_is_trouble(seconds, status, room):
    waiting(seconds=seconds)

    assert Client().get("/health/").status_code == status


@pytest.mark.parametrize(("minutes", "troubles"), [(30, ["queue"]), (31, ["queue", "mail"])])
def test_letters_that_do_not_leave_are_trouble(minutes, troubles, room):
    waiting("mail", minutes=minutes)

    assert Client().get("/health/").json()["troubles"] == troubles


@pytest.mark.parametrize(("free", "troubles"), [(5, []), (4, ["disk"])])
def test_a_disk_that_fills_is_trouble(free, troubles, room):
    room(free)

    assert Client().get("/health/").json()["troubles"] == troubles


@pytest.mark.parametrize(("seconds", "troubles"), [(120, []), (121, ["worker"])])
def test_a_clock_that_stands_still_is_trouble(seconds, troubles, room):
    cache.set(SWEPT, timezone.now() - timedelta(seconds=seconds), timeout=None)

    assert Client().get("/health/").json()["troubles"] == troubles


def test_a_worker_nobody_has_heard_of_is_trouble(room):
    cache.delete(SWEPT)

    assert Client().get("/health/").json()["troubles"] == ["worker"]


def test_what_is_not_due_does_not_wait(room):
    waiting(minutes=-10)

    assert Client().get("/health/").json()["queue_waiting"] == 0


def test_the_last_letter_is_told(room):
    ended = timezone.now() - timedelta(minutes=3)
    Job.objects.create(kind="mail", state="done", finished_at=ended)

    assert Client().get("/health/").json()["mail_last_seconds"] == 180


def test_numbers_are_for_whoever_carries_the_token(settings, room, django_assert_num_queries):
    settings.METRICS_TOKEN = "long and secret"
    Job.objects.create(kind="mail", state="done", finished_at=timezone.now())
    waiting("papers", minutes=2)
    Notification.objects.create(person=PersonFactory(), subject="a", body="b", kind="deadline")

    with django_assert_num_queries(3):
        answer = Client().get("/metrics", headers={"Authorization": "Bearer long and secret"})

    told = answer.content.decode().splitlines()
    assert 'takumi_jobs{kind="mail",state="done"} 1' in told
    assert 'takumi_jobs{kind="papers",state="waiting"} 1' in told
    assert "takumi_queue_oldest_seconds 120" in told
    assert 'takumi_notices_of_a_day{kind="deadline"} 1' in told
    assert all(line.startswith("#") or len(line.split(" ")) == 2 for line in told)


@pytest.mark.parametrize(("token", "said"), [("", ""), ("", "Bearer "), ("long", "Bearer short"), ("long", "")])
def test_without_the_token_there_is_no_such_page(token, said, settings):
    settings.METRICS_TOKEN = token

    assert Client().get("/metrics", headers={"Authorization": said}).status_code == 404


def test_neither_page_names_anybody(room, manager, settings):
    settings.METRICS_TOKEN = "long"
    Job.objects.create(kind="mail", payload={"notification": 1}, last_error=f"to {manager.person.email}")

    pages = [Client().get(path, headers={"Authorization": "Bearer long"}) for path in ("/health/", "/metrics")]

    assert all(page.status_code in {200, 503} for page in pages)
    assert not [page for page in pages if manager.person.email in page.content.decode()]
    assert json.loads(pages[0].content)["queue_waiting"] == 1
