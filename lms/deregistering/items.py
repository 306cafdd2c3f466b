"""How the lines of a deregistration are written: what it is, and how it stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class TouchedItem:
    """One line: what it is, and how it stands. People are counted, not named: who learns is not the ward's business."""

    name: str
    note: str


def counted(names: Iterable[object], note: str) -> list[TouchedItem]:
    """A line for each name, with how many there are of it in `note`."""
    return [TouchedItem(str(name), note % {"n": n}) for name, n in Counter(names).items()]
