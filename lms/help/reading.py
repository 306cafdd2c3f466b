"""The words and the first steps, read from TOML once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from firms.acting import Acting
from firms.models.organisations import Kind, Role

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Word:
    """An official word, how it is read, and what it means in plain words."""

    word: str
    kana: str
    group: str
    means: str
    also: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        return f"word-{self.word}"


@dataclass(frozen=True)
class FirstStep:
    """What to do, why, and the name of the page where it is done."""

    title: str
    text: str
    page: str


@dataclass(frozen=True)
class Guide:
    """One role's beginning."""

    key: str
    title: str
    about: str
    steps: tuple[FirstStep, ...]


@cache
def words() -> Mapping[str, Word]:
    """By the word, in the order of their readings."""
    rows = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))["word"]
    found = sorted((Word(**row) for row in rows), key=lambda word: word.kana)
    return {word.word: word for word in found}


@cache
def labels() -> Mapping[str, Word]:
    """Every label of a page that is one of the words, under each of its names."""
    return {name: word for word in words().values() for name in (word.word, *word.also)}


@cache
def groups() -> Mapping[str, tuple[Word, ...]]:
    names = dict.fromkeys(
        row["group"] for row in tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))["word"]
    )
    return {name: tuple(word for word in words().values() if word.group == name) for name in names}


@cache
def guides() -> Mapping[str, Guide]:
    found = tomllib.loads((HERE / "steps.toml").read_text(encoding="utf-8"))
    return {
        key: Guide(key, told["title"], told["about"], tuple(FirstStep(**step) for step in told["steps"]))
        for key, told in found.items()
    }


# kind and role → whose beginning it is
KEYS = {
    (Kind.FIRM, Role.MANAGER): "manager",
    (Kind.FIRM, Role.EMPLOYEE): "employee",
    (Kind.COLLEGE, Role.COORDINATOR): "coordinator",
    (Kind.COLLEGE, Role.INSTRUCTOR): "instructor",
    (Kind.OFFICE, Role.ADVISOR): "office",
    (Kind.OFFICE, Role.CLERK): "office",
    (Kind.WARD, Role.OFFICER): "ward",
    (Kind.AGENCY, Role.COORDINATOR): "agency",
}


def guide_of(acting: Acting) -> Guide:
    return guides()[KEYS.get((Kind(acting.kind), Role(acting.role)), "oneself") if acting.kind else "oneself"]
