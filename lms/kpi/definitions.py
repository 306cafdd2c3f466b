"""How each indicator is counted and what it is measured against: dated, sourced lines of TOML."""

from datetime import date
from functools import cache
from pathlib import Path

from firms.rules.figures import Figure, Table, Tables
from firms.rules.loading import load_tables

FOLDER = Path(__file__).resolve().parent / "figures"
INDICATORS, LOGIC_MODEL = "indicators", "logic_model"
STAGES = ("need", "input", "activity", "output", "outcome_short", "outcome_mid", "impact")
# Which indicators stand for which stage of the logic model.
STANDS_FOR: dict[str, tuple[str, ...]] = {
    "input": ("archive",),
    "activity": ("hours", "help", "process"),
    "output": ("participants", "hours", "archive"),
    "outcome_short": ("conversion", "money", "refusals"),
    "outcome_mid": ("retention",),
}


@cache
def current_definitions() -> Tables[Table]:
    return load_tables(FOLDER, clocks=("year_begin",))


def definition(name: str, year: int, *, known: Tables[Table] | None = None) -> Figure:
    """Of the fiscal year as it began; before the first edition the first one counts."""
    return (known or current_definitions()).latest(INDICATORS, name, date(year, 4, 1))


def stage(name: str, year: int, *, known: Tables[Table] | None = None) -> Figure:
    return (known or current_definitions()).latest(LOGIC_MODEL, name, date(year, 4, 1))
