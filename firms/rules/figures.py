"""Dated, sourced figures in named tables, and the question which of them was in force on a day."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from firms.rules.calendar import ONE_DAY
from firms.rules.reading import FactError

Value = int | bool | str | date | Fraction | tuple[str, ...] | tuple[int, ...]


class NoFigure(FactError):
    """No figure of that name is known for that day."""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One value of one figure, from the day it took force; compared by identity so that it keys a cache cheaply."""

    table: str
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
            raise TypeError(f"{self.table}/{self.name} is no whole number")
        return self.value

    @property
    def day(self) -> date:
        if not isinstance(self.value, date):
            raise TypeError(f"{self.table}/{self.name} is no date")
        return self.value

    @property
    def word(self) -> str:
        if not isinstance(self.value, str):
            raise TypeError(f"{self.table}/{self.name} is no word")
        return self.value

    @property
    def names(self) -> tuple[str, ...]:
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.table}/{self.name} is no list")
        return tuple(str(one) for one in self.value)

    @property
    def wholes(self) -> tuple[int, ...]:
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.table}/{self.name} is no list")
        return tuple(int(one) for one in self.value)

    @property
    def ratio(self) -> Fraction:
        if isinstance(self.value, Fraction):
            return self.value
        return Fraction(self.whole, 100)

    @property
    def is_verified(self) -> bool:
        return self.confidence != "low"


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one TOML file."""

    name: str
    title: str
    figures: Mapping[str, tuple[Figure, ...]]

    def find(self, name: str, on: date) -> Figure | None:
        for figure in reversed(self.figures.get(name, ())):
            if figure.effective_from <= on:
                ended = figure.effective_to is not None and figure.effective_to < on
                return None if ended else figure
        return None


@dataclass(frozen=True, eq=False)
class Tables[One: Table]:
    """Every table of one edition of the files; compared by identity so that it can key a cache."""

    by_name: Mapping[str, One]

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

    def find(self, table: str, name: str, on: date) -> Figure | None:
        found = self.by_name.get(table)
        return found.find(name, on) if found else None

    def get(self, table: str, name: str, on: date) -> Figure:
        figure = self.find(table, name, on)
        if figure is None:
            raise NoFigure(
                f"{on.isoformat()}の時点で有効な数値「{table} / {name}」が登録されていません。日付を確認してください。"
            )
        return figure

    def holds(self, table: str, name: str, on: date) -> bool:
        """Whether a dated rule (unit `flag`) is in force."""
        rule = self.find(table, name, on)
        return rule is not None and rule.value is True

    def latest(self, table: str, name: str, on: date) -> Figure:
        """For counting days: where the date lies before the first edition, the first one counts."""
        dated = self.by_name[table].figures[name]
        return self.find(table, name, on) or (dated[0] if on < dated[0].effective_from else dated[-1])

    def all_figures(self) -> tuple[Figure, ...]:
        return tuple(f for table in self.by_name.values() for dated in table.figures.values() for f in dated)


def sources(*figures: Figure, also: tuple[str, ...] = ()) -> str:
    """Where an answer resting on these figures is from, each place named once."""
    return "; ".join(dict.fromkeys([*(f.source for f in figures), *also]))
