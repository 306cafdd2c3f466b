"""The settings as different machines read them."""

import os
import runpy
import stat
import subprocess
import sys
from pathlib import Path
from secrets import token_urlsafe

import pytest

import lms.settings

PLACE = Path(lms.settings.__file__)


@pytest.fixture
def read(monkeypatch, tmp_path):
    """The settings of a machine with this environment."""

    def settings(**environment):
        monkeypatch.setenv("TAKUMI_VAR", str(tmp_path))
        for name in ("SECRET_KEY", "SITE_URL", "BEHIND_PROXY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(PLACE))

    return settings


def test_a_site_behind_a_proxy_keeps_to_https_and_to_the_visitors_own_address(read):
    found = read(SITE_URL="https://takumi.example", BEHIND_PROXY="1")

    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_one_machine_without_https_is_not_sent_there(read):
    found = read()

    assert found["SECURE_SSL_REDIRECT"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


def test_a_session_lasts_no_longer_than_a_working_day(read):
    assert read()["SESSION_COOKIE_AGE"] <= 12 * 60 * 60


def test_the_key_is_made_once_and_read_by_its_owner_alone(read, tmp_path):
    first, second = read()["SECRET_KEY"], read()["SECRET_KEY"]

    assert first == second
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_key_another_process_has_just_made_is_taken(read, tmp_path):
    (tmp_path / "secret-key").write_text("theirs")

    assert read()["SECRET_KEY"] == "theirs"


def test_site_set_up_as_the_readme_says_has_nothing_to_be_warned_of(tmp_path):
    """`manage.py check --deploy`, in a process of its own: settings are read once."""
    environment = {
        "PATH": os.environ["PATH"],
        "TAKUMI_VAR": str(tmp_path),
        "TAKUMI_DEMO": "0",
        "SECRET_KEY": token_urlsafe(60),
        "SITE_URL": "https://takumi.example",
        "ALLOWED_HOSTS": "takumi.example",
        "BEHIND_PROXY": "1",
        "SMTP_URL": "smtp://user:password@mail.example:587",
        "DEFAULT_FROM_EMAIL": "takumi@takumi.example",
    }
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PLACE.parent.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, "no issues" in checked.stdout) == (0, True), checked.stderr
