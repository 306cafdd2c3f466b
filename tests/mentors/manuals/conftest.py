"""A firm whose manager keeps manuals, and where films go in a test."""

import pytest

from tests.mentors.manuals.makers import member


@pytest.fixture(autouse=True)
def films_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def worker(firm):
    """An employee of the firm who films."""
    return member(firm, "旋")
