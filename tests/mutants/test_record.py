"""The record of script/mutate holds what it promises: nine mutants of ten are killed, and of each other one it says why not."""

import pytest

from tests.mutants.recording import read, survivors

NAMED = [
    "grants/rules/",
    "grants/facts/",
    "courses/minutes.py",
    "courses/pace.py",
    "courses/actions/attendance/pace.py",
    "firms/film/stretches.py",
    "firms/working_time.py",
]


@pytest.mark.parametrize("named", NAMED)
def test_nine_mutants_of_ten_are_killed(named):
    counts = [of for path, of in read()[0].items() if path.startswith(named)]

    assert counts
    assert sum(of["killed"] for of in counts) >= 0.9 * sum(of["mutants"] for of in counts)


def test_each_survivor_has_its_reason():
    assert [key for key, why in survivors().items() if not why] == []
