"""The shape in which the indicators of a year are told, shown, exported and kept as reported."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

SHAPE = 1
# A number, a decimal as text, "" where there is nothing to reckon, None where it may not be shown.
Value = int | str | None
ALL = "all"


class ColumnFacts(TypedDict):
    code: str
    label: str
    unit: str


class LineFacts(TypedDict):
    """`by` is ALL or a dimension, `group` the word of it; `values` in the order of the columns."""

    by: str
    group: str
    values: list[Value]


class IndicatorFacts(TypedDict):
    """`target` is put against the column `target_of` and is to be reached, or with `is_ceiling` not to be exceeded."""

    code: str
    title: str
    definition: str
    source: str
    is_weak: bool
    verified_until: str
    target: int | None
    target_of: str
    is_ceiling: bool
    columns: list[ColumnFacts]
    lines: list[LineFacts]


class StageFacts(TypedDict):
    """One stage of the logic model and the indicators that stand for it."""

    label: str
    text: str
    indicators: list[str]


class ReportFacts(TypedDict):
    """Everything a year's page, sheet and report say. Days are ISO dates; `least` people stand behind whatever is shown."""

    shape: int
    year: int
    as_of: str
    ward: str
    least: int
    dimensions: dict[str, str]
    grouping: str
    indicators: list[IndicatorFacts]
    logic_model: list[StageFacts]


def lifted_report(facts: Mapping[str, Any]) -> ReportFacts:
    """What everybody reads: today's shape is the first."""
    return cast(ReportFacts, facts)
