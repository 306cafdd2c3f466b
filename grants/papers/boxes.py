"""Every box of every form: what fills it, what asks for it while it is empty, or whose hand writes it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grants.papers.pieces import Context

DATA = Path(__file__).with_name("boxes.toml")


@dataclass(frozen=True)
class Box:
    """`filled` is the path in the form's context (a list is followed into each of its rows), `asked` the place of the missing
    list that asks for it, `hand` who writes it; `none` says why a scheme of ours never has it."""

    no: str
    label: str
    filled: str = ""
    asked: str = ""
    hand: str = ""
    none: str = ""


@cache
def boxes() -> dict[str, tuple[Box, ...]]:
    """By sheet. The head every form shares stands under `head`."""
    found = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {name: tuple(Box(**row) for row in rows) for name, rows in found.items()}


def boxes_of(sheet: str) -> tuple[Box, ...]:
    return boxes().get(sheet, ())


def by_hand(sheets: Iterable[tuple[str, str, str]]) -> list[Context]:
    """What somebody writes on each form, each form once."""
    seen = dict.fromkeys(sheets)
    return [
        {"label": label, "title": title, "boxes": found}
        for label, title, sheet in seen
        if (found := [box for box in boxes_of(sheet) if box.hand])
    ]
