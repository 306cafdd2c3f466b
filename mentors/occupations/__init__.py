"""The occupations a マイスター may be certified in: versioned lists as TOML, the newest in use and the older ones kept."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from firms.words.saying import said

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Occupation:
    """`also` holds what people say instead: readings, machines, kinds of work."""

    key: str
    label: str
    also: str


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: str
    occupations: tuple[Occupation, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    edition: str
    title: str
    first_on: date
    source: str
    note: str
    groups: tuple[Group, ...]

    def all(self) -> Iterator[Occupation]:
        for group in self.groups:
            yield from group.occupations


class OccupationsError(ValueError):
    """A list of occupations cannot be used; the message names the file and the reason."""


@cache
def editions() -> tuple[Edition, ...]:
    """Every list, the oldest first; parsed once per process."""
    return tuple(sorted((read(path) for path in HERE.glob("*.toml")), key=lambda one: one.first_on))


def read(path: Path) -> Edition:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if data["edition"] != path.stem:
        raise OccupationsError(f"{path.name}: edition「{data['edition']}」がファイル名と違います。")
    groups = tuple(group(one) for one in data["groups"])
    keys = [one.key for each in groups for one in each.occupations]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise OccupationsError(f"{path.name}: 職種の記号が重なっています（{'・'.join(sorted(twice))}）。")
    return Edition(data["edition"], data["title"], data["from"], data["source"], data["note"], groups)


def group(data: dict[str, object]) -> Group:
    lines = data["occupations"]
    assert isinstance(lines, list)
    return Group(str(data["key"]), str(data["label"]), tuple(Occupation(*line.split("|")) for line in lines))


def current_edition() -> Edition:
    return editions()[-1]


@cache
def occupation(key: str) -> Occupation | None:
    """As the newest list that knows the key calls it: one that was dropped keeps its name on old certificates."""
    found = (one for edition in reversed(editions()) for one in edition.all() if one.key == key)
    return next(found, None)


def label_of(key: str) -> str:
    found = occupation(key)
    return said(found.label) if found else key


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select, group by group."""
    return [
        (said(one.label), [(each.key, said(each.label)) for each in one.occupations])
        for one in current_edition().groups
    ]
