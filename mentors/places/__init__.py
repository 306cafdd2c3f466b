"""Where the offices of wards and cities stand: versioned lists as TOML, and how far one is from another as the crow flies."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

HERE = Path(__file__).parent
# The mean radius of the earth (IUGG R1): good for whole kilometres in one region.
EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Town:
    """A ward or city by the code of 総務省, and where its office stands."""

    key: str
    name: str
    prefecture: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Region:
    key: str
    label: str
    places: tuple[Town, ...]


@dataclass(frozen=True, slots=True)
class PlaceEdition:
    edition: str
    title: str
    first_on: date
    source: str
    confidence: str
    verified_until: date
    note: str
    regions: tuple[Region, ...]

    def all(self) -> Iterator[Town]:
        for region in self.regions:
            yield from region.places


class PlacesError(ValueError):
    """A list of places cannot be used; the message names the file and the reason."""


@cache
def editions() -> tuple[PlaceEdition, ...]:
    """Every list, the oldest first; parsed once per process."""
    return tuple(sorted((read(path) for path in HERE.glob("*.toml")), key=lambda one: one.first_on))


def read(path: Path) -> PlaceEdition:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if data["edition"] != path.stem:
        raise PlacesError(f"{path.name}: edition「{data['edition']}」がファイル名と違います。")
    regions = tuple(region(one) for one in data["groups"])
    keys = sorted(one.key for each in regions for one in each.places)
    if twice := {one for one, after in pairwise(keys) if one == after}:
        raise PlacesError(f"{path.name}: 場所の記号が重なっています（{'・'.join(sorted(twice))}）。")
    said = {name: data[name] for name in ("edition", "title", "source", "confidence", "verified_until", "note")}
    return PlaceEdition(first_on=data["from"], regions=regions, **said)


def region(data: dict[str, object]) -> Region:
    lines, prefecture = data["places"], str(data["prefecture"])
    assert isinstance(lines, list)
    cells = [line.split("|") for line in lines]
    places = tuple(Town(key, name, prefecture, float(lat), float(lon)) for key, name, lat, lon in cells)
    return Region(str(data["key"]), str(data["label"]), places)


def edition_on(day: date) -> PlaceEdition:
    """The newest of that day; before the first of all, the first."""
    return next((one for one in reversed(editions()) if one.first_on <= day), editions()[0])


@cache
def place(key: str) -> Town | None:
    """As the newest list that knows the key calls it."""
    return next((one for each in reversed(editions()) for one in each.all() if one.key == key), None)


def label_of(key: str) -> str:
    found = place(key)
    return found.name if found else key


def place_of(address: str, *, prefecture: str, on: date) -> Town | None:
    """The ward or city an address begins with, in that prefecture; none where it begins with anything else.

    A name is not looked for inside an address: 中央区 is a ward of many cities.
    """
    rest = "".join(address.split()).removeprefix(prefecture)
    here = (one for one in edition_on(on).all() if one.prefecture == prefecture and rest.startswith(one.name))
    return max(here, key=lambda one: len(one.name), default=None)


def kilometres(one: Town, other: Town) -> int:
    """Between the two offices along the earth's surface, in whole kilometres."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    across = sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(across)))


def towns() -> list[tuple[str, list[tuple[str, str]]]]:
    """For ticking: the wards of Tokyo and whole cities, without the wards of a city."""
    return [(label, [one for one in each if not is_ward_of_city(one[1])]) for label, each in choices()]


def is_ward_of_city(name: str) -> bool:
    return name.endswith("区") and "市" in name


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select, region by region."""
    return [(one.label, [(each.key, each.name) for each in one.places]) for one in editions()[-1].regions]
