"""Groups of trials, their rates, and that nothing small can be worked out of what is shown."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.rules import Definition, Share, TrialRow, definition_on, groups_of, median_shown, share, shown_counts

ON = date(2027, 3, 1)
END = date(2026, 6, 30)
BY = Definition(
    within_days=90, target_percent=70, target_of="started", retained_months=6, least_shown=5, source="区の要綱"
)
ROW = TrialRow(
    key=1, person=1, started_on=date(2026, 5, 1), finished=True, answered=True, trial_end=END,
    hired_on=date(2026, 7, 1), is_retained=False, left_on=None, left_because="",
)  # fmt: skip


def group(rows, name, on=ON):
    return set(groups_of(rows, BY, on=on)[name])


@pytest.mark.parametrize(("days", "converted"), [(90, {1}), (91, set())])
def test_hire_counts_up_to_the_last_day_of_the_definition(days, converted):
    assert group([replace(ROW, hired_on=END + timedelta(days=days))], "converted") == converted


def test_each_denominator_counts_the_converted_within_it():
    silent = replace(ROW, key=2, person=2, answered=False, hired_on=None)
    rows = [ROW, silent, replace(silent, key=3, person=3, finished=False)]
    counts = {name: len(keys) for name, keys in groups_of(rows, BY, on=ON).items()}

    assert [share(counts, f"converted_{name}", name) for name in ("started", "finished", "answered")] == [
        Share(1, 3),
        Share(1, 2),
        Share(1, 1),
    ]


def test_person_counts_by_the_last_trial_that_started():
    first = replace(ROW, hired_on=None, answered=False)
    second = replace(ROW, key=2, started_on=date(2026, 8, 1), trial_end=date(2026, 9, 30), hired_on=date(2026, 10, 1))
    registered = replace(first, key=3, started_on=None)

    found = groups_of([second, first, registered], BY, on=ON)

    assert (found["started"], found["people_started"], found["people_converted_started"]) == ({1, 2}, {2}, {2})


@pytest.mark.parametrize(
    ("given", "how"),
    [
        ({}, "unknown"),
        ({"is_retained": True}, "retained"),
        ({"left_on": date(2026, 12, 31), "left_because": "voluntary"}, "voluntary"),
        ({"left_on": date(2027, 1, 1), "left_because": "voluntary"}, "retained"),
        ({"left_on": date(2026, 8, 1), "left_because": "dismissal"}, "dismissal"),
        ({"left_on": date(2026, 8, 1), "left_because": "unknown"}, "unknown"),
    ],
)
def test_retention_keeps_unknown_apart_and_counts_leaving_before_the_day(given, how):
    rows = [replace(ROW, **given)]

    assert {name for name in ("retained", "voluntary", "dismissal", "mutual", "unknown") if group(rows, name)} == {how}
    assert group(rows, "due") == {1}


@pytest.mark.parametrize(("on", "due"), [(date(2026, 12, 31), set()), (date(2027, 1, 1), {1})])
def test_nobody_is_asked_for_before_six_months_have_passed(on, due):
    assert group([ROW], "due", on=on) == due


def test_share_of_what_may_not_be_shown_is_no_share():
    assert [Share(*given).percent for given in ((7, 10), (2, 3), (None, 10), (7, None), (0, 0))] == [
        Decimal("70.0"), Decimal("66.7"), None, None, None,
    ]  # fmt: skip


def test_median_is_told_of_enough_alone():
    assert [median_shown(values, least=5) for values in ([1, 2, 3, 4], [1, 2, 3, 4, 9], [])] == [None, 3, None]
    assert median_shown([1, 2], least=1) == 2


def test_definition_is_what_the_file_says_that_day():
    found = definition_on("ward", date(2026, 6, 1))

    assert replace(found, source="") == replace(BY, source="")
    assert "要綱" in found.source


# --- nothing small is told ---


def sets(*sizes):
    """Disjoint sets of these sizes."""
    start, made = 0, []
    for size in sizes:
        made.append(frozenset(range(start, start + size)))
        start += size
    return made


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        # all, its first part, its second part
        ((12, 0), (12, 12, 0)),
        ((8, 4), (12, None, None)),
        ((7, 5), (12, 7, 5)),
        ((3, 1), (None, None, None)),
        ((0, 0), (0, 0, 0)),
    ],
)
def test_part_is_shown_where_the_rest_tells_of_nobody(sizes, shown):
    first, second = sets(*sizes)

    assert tuple(shown_counts({"all": first | second, "first": first, "second": second}, least=5).values()) == shown


def test_differences_of_differences_tell_of_nobody_either():
    """Trials and people, begun and finished: each pair is apart by enough, but not the two pairs from each other."""
    a, b, c, d = sets(20, 5, 5, 2)
    groups = {"trials": a | b | c | d, "finished": a | b, "people": a | c, "people_finished": a}

    counts = shown_counts(groups, least=5)

    assert [counts[name] for name in groups] == [32, 25, None, 20]


LEAST = 3
KINDS = list(product((False, True), repeat=3))


def world(sizes):
    """Three groups that cut one another, told by how many stand in each of the seven pieces."""
    pieces = dict(zip(KINDS[1:], sets(*sizes), strict=True))
    return {n: frozenset().union(*(keys for kind, keys in pieces.items() if kind[n])) for n in range(3)}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=7, max_size=7))
def test_no_sum_or_difference_of_shown_counts_is_small(sizes):
    groups = world(sizes)
    shown = {name for name, number in shown_counts(groups, least=LEAST).items() if number is not None}

    for size in range(1, len(shown) + 1):
        for chosen in combinations(sorted(shown), size):
            for signs in product((-1, 1), repeat=size):
                weights = {}
                for name, sign in zip(chosen, signs, strict=True):
                    for key in groups[name]:
                        weights[key] = weights.get(key, 0) + sign
                # What a combination tells the number of: the trials it counts exactly once and no other.
                if set(weights.values()) <= {0, 1}:
                    told = sum(weights.values())
                    assert told == 0 or told >= LEAST


MOST = 11


def chains():
    """Every way in which so many trials can have begun, ended well, been answered and led to a job."""
    for started in range(MOST + 1):
        for finished in range(started + 1):
            for answered in range(finished + 1):
                for converted in range(answered + 1):
                    yield (started, finished, answered, converted)


def told_of(chain):
    names = ("started", "converted", "finished", "answered")
    sizes = (chain[0], chain[3], chain[1], chain[2])
    return tuple(shown_counts(dict(zip(names, (frozenset(range(n)) for n in sizes), strict=True)), least=LEAST).items())


def test_who_knows_how_it_is_made_still_cannot_tell_a_number_that_is_withheld():
    """Of all the ways a round can have gone, those that look the same differ in every number that is not shown."""
    alike = {}
    for chain in chains():
        alike.setdefault(told_of(chain), []).append(chain)

    for told, candidates in alike.items():
        for place, (_name, number) in zip((0, 3, 1, 2), told, strict=True):
            values = {chain[place] for chain in candidates}
            assert values == {number} if number is not None else len(values) > 1
