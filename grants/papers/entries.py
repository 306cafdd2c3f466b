"""What a frozen plan or claim holds, field by field: as a portal asks for it on its screens, and as a workbook names it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from firms.words.days import day_words
from grants.models import Claim, PlanVersion
from grants.papers.claim_context import claim_form
from grants.papers.context import plan_notice, worker_list
from grants.papers.pieces import Context, Tick
from grants.papers.stated_context import payee, standing

DATA = Path(__file__).with_name("entries.toml")
# 令和元年: forms ask for the year of the era, and none of ours lies before it.
FIRST_YEAR = 2019


ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TYPED_DAY = re.compile(r"(\d{4})/(\d{2})/(\d{2})")


@dataclass(frozen=True)
class Entry:
    """`value` as it is typed: days 2027/02/03, amounts and counts in digits."""

    key: str
    label: str
    value: str

    @property
    def shown(self) -> str:
        """As it is read; a day in words."""
        found = TYPED_DAY.fullmatch(self.value)
        return day_words(date(*map(int, found.groups()))) if found else self.value


@dataclass(frozen=True)
class Screen:
    title: str
    entries: list[Entry]


class ScreenRow(TypedDict):
    title: str
    of: list[str]
    entries: list[dict[str, str]]


class PortalRow(TypedDict):
    title: str
    note: str
    screens: list[ScreenRow]


@cache
def data() -> dict[str, PortalRow]:
    return cast(dict[str, PortalRow], tomllib.loads(DATA.read_text(encoding="utf-8")))


def context_of(frozen: PlanVersion | Claim) -> Context:
    if isinstance(frozen, Claim):
        return {**claim_form(frozen), **standing(frozen), **payee(frozen), "workers": list(frozen.lifted["workers"])}
    return {**worker_list(frozen), **plan_notice(frozen)}


def typed(value: object) -> str:
    """As a keyboard takes it; a choice by the words beside its tick."""
    if isinstance(value, (list, tuple)):
        return "、".join(filter(None, map(typed, value)))
    if isinstance(value, Tick):
        return value.label if value.is_ticked else ""
    if isinstance(value, date):
        return f"{value:%Y/%m/%d}"
    said = "" if value is None else str(value)
    # A day as frozen facts keep it.
    return said.replace("-", "/") if ISO_DAY.fullmatch(said) else said


def at(context: object, path: str) -> object:
    held = context
    for part in path.split("."):
        held = held.get(part) if isinstance(held, Mapping) else None
    return held


def entries_of(context: Context, rows: list[dict[str, str]]) -> Iterator[Entry]:
    for row in rows:
        if "each" not in row:
            yield Entry(row["key"], row["label"], typed(at(context, row["at"])))
            continue
        found = at(context, row["each"])
        for n, one in enumerate(found if isinstance(found, list) else [], start=1):
            yield Entry(f"{row['each']}.{n}.{row['key']}", f"{row['label']}（{n}）", typed(at(one, row["at"])))


def screens(portal: str, frozen: PlanVersion | Claim) -> list[Screen]:
    """In the order of the portal's screens; those of one kind of paper alone."""
    kind, context = ("claim" if isinstance(frozen, Claim) else "plan"), context_of(frozen)
    found = data()[portal]["screens"]
    return [Screen(one["title"], list(entries_of(context, one["entries"]))) for one in found if kind in one["of"]]


def portals() -> dict[str, dict[str, str]]:
    return {name: {"title": one["title"], "note": one["note"]} for name, one in data().items()}


def named_values(frozen: PlanVersion | Claim) -> dict[str, str]:
    """Every field by its name in a workbook. A day has its parts (.year of the era, .month, .day), a text its signs (.1, .2)."""
    found = {
        entry.key: entry.value for portal in data() for screen in screens(portal, frozen) for entry in screen.entries
    }
    return found | dict(parts_of(found))


def parts_of(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        pieces = value.split("/")
        if len(pieces) == 3 and all(piece.isdigit() for piece in pieces):
            year, month, day = map(int, pieces)
            yield from (
                (f"{key}.year", str(year - FIRST_YEAR + 1)),
                (f"{key}.month", str(month)),
                (f"{key}.day", str(day)),
            )
        elif key.endswith("number"):
            signs = value.replace("-", "")
            yield from ((f"{key}.{n}", sign) for n, sign in enumerate(signs, start=1))


def names_known() -> list[tuple[str, str]]:
    """Name and label of every field, for whoever marks a workbook; rows are counted from 1."""
    rows = [row for portal in data().values() for screen in portal["screens"] for row in screen["entries"]]
    named = {f"{row['each']}.1.{row['key']}" if "each" in row else row["key"]: row["label"] for row in rows}
    return sorted(named.items())


def is_known(name: str) -> bool:
    """Whether some plan or claim can fill it: a field, a row of a list, a part of a day or a sign of a number."""
    fields = {name for name, _label in names_known()}
    pieces = name.split(".")
    first = ".".join("1" if piece.isdigit() and n == 1 else piece for n, piece in enumerate(pieces))
    if first in fields:
        return True
    whole, _dot, part = first.rpartition(".")
    return whole in fields and (part.isdigit() or part in ("year", "month", "day"))
