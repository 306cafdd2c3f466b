"""Where the database or the disk is away, a plain page says so, nothing is half written, and rests are swept."""

import errno
import os
import time

import pytest
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from firms.actions.evidence import hand_in
from firms.files import store as files
from firms.models import Evidence, StoredFile
from lms.environment import shared_cache
from tests.firms.makers import PDF, upload


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


def away(raised):
    def refuse(execute, sql, params, many, context):
        raise raised

    return connection.execute_wrapper(refuse)


@pytest.mark.parametrize("raised", [OperationalError("database or disk is full"), InterfaceError("closed")])
def test_a_database_that_is_away_is_a_plain_page(raised, db, browser):
    with away(raised):
        answer = browser.get(reverse("courses:catalogue"))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "ただいま一時的に利用できません" in answer.content.decode()


def test_a_session_that_cannot_be_read_is_the_same_page(manager):
    browser = manager.client()
    browser.raise_request_exception = False

    with away(OperationalError("server closed the connection unexpectedly")):
        answer = browser.get(reverse("home"))

    assert answer.status_code == 503


def test_a_fault_of_ours_stays_a_500(db, browser):
    with away(RuntimeError("a fault")):
        answer = browser.get(reverse("courses:catalogue"))

    assert answer.status_code == 500
    assert "システムに不具合が起きました" in answer.content.decode()


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 503), (errno.EROFS, 503), (errno.EPIPE, 500)])
def test_a_full_disk_is_the_same_page(number, status, db, browser, monkeypatch):
    def full(*args, **options):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("courses.views.catalogue.catalogue.render", full)

    assert browser.get(reverse("courses:catalogue")).status_code == status


def test_a_file_that_found_no_room_leaves_no_row_and_is_swept(manager, firm, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    save = default_storage.save

    def half(name, content):
        save(name, type(content)(content.read()[:10]))
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(default_storage, "save", half)
    with pytest.raises(OSError, match="no room"):
        hand_in(upload(content=PDF), owner=firm, kind="receipt", by=manager.acting())

    assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert len(list(files.stored_paths())) == 1


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_a_rest_is_swept_after_a_day(hours, left, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kept = files.store(PDF, media_type="application/pdf")
    rest = files.write(PDF + b"\n", "ab" + "0" * 62)
    for path in (kept.path, rest):
        at = time.time() - hours * 3600
        os.utime(tmp_path / path, (at, at))

    files.sweep()

    assert sorted(files.stored_paths()) == sorted([kept.path, *[rest] * left])


def test_the_cache_is_one_for_all_workers(tmp_path):
    assert shared_cache("", var=tmp_path)["LOCATION"] == tmp_path / "cache"
    assert shared_cache("redis://cache", var=tmp_path)["LOCATION"] == "redis://cache"
