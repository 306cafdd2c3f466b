"""Whatever stands where a fact should, the answer is an answer or a sentence, never a crash."""

import copy
import json
from decimal import Decimal

import pytest

from grants.rules import FactError
from grants.rules.questions import QUESTIONS, answer
from tests.grants.rules.worked import worked_cases

NOTHING = object()
NONSENSE = (
    None, True, 0, -1, 10**12, 10**400, "", "x", "10", "1e5", "2026-02-29", "9999-12-31", "2000-01-01", "2099-12-31",
    [], [None], [{}], {}, {"a": 1}, Decimal("0.5"), Decimal("1e400"), Decimal("1e-99"), Decimal("NaN"), "\ud800", NOTHING,
)  # fmt: skip


def places(value, path=()):
    inside = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, found in inside:
        yield *path, key
        yield from places(found, (*path, key))


def put(facts, path, value):
    changed = copy.deepcopy(facts)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if value is NOTHING:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


def answered_or_refused(question, facts):
    try:
        return json.dumps(answer(question, facts)) != ""
    except FactError as error:
        return str(error).endswith("。")


@pytest.mark.parametrize("question", QUESTIONS)
def test_nonsense_in_any_place_is_answered_or_refused(question):
    fullest = max(
        (case["facts"] for case in worked_cases() if case["question"] == question), key=lambda f: len(list(places(f)))
    )

    crossed = [(path, value) for path in places(fullest) for value in NONSENSE]

    assert all(answered_or_refused(question, put(fullest, path, value)) for path, value in crossed)
