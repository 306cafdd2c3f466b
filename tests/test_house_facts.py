"""House rules for what is frozen: typed, and read in one way whatever its age."""

import re

from firms.papers.press import VARIANT
from tests.house import SHELF_PYTHON, TEMPLATES, lines_with, name_of

# What stands in JSON is typed where it is lifted, and by the rules that read it; what a form was sent and a query
# answered with is no frozen fact, nor is a row of TOML.
UNTYPED = (
    "grants/shapes/",
    "grants/rules/",
    "grants/forms/",
    "grants/queries/cases.py",
    "grants/subjects/trainings.py",
)
LOOSE_FACTS = re.compile(r"\b(dict|Mapping)\[str, Any\]|^Facts\b")
FROZEN = re.compile(r"\b(plan|claim|certificate|frozen)\.facts\b")


def test_facts_have_a_shape():
    grants = [path for path in SHELF_PYTHON if name_of(path).startswith("grants/")]

    assert lines_with(LOOSE_FACTS, [path for path in grants if not name_of(path).startswith(UNTYPED)]) == []


def test_frozen_facts_are_read_in_todays_shape():
    assert lines_with(FROZEN, [*SHELF_PYTHON, *TEMPLATES]) == []


def test_rules_read_no_clock():
    """Their day is an argument; so a moved clock tells nothing of them."""
    rules = [path for path in SHELF_PYTHON if "/rules/" in name_of(path)]

    assert lines_with(re.compile(r"\b(today|now|utcnow|localdate)\(\)|\btime\.time\("), rules) == []


def test_papers_are_printed_by_the_one_press_that_tags_them():
    """A PDF made elsewhere would have no structure for a screen reader."""
    printers = {line.split(":")[0] for line in lines_with(re.compile(r"\.write_pdf\("), SHELF_PYTHON)}

    assert printers == {"firms/papers/press.py"}
    assert VARIANT == "pdf/ua-1"
