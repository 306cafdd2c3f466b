"""No figure tells of fewer than five people, and none can be reckoned from the others: attacked by solving for what is hidden."""

from random import Random

import numpy
import pytest
from pandas import DataFrame

from lms.kpi.reckoning import DIMENSIONS, Column, lines_of
from lms.kpi.shapes import ALL

LEAST = 5
KINDS = ("began", "ended", "won")
COLUMNS = [
    *(Column(kind, kind, "件", "rows", kind) for kind in KINDS),
    Column("rate", "率", "%", "share", "won", whole="began"),
]
PLACES = {"area": 5, "industry": 3, "size": 4, "programme": 3}


def rows_of(seed, count):
    """Uneven groups, stages within stages, and some people with two rows."""
    random = Random(seed)
    rows = []
    for n in range(count):
        ended = random.random() < 0.8
        row = {name: f"{name}{min(int(random.expovariate(0.9)), most)}" for name, most in PLACES.items()}
        rows.append(
            {
                "who": n if random.random() < 0.9 else max(n - 1, 0),
                **row,
                "began": True,
                "ended": ended,
                "won": ended and random.random() < 0.7,
            }
        )
    return DataFrame(rows)


def told(frame):
    """What is shown and what is hidden, as (dimension, group, kind) → count or None."""
    found = {}
    for line in lines_of(frame, COLUMNS, least=LEAST):
        for kind, value in zip(KINDS, line["values"], strict=False):
            found[line["by"], line["group"], kind] = value
    return found


def atoms_of(frame):
    """Everything an attacker may not know the size of: each combination of every group and of the kinds of rows."""
    names = [*DIMENSIONS, *KINDS]
    every = DataFrame(index=range(1)).assign(one=1)
    for name in names:
        every = every.merge(DataFrame({name: sorted(frame[name].unique())}), how="cross")
    return every.drop_duplicates(names).reset_index(drop=True)


def vector(atoms, by, group, kind):
    rows = atoms[kind] if by == ALL else atoms[kind] & (atoms[by] == group)
    return rows.to_numpy(dtype=float)


def derivable(known, asked):
    """Whether one vector is a sum of multiples of those known: what solving the linear system would find."""
    if not len(known):
        return False
    solved, *_rest = numpy.linalg.lstsq(known.T, asked, rcond=None)
    return bool(numpy.allclose(known.T @ solved, asked, atol=1e-7))


def people(frame, by, group, kind):
    rows = frame[frame[kind]] if by == ALL else frame[frame[kind] & (frame[by] == group)]
    return rows["who"].nunique()


@pytest.mark.parametrize("seed", range(12))
def test_hidden_figures_cannot_be_solved_for(seed):
    frame = rows_of(seed, 40 + 25 * seed)
    found, atoms = told(frame), atoms_of(frame)
    shown = {cell: value for cell, value in found.items() if value is not None}
    known = numpy.array([vector(atoms, *cell) for cell in shown])

    hidden = [cell for cell, value in found.items() if value is None]
    solved = [cell for cell in hidden if 0 < people(frame, *cell) < LEAST and derivable(known, vector(atoms, *cell))]

    assert hidden
    assert solved == []


def test_attack_succeeds_where_small_figures_alone_are_hidden():
    """So that it is known to find something: all figures of five people or more are shown here, and no others."""
    frame = rows_of(3, 115)
    atoms, every = atoms_of(frame), told(frame)
    known = numpy.array([vector(atoms, *cell) for cell in every if people(frame, *cell) >= LEAST])

    small = [cell for cell in every if 0 < people(frame, *cell) < LEAST]

    assert [cell for cell in small if derivable(known, vector(atoms, *cell))]


@pytest.mark.parametrize("seed", range(12))
def test_no_remainder_or_difference_tells_of_a_few(seed):
    """Stages within a group, groups within the whole, and what is left of the whole when all shown groups are taken away."""
    frame = rows_of(seed, 40 + 25 * seed)
    found = told(frame)

    for by in (ALL, *DIMENSIONS):
        groups = [group for dimension, group, kind in found if dimension == by and kind == "began"]
        for kind in KINDS:
            whole, parts = found[ALL, "", kind], [(g, found[by, g, kind]) for g in groups]
            left = {g for g, value in parts if value is None}
            rows = frame[frame[kind]] if by == ALL else frame[frame[kind] & frame[by].isin(left)]
            if whole is not None and left and by != ALL:
                assert not 0 < rows["who"].nunique() < LEAST
        for group in groups:
            own = frame if by == ALL else frame[frame[by] == group]
            for larger, smaller in (("began", "ended"), ("ended", "won"), ("began", "won")):
                if None not in (found[by, group, larger], found[by, group, smaller]):
                    assert not 0 < own[own[larger] & ~own[smaller]]["who"].nunique() < LEAST


@pytest.mark.parametrize(
    ("counts", "shown"), [((20, 8, 5), [20, 8, 5]), ((20, 8, 4), [20, None, None]), ((20, 4), [None, None])]
)
def test_a_small_group_takes_the_next_one_with_it(counts, shown):
    """Four of one place are hidden, and with them the place one would subtract to find them."""
    places = [f"place{n}" for n, count in enumerate(counts) for _row in range(count)]
    frame = DataFrame({"who": range(len(places)), "area": places, "began": True}).assign(
        industry="a", size="a", programme="a"
    )

    lines = lines_of(frame, [Column("began", "開始", "件", "rows", "began")], least=LEAST)

    assert [line["values"][0] for line in lines if line["by"] == "area"] == shown
    assert lines[0]["values"] == [sum(counts)]


def test_rows_of_a_few_people_are_few_however_many():
    frame = DataFrame({"who": [1, 2, 3, 4] * 5, "began": True}).assign(area="a", industry="a", size="a", programme="a")

    assert lines_of(frame, [Column("began", "開始", "件", "rows", "began")], least=LEAST)[0]["values"] == [None]


def test_zeros_of_a_hidden_few_are_hidden_with_them():
    """Else one would read of each of three people that they did not finish."""
    frame = DataFrame(
        {"who": range(23), "area": ["a"] * 20 + ["b"] * 3, "began": True, "ended": [True] * 20 + [False] * 3}
    )
    columns = [Column(kind, kind, "件", "rows", kind) for kind in ("began", "ended")]

    lines = lines_of(frame.assign(industry="a", size="a", programme="a"), columns, least=LEAST)

    assert [line["values"] for line in lines if line["group"] == "b"] == [[None, None]]


def test_sums_medians_and_people_follow_the_rows():
    frame = DataFrame(
        {
            "who": [1, 1, 2, 3, 4, 5, 6],
            "began": True,
            "minutes": [90, 30, 60, 60, 60, 60, 5],
            "days": [1, 2, 3, 4, 5, 6, 8],
        }
    ).assign(area="a", industry="a", size="a", programme="a")
    columns = [
        Column("rows", "a", "件", "rows", "began"),
        Column("people", "a", "人", "people", "began"),
        Column("hours", "a", "分", "sum", "began", value="minutes"),
        Column("days", "a", "日", "median", "began", value="days"),
    ]

    assert lines_of(frame, columns, least=LEAST)[0]["values"] == [7, 6, 365, 4]


def test_nothing_is_counted_as_zero_and_divided_as_nothing():
    frame = DataFrame({"who": [], "began": [], "won": []}).astype({"who": int, "began": bool, "won": bool})
    frame = frame.assign(area="", industry="", size="", programme="")
    columns = [Column("began", "a", "件", "rows", "began"), Column("rate", "a", "%", "share", "won", whole="began")]

    assert [line["values"] for line in lines_of(frame, columns, least=LEAST)] == [[0, ""]]
