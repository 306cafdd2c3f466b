"""The shapes of what is frozen of a round and of a paper, and the one way to read each, whatever its age."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from firms.ledgers.shapes import shape_of

SHAPE = 2
SHEET_SHAPE = 1


class RoundTerms(TypedDict):
    """A programme as its file said the day the round was opened (`trials.rules.Programme`); days are ISO dates."""

    shape: int
    name: str
    title: str
    legal_kind: str
    months_per_trial: int
    trials_per_person: int | None
    least_age: int | None
    greatest_age: int | None
    weekly_hours: int | None
    statuses: list[str]
    feeds: list[str]
    intent_days_before: list[int]
    retention_months: list[int]
    verified_until: str
    unverified: list[str]
    source: str


def lifted_round(terms: Mapping[str, Any]) -> RoundTerms:
    """In today's shape; the one before had no number."""
    shape_of(terms, newest=SHAPE)
    return cast(RoundTerms, {**terms, "shape": SHAPE})


class SectionFacts(TypedDict):
    """A list of labels with their values, or a table; `sums` stands below its columns."""

    heading: str
    rows: list[list[str]]
    columns: list[str]
    table: list[list[str]]
    sums: list[str]


class SheetFacts(TypedDict):
    """A paper of a trial as it was printed; `on` is its day as it stands on paper, `law` by what rule it is made."""

    shape: int
    title: str
    mark: str
    to: str
    sender: str
    on: str
    law: str
    lead: str
    sections: list[SectionFacts]
    notes: list[str]


def lifted_sheet(facts: Mapping[str, Any]) -> SheetFacts:
    """There is one shape so far."""
    shape_of(facts, newest=SHEET_SHAPE)
    return cast(SheetFacts, facts)
