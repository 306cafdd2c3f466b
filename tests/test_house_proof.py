"""House rules of weight and proof: what is loaded late, and that each constraint and each policy has its test."""

import ast
import re
import subprocess
import sys

from django.apps import apps

from tests.house import HOME, PYTHON, SHELF_PYTHON, SHELVES, name_of, text, tree

HEAVY = [
    "weasyprint",
    "pandas",
    "pikepdf",
    "icalendar",
    "puremagic",
    "python_calamine",
    "xlsxwriter",
    "segno",
    "PIL",
    "pillow_heif",
]


def test_heavy_libraries_wait_until_they_are_needed():
    program = (
        "import sys, django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=HOME, check=False, capture_output=True, text=True)

    assert (done.stdout.split(), done.stderr) == ([], "")


def words_of_tests() -> set[str]:
    return {word for path in PYTHON if name_of(path).startswith("tests/") for word in re.findall(r"\w+", text(path))}


def test_constraints_are_each_broken_by_a_test():
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in SHELVES]
    names = {constraint.name for model in models for constraint in model._meta.constraints}

    assert sorted(names - words_of_tests()) == []


def test_policies_are_each_asked_by_a_test():
    policies = {
        node.name
        for path in SHELF_PYTHON
        if path.stem == "policies" or path.parent.name == "policies"
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("may_")
    }

    assert sorted(policies - words_of_tests()) == []
