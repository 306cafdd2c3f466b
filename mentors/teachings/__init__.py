"""What a マイスター ticks for the public register and visitors choose from: machines, ways of teaching, areas, languages."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from firms.words.searching import search_form
from mentors import places

HERE = Path(__file__).parent
MACHINE, METHOD, AREA, LANGUAGE = "machine", "method", "area", "language"
SEPARATORS = re.compile(r"[、，,・\s]+")
FACETS = (MACHINE, METHOD, AREA, LANGUAGE)


@dataclass(frozen=True, slots=True)
class Tick:
    """`also` holds what people write instead."""

    key: str
    label: str
    also: tuple[str, ...] = ()

    def is_told_in(self, words: str) -> bool:
        return any(search_form(one) in words for one in (self.label, *self.also))


@dataclass(frozen=True, slots=True)
class TeachingEdition:
    edition: str
    title: str
    first_on: date
    source: str
    confidence: str
    verified_until: date
    note: str
    lists: Mapping[str, tuple[Tick, ...]]


class TeachingsError(ValueError):
    """A list cannot be used; the message names the file and the reason."""


@cache
def editions() -> tuple[TeachingEdition, ...]:
    """Every list, the oldest first; parsed once per process."""
    return tuple(sorted((read(path) for path in HERE.glob("*.toml")), key=lambda one: one.first_on))


def read(path: Path) -> TeachingEdition:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if data["edition"] != path.stem:
        raise TeachingsError(f"{path.name}: edition「{data['edition']}」がファイル名と違います。")
    lists = {facet: tuple(choice(line) for line in data[facet]["choices"]) for facet in (MACHINE, METHOD, LANGUAGE)}
    for facet, choices in lists.items():
        if len({one.key for one in choices}) < len(choices):
            raise TeachingsError(f"{path.name}: {facet}の記号が重なっています。")
    said = {name: data[name] for name in ("edition", "title", "source", "confidence", "verified_until", "note")}
    return TeachingEdition(first_on=data["from"], lists=lists, **said)


def choice(line: str) -> Tick:
    key, label, also = line.split("|")
    return Tick(key, label, tuple(also.split()))


@cache
def known(facet: str) -> Mapping[str, str]:
    """Label by key; the areas are the wards and cities whose offices we know."""
    if facet == AREA:
        return dict(chain.from_iterable(each for _region, each in places.towns()))
    return {one.key: one.label for edition in editions() for one in edition.lists[facet]}


def label_of(facet: str, key: str) -> str:
    return known(facet).get(key, key)


def told_in(facet: str, words: str) -> list[str]:
    """The keys somebody named in their own words: a machine anywhere in them, an area or a language only as a word by itself.

    Ways of teaching are ticked, never read out of words.
    """
    if facet == METHOD:
        return []
    if facet == AREA:
        named = apart(words)
        return [key for key, name in known(AREA).items() if name in named]
    said = search_form(words)
    return [one.key for one in editions()[-1].lists[facet] if one.is_told_in(said)]


def apart(words: str) -> list[str]:
    """What stands between commas, points and spaces, each once."""
    return [one for one in dict.fromkeys(SEPARATORS.split(words)) if one]


def choices(facet: str) -> list[tuple[str, Any]]:
    """For ticking; the areas region by region."""
    return list(places.towns()) if facet == AREA else list(known(facet).items())
