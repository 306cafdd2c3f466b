"""A changed figure names the cases it touches, and by how much."""

from dataclasses import replace
from datetime import date

from grants.rules import Change, changes, current_schemes, load_schemes
from grants.rules.loading import FOLDER
from tests.grants.rules.worked import altered, person, training

NOW = current_schemes()
OLDER = replace(training(), plan_filed=date(2025, 3, 24))


def test_only_cases_of_the_changed_edition_differ():
    raised = altered(NOW, "reskilling", "wage.sme", 1, 1100)

    assert list(changes(NOW, raised, [("new", training()), ("old", OLDER)])) == [
        Change("new", 245_000, 247_000, (("wage_aid", 2000), ("total", 2000), ("payable_amount", 2000)), ())
    ]


def test_changed_condition_is_named_with_its_trainee():
    stricter = altered(NOW, "hrd_common", "attendance.percent", 0, 90)
    worker = person(attended_minutes=1020, wage_minutes=1020)

    found = next(changes(NOW, stricter, [("one", training(workers=(worker,)))]))

    assert (found.before, found.after, found.difference) == (242_000, 0, -242_000)
    assert found.conditions == ("attendance a",)


def test_case_an_edition_cannot_reckon_is_told():
    oldest = replace(training(), plan_filed=date(2024, 3, 31))
    body = NOW.by_name["reskilling"]
    assert list(changes(NOW, NOW, [("oldest", oldest)])) == []

    without = {name: dated for name, dated in body.figures.items() if name != "expense_rate.sme"}
    poorer = type(NOW)(dict(NOW.by_name) | {"reskilling": replace(body, figures=without)})

    found = next(changes(NOW, poorer, [("one", training())]))

    assert (found.before, found.after) == (245_000, None)


def test_same_files_read_twice_change_nothing():
    assert list(changes(NOW, load_schemes(FOLDER), [("one", training()), ("old", OLDER)])) == []
