"""No paper holds a figure that is not in the frozen facts, the frozen outcome or the printed words of the form."""

import json
import re
from pathlib import Path

import pytest

from firms.words.japanese import hm, wareki
from grants.papers import forms_of_claim, forms_of_plan, pieces
from grants.papers.boxes import DATA as BOXES
from grants.papers.checklist import DATA
from grants.papers.plan_checklist import DATA as PLAN_LIST
from grants.subjects.confirming import DATA as CONFIRMING
from grants.subjects.trainings import DATA as TRAININGS
from tests.grants.papers.conftest import unsaved_claim, unsaved_plan

HOME = Path(pieces.__file__).resolve().parent
TEMPLATES = sorted((HOME.parent / "templates" / "grants" / "papers").glob("*.html"))
NUMBER = re.compile(r"\d[\d,.]*")
# Rows, copies, people and pages are counted up to here; an amount, a time or a number of a register is larger.
COUNTED = 9


def values(thing):
    if isinstance(thing, dict):
        for value in thing.values():
            yield from values(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from values(value)
    elif thing is not None and not isinstance(thing, bool):
        yield thing


def written(value) -> str:
    """Every way a paper may write a value."""
    if isinstance(value, int):
        return f"{value} {value:,} {hm(value)}"
    days = [wareki(pieces.day(found)) for found in re.findall(r"\d{4}-\d{2}-\d{2}", value)]
    return " ".join([value, *days])


def known(*frozen) -> set[str]:
    words = [
        path.read_text(encoding="utf-8")
        for path in [*TEMPLATES, DATA, TRAININGS, BOXES, PLAN_LIST, CONFIRMING, *HOME.glob("*.py")]
    ]
    data = [written(value) for value in values(list(frozen))]
    return {number.strip(",.") for number in NUMBER.findall(" ".join([*words, *data]))}


def strange(printed, allowed: set[str]) -> list[str]:
    found = {number.strip(",.") for number in NUMBER.findall(printed.text)}
    return sorted(n for n in found - allowed if not (n.isdigit() and int(n) <= COUNTED))


@pytest.mark.parametrize("code", [spec.code for spec in forms_of_plan(unsaved_plan())])
def test_plan_forms_hold_frozen_figures_alone(plan_papers, code):
    plan = unsaved_plan()

    assert strange(plan_papers[code], known(plan.facts, plan.digest)) == []


@pytest.mark.parametrize("code", [f"{spec.code}{spec.subject}" for spec in forms_of_claim(unsaved_claim())])
def test_claim_forms_hold_frozen_figures_alone(claim_papers, code):
    claim = unsaved_claim()

    assert strange(claim_papers[code], known(claim.facts, claim.outcome, claim.digest)) == []


def test_frozen_facts_are_plain_json():
    claim = unsaved_claim()

    assert json.loads(json.dumps([claim.facts, claim.outcome])) == [claim.facts, claim.outcome]
