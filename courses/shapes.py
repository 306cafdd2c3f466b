"""The shape of what is frozen onto certificates, and the one way to read it, whatever its age."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

SHAPE = 2


class SkillFacts(TypedDict):
    """The item as it was called that day; `framework`, `edition` and `address` are empty for one no framework knows."""

    item: str
    label: str
    framework: str
    edition: str
    address: str


class RunFacts(TypedDict):
    """What every certificate of a run says the same. Days are ISO dates."""

    course: str
    course_id: int
    about: str
    run: str
    college: str
    college_id: int
    representative_title: str
    representative_name: str
    method: str
    level: str
    planned_minutes: int
    planned: str
    first_on: str
    last_on: str
    skills: list[SkillFacts]


class CertificateFacts(RunFacts):
    """`completed_on`: when the learning ended, where the college says that of one it gives later."""

    shape: int
    hours: str
    criteria: str
    name: str
    kana: str
    attended_minutes: int
    attended: str
    number: str
    issued_on: str
    completed_on: str | None


def lifted_certificate(facts: Mapping[str, Any]) -> CertificateFacts:
    """In today's shape. The one before had no number, and said when the learning ended only where that was known."""
    found = facts.get("shape", 1)
    if found > SHAPE:
        raise ValueError(f"Facts of shape {found} are newer than this program, which knows {SHAPE}.")
    return cast(CertificateFacts, facts if found == SHAPE else {"completed_on": None, **facts, "shape": SHAPE})
