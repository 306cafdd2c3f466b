"""The registry of schemes: complete, in step with the scheme files, and the only place in grants/ that names a menu."""

import ast
from datetime import date
from typing import get_type_hints

import pytest

from grants.papers.specs import CLAIM_SHEETS, PLAN_SHEETS, REPORT_SHEETS
from grants.rules import MENUS
from grants.shapes import PlanFacts
from grants.subjects import entry_of, trainings, trainings_for, trainings_open
from tests.factories import CourseFactory
from tests.house import SHELF_PYTHON, name_of, tree

ALL = [pytest.param(one, id=one.code) for one in trainings()]
# What only the schemes, the rules that reckon by them and the registry may name, and the models' own migrations.
AT_HOME = ("grants/subjects/", "grants/rules/", "grants/migrations/")


@pytest.mark.parametrize("entry", ALL)
def test_entry_is_a_menu_of_the_scheme_files_with_a_number_for_every_paper(entry):
    assert entry.menu in MENUS[entry.scheme]
    assert set(entry.plan) <= set(PLAN_SHEETS)
    wanted = {*entry.plan, *CLAIM_SHEETS, *REPORT_SHEETS, "change", "houses", "price", "consent", "granted", "refused"}
    assert [set(one.forms) for one in entry.editions] == [wanted] * len(entry.editions)


@pytest.mark.parametrize("entry", ALL)
def test_editions_follow_each_other_and_name_the_same_places(entry):
    days = [one.first for one in entry.editions]

    assert days == sorted(set(days))
    assert {frozenset(one.sources) for one in entry.editions} == {frozenset(entry.editions[0].sources)}


@pytest.mark.parametrize("entry", ALL)
def test_what_the_firm_states_beside_the_training_is_a_part_of_the_plan(entry):
    assert entry.states in {"", *get_type_hints(PlanFacts)}


@pytest.mark.parametrize("entry", ALL)
def test_questions_of_a_menu_are_asked_once_each(entry):
    codes = [one.code for one in entry.questions]

    assert len(codes) == len(set(codes))


def test_no_other_module_of_grants_names_a_menu():
    names = {name for one in trainings() for name in (one.scheme, one.code)} | {one.label for one in trainings()}

    naming = [
        f"{name_of(path)}:{node.lineno}"
        for path in SHELF_PYTHON
        if name_of(path).startswith("grants/") and not name_of(path).startswith(AT_HOME)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in names
    ]

    assert naming == []


@pytest.mark.parametrize(
    ("day", "name"), [(date(2026, 8, 2), "R8.4"), (date(2026, 8, 3), "R8.8")], ids=["the day before", "the first day"]
)
def test_edition_follows_the_day_of_filing(day, name):
    assert entry_of("hrd_support", "general").edition_on(day).name == name


def test_plan_older_than_every_edition_has_the_oldest():
    assert entry_of("hrd_support", "general").edition_on(date(2020, 1, 1)).name == "R8.4"


def test_menu_nobody_opens_a_case_for_is_not_found():
    with pytest.raises(LookupError, match="invest_in_people/voluntary"):
        entry_of("invest_in_people", "voluntary")


@pytest.mark.parametrize(
    ("field", "schemes"),
    [("dx", ["reskilling", "hrd_support"]), ("gx", ["reskilling", "hrd_support"]), ("craft", ["hrd_support"])],
    ids=["dx", "gx", "craft"],
)
def test_course_is_taken_by_the_menus_of_its_subject(field, schemes):
    assert [one.scheme for one in trainings_for(CourseFactory.build(field=field))] == schemes


@pytest.mark.parametrize(
    ("day", "schemes"),
    [(date(2027, 3, 31), ["reskilling", "hrd_support"]), (date(2027, 4, 1), ["hrd_support"])],
    ids=["last day of the temporary one", "the day after"],
)
def test_menu_that_has_closed_takes_no_plans(day, schemes):
    assert [one.scheme for one in trainings_open(day)] == schemes
