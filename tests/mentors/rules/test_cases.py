"""Every worked case comes out as its source says."""

import json

import pytest

from mentors.rules.questions import QUESTIONS, answer
from tests.mentors.rules.worked import WORKED


@pytest.mark.parametrize("case", WORKED, ids=[case["id"] for case in WORKED])
def test_worked_case_comes_out_as_published(case):
    said = answer(case["question"], case["facts"])

    assert {key: said[key] for key in case["answer"]} == case["answer"], case["says"]
    assert said["because"].endswith("。")
    assert said["source"]
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize("case", WORKED, ids=[case["id"] for case in WORKED])
def test_worked_case_names_sentence_source_and_confidence(case):
    assert case["says"].endswith((".", "!"))
    assert case["source"]
    assert case["confidence"] in {"high", "medium", "low"}


def test_cases_cover_every_question():
    assert {case["question"] for case in WORKED} == set(QUESTIONS)
