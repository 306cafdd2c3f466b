"""Every figure of lms/kpi/figures is read, and changing any one of them is noticed."""

from datetime import date

import pytest

from lms.kpi.definitions import STAGES, current_definitions, definition, stage
from lms.kpi.indicators import INDICATORS, Asked
from lms.kpi.telling import stage_of
from lms.kpi.trials import definition_of
from tests.conftest import TODAY
from tests.worked import altered, figures_of, other_values

FIGURES = figures_of(current_definitions())
NAMES = ["/".join(map(str, row)) for row in FIGURES]


@pytest.fixture
def everything(monkeypatch):
    """Every word and number the definitions say, under some edition of them."""

    def said(known):
        monkeypatch.setattr("lms.kpi.definitions.current_definitions", lambda: known)
        asked = Asked(2026, 0, TODAY, [], definition_of(2026, []), None)
        words = [definition(f"{one.code}.definition", 2026).word for one in INDICATORS]
        targets = [one.target(asked) for one in INDICATORS]
        limits = definition("process.log_days", 2026).whole, definition("size.bands", 2026).wholes
        return (
            words,
            targets,
            limits,
            [stage_of(name, 2026) for name in STAGES],
            definition("place.definition", 2026).word,
        )

    return said


def test_changing_any_figure_changes_what_is_told(everything):
    known = current_definitions()
    before = everything(known)

    unnoticed = [
        name
        for name, row in zip(NAMES, FIGURES, strict=True)
        for value in other_values(known.by_name[row[0]].figures[row[1]][row[2]])
        if everything(altered(known, *row, value)) == before
    ]

    assert unnoticed == []


def test_each_indicator_and_stage_has_its_words_in_any_year():
    for year in (2019, 2026, 2031):
        assert all(definition(f"{one.code}.definition", year).word for one in INDICATORS)
        assert all(stage(name, year).effective_from <= date(2021, 4, 1) for name in STAGES)
