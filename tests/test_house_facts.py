"""House rules for what is frozen: typed, and read in one way whatever its age."""

import re

from firms.papers.press import VARIANT
from tests.house import SHELF_PYTHON, TEMPLATES, lines_with, name_of, text

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
# The rules read facts from outside, whatever they hold: that is theirs alone.
NAMED_LOOSELY = re.compile(r"^\s*\w*(Facts|Terms)\s*(:.*)?=\s*(dict|Mapping)\[")
# The seats a firm holds keep the terms for those it names later, and hand them on whole; what a firm states for its
# papers is lifted with the plan or claim it is frozen into.
HELD_BY_OTHERS = {"courses/models/catalogue/runs.py", "grants/models/stated.py"}
FROZEN = re.compile(r"\b(plan|claim|certificate|certification|invoice|frozen)\.facts\b|\bterms_kept\[|\bround\.terms\b")


def test_facts_have_a_shape():
    grants = [path for path in SHELF_PYTHON if name_of(path).startswith("grants/")]

    assert lines_with(LOOSE_FACTS, [path for path in grants if not name_of(path).startswith(UNTYPED)]) == []


def test_no_name_stands_for_facts_of_any_shape():
    ours = [path for path in SHELF_PYTHON if "/rules/" not in name_of(path)]

    assert lines_with(NAMED_LOOSELY, ours) == []


def test_what_is_frozen_as_json_has_its_shape():
    """A column of facts or terms is read by what lifts it, in the model that holds it."""
    frozen = re.compile(r"^    (facts|terms|terms_kept|outcome)\b.*JSONField")
    models = {line.split(":")[0] for line in lines_with(frozen, SHELF_PYTHON)}
    lifting = {name_of(path) for path in SHELF_PYTHON if re.search(r"lifted_\w+\(|Terms\.kept\(", text(path))}

    assert models
    assert models - lifting - HELD_BY_OTHERS == set()


def test_frozen_facts_are_read_in_todays_shape():
    assert lines_with(FROZEN, [*SHELF_PYTHON, *TEMPLATES]) == []


def test_rules_read_no_clock():
    """Their day is an argument; so a moved clock tells nothing of them."""
    rules = [path for path in SHELF_PYTHON if "/rules/" in name_of(path)]

    assert lines_with(re.compile(r"\b(today|now|utcnow|localdate)\(\)|\btime\.time\("), rules) == []


def test_papers_are_printed_by_the_one_press_that_tags_them():
    """A PDF made elsewhere would have no structure for a screen reader; the bench prints bare to compare."""
    product = [path for path in SHELF_PYTHON if not name_of(path).startswith("bench/")]
    printers = {line.split(":")[0] for line in lines_with(re.compile(r"\.write_pdf\("), product)}

    assert printers == {"firms/papers/press.py"}
    assert VARIANT == "pdf/ua-1"
