"""The case at each step of its way, for the firm and for its advisor."""

import pytest

from tests.factories import MandateFactory
from tests.grants.careerup.cast import claimed, filed, opened, paid, told, worker


@pytest.fixture
def advisor(advisor_without_mandate, office, firm):
    """Under a mandate for キャリアアップ助成金 alone."""
    MandateFactory(office=office, firm=firm, advisor=advisor_without_mandate.person, scopes=["career_up"])
    return advisor_without_mandate


@pytest.fixture
def employment(establishment, pattern):
    return worker(establishment, pattern)


@pytest.fixture
def case(employment, manager):
    return opened(employment, by=manager)


@pytest.fixture
def planned(case, manager):
    return told(case, by=manager)


@pytest.fixture
def in_time(planned, advisor):
    return filed(planned, by=advisor)


@pytest.fixture
def first(in_time, manager):
    return paid(in_time, by=manager)


@pytest.fixture
def first_claimed(first, advisor):
    return claimed(first, by=advisor)
