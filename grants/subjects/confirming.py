"""事前確認書: the items of 様式第11号 a menu confirms, and the rest of the sheet."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from grants.subjects.trainings import Edition, Training

DATA = Path(__file__).with_name("confirmation.toml")


# One line of the list; `from` is no name of Python's.
ItemRow = TypedDict("ItemRow", {"no": str, "says": str, "answer": str, "from": date}, total=False)


class Section(TypedDict, total=False):
    title: str
    menus: list[str]
    items: list[ItemRow]


@dataclass(frozen=True)
class Item:
    """`answer` is the requirement that says the same, empty where there is none; `is_asked` where the menu must confirm it."""

    no: str
    says: str
    part: str
    answer: str
    is_asked: bool


@cache
def parts() -> tuple[Section, ...]:
    return tuple(cast(list[Section], tomllib.loads(DATA.read_text(encoding="utf-8"))["parts"]))


def sheet_items(entry: Training, edition: Edition) -> list[Item]:
    """Every item of the sheet of that edition."""
    return [
        Item(
            row["no"], row["says"], part["title"], row.get("answer", ""), entry.code in part.get("menus", [entry.code])
        )
        for part in parts()
        for row in part["items"]
        if row.get("from", edition.first) <= edition.first
    ]


def items_of(entry: Training, edition: Edition) -> list[Item]:
    """Those this menu confirms."""
    return [item for item in sheet_items(entry, edition) if item.is_asked]
