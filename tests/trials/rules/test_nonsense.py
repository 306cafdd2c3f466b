"""Whatever stands where a fact should, the answer is an answer or a sentence, never a crash."""

import pytest

from tests.trials.rules.worked import WORKED
from tests.worked import NONSENSE, answered_or_refused, fullest, places, put
from trials.rules import FactError
from trials.rules.questions import QUESTIONS, answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_nonsense_in_any_place_is_answered_or_refused(question):
    facts = fullest(WORKED, question)

    crossed = [(path, value) for path in places(facts) for value in NONSENSE]

    assert all(answered_or_refused(answer, question, put(facts, path, value)) for path, value in crossed)


@pytest.mark.parametrize("question", QUESTIONS)
def test_facts_nobody_knows_are_refused_by_name(question):
    with pytest.raises(FactError, match="weather という項目はありません"):
        answer(question, {"weather": "fine"} | fullest(WORKED, question))
