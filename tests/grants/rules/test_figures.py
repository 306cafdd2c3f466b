"""Every figure is sourced, and changing any one of them is noticed."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from grants.rules import FactError, NoFigure, assess, current_schemes, figure
from tests.grants.rules.probes import PROBES
from tests.grants.rules.worked import altered, grid, stored_figures

SCHEMES = current_schemes()
FIGURES = [
    (scheme.name, name, n)
    for scheme in SCHEMES.by_name.values()
    for name, dated in scheme.figures.items()
    for n in range(len(dated))
]
STORED = {(row["scheme"], row["name"], row["from"]): row for row in stored_figures()}


def figure_of(scheme, name, n):
    return SCHEMES.by_name[scheme].figures[name][n]


def other_values(found):
    """A little more and a little less: past a limit that can only just be reached, one of them changes nothing."""
    if isinstance(found.value, bool):
        return [not found.value]
    if isinstance(found.value, date):
        return [found.value - timedelta(days=1), found.value + timedelta(days=1)]
    if isinstance(found.value, Fraction):
        return [found.value / 2]
    if isinstance(found.value, tuple):
        return [found.value[:n] + found.value[n + 1 :] for n in range(len(found.value))]
    step = 200 if found.unit == "yen" else 1
    return [found.value + step, found.value - step]


@pytest.fixture(scope="module")
def answers():
    """What the present figures say: per line name the trainings resting on it, and every probe."""
    resting = {}
    for facts in grid():
        outcome = assess(facts)
        for row in outcome.lines + outcome.uplift_lines:
            for name in row.figures:
                resting.setdefault(name, []).append((facts, amounts(outcome)))
    return resting, {probe: [bare(result) for result in probe(SCHEMES)] for probe in PROBES}


def amounts(outcome):
    return [row.amount for row in outcome.lines + outcome.uplift_lines]


def differs(probe, schemes, before):
    """Asked one by one, and no further than the first other answer."""
    try:
        return any(bare(result) != was for result, was in zip(probe(schemes), before, strict=True))
    except FactError:
        return True


def bare(result):
    """Text is left out, so that a changed wording alone is not taken for a changed answer."""
    if isinstance(result, list | tuple):
        return [bare(one) for one in result]
    names = getattr(result, "__dataclass_fields__", None)
    if names is None:
        return result
    return [
        bare(getattr(result, name)) for name in names if name not in {"because", "label", "rule", "source", "needs"}
    ]


def test_each_figure_says_where_it_is_from():
    for scheme, name, n in FIGURES:
        found = figure_of(scheme, name, n)

        assert found.source
        assert found.label
        assert found.confidence in {"high", "medium", "low"}
        assert found.verified_until >= found.effective_from


@pytest.mark.parametrize(("scheme", "name", "n"), FIGURES, ids=["/".join(map(str, row)) for row in FIGURES])
def test_changing_a_figure_is_noticed(scheme, name, n, answers):
    found = figure_of(scheme, name, n)
    pinned = STORED.get((scheme, name, found.effective_from.isoformat()))
    if pinned:
        assert pinned["value"] == (str(found.value) if isinstance(found.value, Fraction | date) else found.value)
        return
    changed = [altered(SCHEMES, scheme, name, n, value) for value in other_values(found)]

    assert any(is_noticed(schemes, f"{scheme}/{name}", answers) for schemes in changed)


def is_noticed(changed, name, answers):
    resting, probed = answers
    trainings = resting.get(name, [])
    if any(amounts(assess(facts, schemes=changed)) != before for facts, before in trainings):
        return True
    # What a city or ward pays shows only in a forecast, the last of the probes.
    likely_first = reversed(probed.items()) if name.startswith(("tokyo", "ward")) else probed.items()
    return any(differs(probe, changed, before) for probe, before in likely_first)


def test_figure_in_force_follows_the_day():
    assert figure("reskilling", "wage.sme", date(2025, 3, 31)).value == 960
    assert figure("reskilling", "wage.sme", date(2025, 4, 1)).value == 1000
    assert figure("reskilling", "wage.sme", date(2025, 4, 1)).effective_from == date(2025, 4, 1)


def test_figure_before_its_first_day_is_refused_in_a_sentence():
    with pytest.raises(NoFigure, match="2024-03-31の時点で有効な数値「reskilling / wage"):
        figure("reskilling", "wage.sme", date(2024, 3, 31))


def test_outcome_resting_on_an_unverified_figure_says_so():
    rested = {name for facts in grid() for name in assess(facts).unverified}

    assert "reskilling/online_limit.second.sme" in rested
    assert "reskilling/wage.sme" not in rested
