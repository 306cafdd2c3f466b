"""The case at each step of its way, for the firm and for its advisor."""

import pytest

from tests.grants.subscriptions.cast import claimed, filed, learned, opened, told, worker


@pytest.fixture
def people(establishment, pattern):
    return [worker(establishment, pattern), worker(establishment, pattern, name="六郷", number=8)]


@pytest.fixture
def case(establishment, manager):
    return opened(establishment, by=manager)


@pytest.fixture
def planned(case, people, manager):
    return told(case, people, by=manager)


@pytest.fixture
def in_time(planned, advisor):
    return filed(planned, by=advisor)


@pytest.fixture
def learning(in_time, people, manager):
    return learned(in_time, {people[0].pk: 400, people[1].pk: 300}, by=manager)


@pytest.fixture
def whole(learning, advisor):
    return claimed(learning, by=advisor)
