"""Static files: under plain names until they are collected, then packed and kept by browsers for good."""

import re

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from lms.collected import StaticFiles

OTHERS = ["admin/*", "django_htmx/*", "account/*", "mfa/*"]


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "lms.collected.StaticFiles"}}
    settings.WHITENOISE_KEEP_ONLY_HASHED_FILES = True
    settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=OTHERS)
    return tmp_path


def test_static_files_have_plain_names_until_they_are_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path

    assert StaticFiles().url("lms/app.css") == "/static/lms/app.css"


def test_static_files_that_are_collected_carry_their_hash(collected):
    url = StaticFiles().url("lms/app.css")
    css = (collected / url.removeprefix("/static/")).read_text()

    assert re.fullmatch(r"/static/lms/app\.[0-9a-f]{12}\.css", url)
    assert re.search(r'url\("select\.[0-9a-f]{12}\.svg"\)', css)


@pytest.mark.parametrize(("accepted", "packed"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_static_files_are_sent_as_they_were_packed_and_kept_for_good(db, collected, accepted, packed):
    url = StaticFiles().url("lms/app.css")
    serve = WhiteNoiseMiddleware(lambda request: None)

    answer = serve(RequestFactory(headers={"accept-encoding": accepted}).get(url))

    answer.close()
    assert (answer.status_code, answer.get("Content-Encoding")) == (200, packed)
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
