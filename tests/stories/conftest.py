"""A real browser for the stories: Debian's Chromium, driven by Playwright, in Tokyo and in Japanese."""

import os
import shutil

import pytest
from django.core.cache import cache

from tests.conftest import TODAY, cast
from tests.factories import OrganisationFactory, PersonFactory
from tests.stories.desk import sit_down
from tests.trials.factories import LicenceFactory, PostingFactory, RoundFactory
from tests.trials.playing import Trial, joined

# Playwright's synchronous API keeps an event loop in the test's thread, where Django would refuse the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("Chromium がありません。script/setup --browser を実行してください。")
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def sit(browser, browser_context_args, live_server):
    cache.clear()
    return lambda cast, **more: sit_down(browser, browser_context_args | more, base=live_server.url, cast=cast)


@pytest.fixture
def trial(ward, officer, manager, establishment) -> Trial:
    """A trialist of an agency with both licences, in the ward's own scheme; registered, played on by its events from here."""
    agency = OrganisationFactory(kind="agency", name="（架空）城南スタッフィング")
    for kind in ("dispatch", "placement"):
        LicenceFactory(agency=agency, kind=kind)
    adviser = cast("coordinator", agency, "相談")
    person = PersonFactory(family_name="志望", given_name="歩", email="trialist@example.jp")
    placement = joined(RoundFactory(ward=ward, opened_by=officer.person), adviser, person, on=TODAY)
    return Trial(placement, adviser, manager, PostingFactory(establishment=establishment))
