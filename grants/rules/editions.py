"""Schemes as dated, sourced figures, and the question which figure was in force on a day."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from grants.rules.reading import FactError

ONE_DAY = timedelta(days=1)
Value = int | bool | date | Fraction | tuple[str, ...]


class NoFigure(FactError):
    """No figure of that name is known for that day."""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One value of one figure, from the day it took force; compared by identity so that it keys a cache cheaply."""

    scheme: str
    name: str
    label: str
    value: Value
    unit: str
    clock: str
    source: str
    confidence: str
    verified_until: date
    effective_from: date
    effective_to: date | None = None

    @property
    def whole(self) -> int:
        if not isinstance(self.value, int):
            raise TypeError(f"{self.scheme}/{self.name} is no whole number")
        return self.value

    @property
    def day(self) -> date:
        if not isinstance(self.value, date):
            raise TypeError(f"{self.scheme}/{self.name} is no date")
        return self.value

    @property
    def names(self) -> tuple[str, ...]:
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.scheme}/{self.name} is no list")
        return self.value

    @property
    def ratio(self) -> Fraction:
        if isinstance(self.value, Fraction):
            return self.value
        return Fraction(self.whole, 100)

    @property
    def is_verified(self) -> bool:
        return self.confidence != "low"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One grant, or one part shared by several grants: a TOML file."""

    name: str
    title: str
    authority: str
    clock: str
    combination: str
    combination_note: str
    menus: Mapping[str, str]
    figures: Mapping[str, tuple[Figure, ...]]

    def find(self, name: str, on: date) -> Figure | None:
        for figure in reversed(self.figures.get(name, ())):
            if figure.effective_from <= on:
                ended = figure.effective_to is not None and figure.effective_to < on
                return None if ended else figure
        return None


@dataclass(frozen=True, eq=False)
class Schemes:
    """Every scheme of one edition of the files; compared by identity so that it can key a cache."""

    by_name: Mapping[str, Scheme]

    @cached_property
    def turning_days(self) -> list[date]:
        """Every day on which any figure begins, ends or, being a date itself, opens or closes something."""
        days = set()
        for figure in self.all_figures():
            days.add(figure.effective_from)
            if figure.effective_to is not None:
                days.add(figure.effective_to + ONE_DAY)
            if isinstance(figure.value, date):
                days |= {figure.value, figure.value + ONE_DAY}
        return sorted(days)

    def edition_of(self, on: date) -> date:
        """The first day since which no figure changed: days of one edition share it, so it keys a cache well."""
        n = bisect_right(self.turning_days, on)
        return self.turning_days[n - 1] if n else on

    def find(self, scheme: str, name: str, on: date) -> Figure | None:
        found = self.by_name.get(scheme)
        return found.find(name, on) if found else None

    def get(self, scheme: str, name: str, on: date) -> Figure:
        figure = self.find(scheme, name, on)
        if figure is None:
            raise NoFigure(
                f"{on.isoformat()}の時点で有効な数値「{scheme} / {name}」が登録されていません。日付と制度を確認してください。"
            )
        return figure

    def holds(self, scheme: str, name: str, on: date) -> bool:
        """Whether a dated rule (unit `flag`) is in force."""
        rule = self.find(scheme, name, on)
        return rule is not None and rule.value is True

    def latest(self, scheme: str, name: str, on: date) -> Figure:
        """For counting days: where the date lies before the first edition, the first one counts."""
        dated = self.by_name[scheme].figures[name]
        return self.find(scheme, name, on) or (dated[0] if on < dated[0].effective_from else dated[-1])

    def all_figures(self) -> tuple[Figure, ...]:
        return tuple(f for scheme in self.by_name.values() for dated in scheme.figures.values() for f in dated)
