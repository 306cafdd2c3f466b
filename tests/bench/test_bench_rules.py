"""The benchmark of the rules measures what it says, on a small ward and a short file."""

import json

import pytest
from django.core.management import call_command

from bench import lines, rules, ward


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(rules, "TRAININGS", 9)
    monkeypatch.setattr(ward, "FIRMS", 20)
    monkeypatch.setattr(ward, "WORKERS", 90)
    monkeypatch.setattr(lines, "LINES", 25)


def test_bench_rules_tells_one_object_a_line(small, capsys):
    call_command("bench", "rules", "--json", "--runs", "2")

    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["measure"], one["unit"], one["n"]) for one in found][:5] == [
        ("scheme files read", "ms", 2),
        ("assessments on one core", "per second", 2),
        ("… read and written as JSON", "per second", 2),
        ("forecast of 20 firms", "s", 1),
        ("command, 25 lines", "s", 1),
    ]
    assert all(one["queries"] is None and one["scale"] == 1 and one["p50"] >= 0 for one in found)


def test_ward_has_every_firm_and_every_worker():
    found = ward.head_counts(ward.FIRMS, ward.WORKERS)

    assert (len(found), sum(found)) == (14_249, 253_303)
    assert min(found) >= 1


def test_every_training_measured_draws_something():
    outcomes = [rules.assess(rules.training_facts(one)) for one in rules.trainings(90)]

    assert all(outcome.payable for outcome in outcomes)
