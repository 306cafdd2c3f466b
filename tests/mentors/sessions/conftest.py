"""A session that is over: two hours and a half, planned and agreed."""

import pytest

from tests.mentors.makers import agreed, certification_of, visit

AFTER = "2027-01-12T18:00+09:00"


@pytest.fixture
def held(master, ward):
    return certification_of(master, ward, is_listed=True)


@pytest.fixture
def session(held, manager, clock):
    (session,) = agreed(manager, held, visit())
    clock.move_to(AFTER)
    return session
