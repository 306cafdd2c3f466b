"""The number that says how old frozen facts are."""

from collections.abc import Mapping
from typing import Any


def shape_of(facts: Mapping[str, Any], *, newest: int) -> int:
    """What was frozen before there were numbers is of the first. Facts newer than the program are refused, never guessed."""
    found: int = facts.get("shape", 1)
    if found > newest:
        raise ValueError(f"Facts of shape {found} are newer than this program, which knows {newest}.")
    return found
