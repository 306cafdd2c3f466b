"""One word, one meaning: as far as a machine can hold it."""

import ast
import re

from firms.verbs import VERBS
from tests.house import SHELF_PYTHON, SHELVES, name_of, tree

# Known under one name by two layers: what the rules reckon with or answer, and the row or the frozen shape that keeps it.
SAID_TWICE = {"grants": {"Cost", "Change", "Ground", "Condition", "Line", "Subscription"}, "mentors": {"Certification"}}


def test_word_names_one_class_of_an_app():
    named = {}
    for path in SHELF_PYTHON:
        if "management" not in path.parts:
            for node in tree(path).body:
                if isinstance(node, ast.ClassDef):
                    named.setdefault((name_of(path).split("/")[0], node.name), []).append(name_of(path))

    twice = {key: places for key, places in named.items() if len(places) > 1}

    assert {key: places for key, places in twice.items() if key[1] not in SAID_TWICE.get(key[0], ())} == {}


def test_verb_of_the_journal_says_what_it_is_about_and_what_was_done():
    for verb in VERBS:
        about, _dot, done = verb.partition(".")

        assert about not in {*SHELVES, "lms"}
        assert re.fullmatch(r"[a-z0-9_]+", done)
        assert not done.endswith("ed")
