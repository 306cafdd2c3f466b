"""Whatever stands where a fact should, the answer is an answer or a sentence, never a crash."""

import pytest

from grants.rules.questions import QUESTIONS, answer
from tests.grants.rules.worked import worked_cases
from tests.worked import NONSENSE, answered_or_refused, fullest, places, put


@pytest.mark.parametrize("question", QUESTIONS)
def test_nonsense_in_any_place_is_answered_or_refused(question):
    facts = fullest(worked_cases(), question)

    crossed = [(path, value) for path in places(facts) for value in NONSENSE]

    assert all(answered_or_refused(answer, question, put(facts, path, value)) for path, value in crossed)
