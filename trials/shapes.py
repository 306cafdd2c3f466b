"""The shape of what is frozen of a round, and the one way to read it, whatever its age."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from firms.ledgers.shapes import shape_of

SHAPE = 2


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
