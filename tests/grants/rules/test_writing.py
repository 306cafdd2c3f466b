"""The text of an outcome says what its mapping says, whatever was asked."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.rules import trainings
from firms.rules.command import run
from grants.rules import assess, outcome_as_mapping, training_facts
from grants.rules.outcome import Condition
from grants.rules.questions import answer, spoken
from grants.rules.writing import condition, outcome_as_json

ASKED = list(trainings(180))
ONLINE = {
    "scheme": "hrd_support", "menu": "general", "plan_filed": "2026-10-01", "sme": True, "method": "e_learning",
    "standard_hours": 12, "cost": {"kind": "external", "fee_per_person": 110_000},
    "workers": [{"employment": "regular", "completed": None, "key": '山"田\\\n\u2028'}],
}  # fmt: skip


@pytest.mark.parametrize("asked", [*ASKED, ONLINE, {**ONLINE, "plan_filed": "2031-01-01"}])
def test_text_says_what_the_mapping_says(asked):
    outcome = assess(training_facts(asked))

    assert json.loads(outcome_as_json(outcome)) == outcome_as_mapping(outcome)
    assert outcome_as_json(outcome) == outcome_as_json(outcome)


@given(st.text(), st.text())
@settings(deadline=None)
def test_any_words_of_a_condition_are_written(because, subject):
    found = Condition("a", "b", "met", because, "d", subject)

    assert json.loads(condition(found)) == {
        "code": "a", "label": "b", "state": "met", "because": because, "source": "d", "subject": subject,
    }  # fmt: skip
    assert found == Condition("a", "b", "met", because, "d", subject)


def test_command_writes_the_same_line_either_way():
    lines = [
        json.dumps({"id": n, "question": "training_grant", "facts": asked}).encode() for n, asked in enumerate(ASKED)
    ]
    lines += [b'{"id": "\xe5\x8f\xb7", "question": "training_grant", "facts": {}}', b'{"id": 1, "question": "?"}']
    plain, quick = BytesIO(), BytesIO()

    run(answer, lines, plain)
    run(spoken, lines, quick)

    said = [list(map(json.loads, out.getvalue().splitlines())) for out in (plain, quick)]
    assert said[0] == said[1]
    assert "answer" in said[0][0]
