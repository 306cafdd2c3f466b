"""What the README sends a newcomer to is there."""

import re

from tests.house import HOME, text

TABLE = re.compile(r"\| question \| path \|\n\| --- \| --- \|\n((?:\|.*\|\n)+)")
PATH = re.compile(r"`([\w./]+/[\w./]+|[\w]+\.py)`")


def answers():
    """Question → the paths that answer it."""
    (table,) = TABLE.findall(text(HOME / "README.md"))
    rows = (row.strip("|").split("|") for row in table.splitlines())
    return {question.strip(): PATH.findall(paths) for question, paths in rows}


def test_ten_questions_are_answered_by_the_path_alone():
    found = answers()

    assert len(found) >= 10
    assert [question for question, paths in found.items() if not paths] == []
    assert [path for paths in found.values() for path in paths if not (HOME / path).exists()] == []


def test_each_path_says_in_its_first_line_what_lives_there():
    modules = {path for paths in answers().values() for path in paths if path.endswith(".py")}

    assert modules
    assert [path for path in sorted(modules) if not text(HOME / path).startswith('"""')] == []
