"""What is said of safety before a session, by occupation and kind of work: versioned lists as TOML, older ones kept."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ANY, REMOTE = "*", "remote"


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class BriefingEdition:
    edition: str
    title: str
    first_on: date
    source: str
    note: str
    confidence: str
    lists: dict[str, tuple[Item, ...]]


class BriefingError(ValueError):
    """A list of items cannot be used; the message names the file and the reason."""


@cache
def editions() -> tuple[BriefingEdition, ...]:
    """Every list, the oldest first; parsed once per process."""
    return tuple(sorted((read(path) for path in HERE.glob("*.toml")), key=lambda one: one.first_on))


def read(path: Path) -> BriefingEdition:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if data["edition"] != path.stem:
        raise BriefingError(f"{path.name}: edition「{data['edition']}」がファイル名と違います。")
    lists = {one["work"]: tuple(Item(*line.split("|")) for line in one["items"]) for one in data["lists"]}
    if ANY not in lists or REMOTE not in lists:
        raise BriefingError(f"{path.name}: どの作業にも使う一覧か、遠隔の一覧がありません。")
    for work, items in lists.items():
        keys = [item.key for item in (items if work == ANY else (*lists[ANY], *items))]
        if len(set(keys)) < len(keys):
            raise BriefingError(f"{path.name}: {work}の項目の記号が重なっています。")
    said = {name: data[name] for name in ("edition", "title", "source", "note", "confidence")}
    return BriefingEdition(first_on=data["from"], lists=lists, **said)


def edition_on(day: date) -> BriefingEdition:
    """The newest of that day; before the first of all, the first."""
    return next((one for one in reversed(editions()) if one.first_on <= day), editions()[0])


def items_for(occupation: str, *, is_remote: bool, on: date) -> tuple[Item, ...]:
    """What is ticked of a session: what every work asks for, what this one does, and what being far away does."""
    known = edition_on(on).lists
    return (*known[ANY], *known.get(occupation, ()), *(known[REMOTE] if is_remote else ()))


def labels_of(edition: str, occupation: str, keys: list[str]) -> list[str]:
    """As the list called them by which they were ticked, in its order; a key it does not know stands for itself."""
    found = next((one for one in editions() if one.edition == edition), None)
    known = (*found.lists[ANY], *found.lists.get(occupation, ()), *found.lists[REMOTE]) if found else ()
    strange = set(keys) - {item.key for item in known}
    return [item.label for item in known if item.key in keys] + sorted(strange)
