"""A changed figure names the cases it touches, and by how much."""

from dataclasses import replace
from datetime import date

from grants.rules import Change, changes, current_schemes, load_schemes
from grants.rules.loading import FOLDER
from tests.grants.rules.worked import altered, person, training

NOW = current_schemes()
FIXED = person(employment="fixed_term", ojt_passed=True, converted=True)
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

    lost = next(changes(NOW, poorer, [("one", training())]))
    won = next(changes(poorer, NOW, [("one", training())]))

    assert (lost.before, lost.after, lost.difference) == (245_000, None, -245_000)
    assert (won.before, won.after, won.difference) == (None, 245_000, 245_000)
    assert lost.differences == (
        ("expense_aid", -225_000),
        ("wage_aid", -20_000),
        ("total", -245_000),
        ("payable_amount", -245_000),
    )


def test_condition_that_turns_without_a_yen_is_told():
    """Four times a year instead of three help nobody who was away."""
    oftener = altered(NOW, "reskilling", "times_per_year", 0, 4)
    absent = person(attended_minutes=0, wage_minutes=0, grants_this_year=3)

    assert list(changes(NOW, oftener, [("one", training(workers=(absent,)))])) == [
        Change("one", 0, 0, (), ("times_this_year a",))
    ]


def test_condition_of_one_edition_alone_is_told_both_ways():
    freed = altered(NOW, "hrd_support", "fixed_term_practice.conversion_required", 0, False)
    practice = training(scheme="hrd_support", menu="fixed_term_practice", workers=(FIXED,))

    there, back = next(changes(NOW, freed, [("one", practice)])), next(changes(freed, NOW, [("one", practice)]))

    assert there.conditions == back.conditions == ("converted a",)
    assert there.differences == ()


def test_same_files_read_twice_change_nothing():
    assert list(changes(NOW, load_schemes(FOLDER), [("one", training()), ("old", OLDER)])) == []
