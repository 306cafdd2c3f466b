"""The shape of what is frozen onto a certification, and the one way to read it, whatever its age."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from firms.ledgers.shapes import shape_of

SHAPE = 2


class CertificationFacts(TypedDict):
    """As the person, the application and the ward said it that day; `source` is where the term of years stands."""

    shape: int
    name: str
    kana: str
    designation: str
    occupation: str
    edition: str
    ward: str
    representative_title: str
    representative_name: str
    source: str
    teaches: str
    machines: str
    area: str
    languages: str
    dx_facts: str


def lifted_certification(facts: Mapping[str, Any]) -> CertificationFacts:
    """In today's shape; the one before had no number."""
    shape_of(facts, newest=SHAPE)
    return cast(CertificationFacts, {**facts, "shape": SHAPE})
