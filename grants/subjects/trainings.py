"""Trainings of lessons or e-learning: what each menu that pays for them takes, asks, states and prints."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from courses.models import Course
from grants.rules import CAUSES, current_schemes, open_menus
from grants.subjects.questions import Declared, questions_of

DATA = Path(__file__).with_name("trainings.toml")


@dataclass(frozen=True, slots=True)
class Edition:
    """Numbers of the forms and places of the rules for plans filed from a day on."""

    name: str
    first: date
    forms: Mapping[str, str]
    layouts: Mapping[str, str]
    sources: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Training:
    """One menu of one scheme that pays for a training; `states` is the relation of the case that holds what the firm
    says of its plan beside the training, empty where it says nothing more."""

    scheme: str
    menu: str
    grant: str
    label: str
    fields: tuple[str, ...]
    states: str
    plan: tuple[str, ...]
    editions: tuple[Edition, ...]

    @property
    def code(self) -> str:
        return f"{self.scheme}:{self.menu}"

    @property
    def title(self) -> str:
        return current_schemes().by_name[self.scheme].title

    @property
    def questions(self) -> tuple[Declared, ...]:
        return questions_of(self.scheme)

    def takes(self, course: Course) -> bool:
        return not self.fields or course.field in self.fields

    def edition_on(self, day: date) -> Edition:
        """The newest on the day the plan is filed; before all of them the oldest that is known."""
        return next((one for one in reversed(self.editions) if one.first <= day), self.editions[0])

    def edition(self, name: str) -> Edition:
        """The one that was frozen, by its name."""
        return {one.name: one for one in self.editions}[name]


@cache
def trainings() -> tuple[Training, ...]:
    return tuple(map(training, tomllib.loads(DATA.read_text(encoding="utf-8"))["training"]))


def training(row: Mapping[str, Any]) -> Training:
    return Training(
        scheme=row["scheme"],
        menu=row["menu"],
        grant=row["grant"],
        label=row["label"],
        fields=tuple(row.get("fields", ())),
        states=row.get("states", ""),
        plan=tuple(row["plan"]),
        editions=tuple(edition(one, row["scheme"]) for one in row["edition"]),
    )


def edition(row: Mapping[str, Any], scheme: str) -> Edition:
    """What the file does not name a place for is quoted as the cause has it, in the words of this scheme's text."""
    quoted = {code: current_schemes().quoted(cause.source, scheme) for code, cause in CAUSES.items()}
    return Edition(row["name"], row["from"], row["forms"], row.get("layouts", {}), quoted | row["sources"])


def trainings_for(course: Course) -> tuple[Training, ...]:
    """Those that take its subject, whether they take plans now or not."""
    return tuple(one for one in trainings() if one.takes(course))


def trainings_open(on: date) -> tuple[Training, ...]:
    """Those that take plans filed that day."""
    taken = {(menu.scheme, menu.menu) for menu in open_menus(on)}
    return tuple(one for one in trainings() if (one.scheme, one.menu) in taken)
