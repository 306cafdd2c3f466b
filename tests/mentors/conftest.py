"""The cast of mentors/: a craftsman without an employer, and the cache of visitors forgotten."""

import pytest
from django.core.cache import cache

from tests.mentors.makers import craftsman


@pytest.fixture(autouse=True)
def uncounted():
    """What was counted of an address before is forgotten: every test is the first visitor of a link."""
    cache.clear()


@pytest.fixture
def master(db):
    """A retired machinist."""
    return craftsman("匠")


@pytest.fixture
def another(db):
    """A second one, who must see nothing of the first."""
    return craftsman("別府")
