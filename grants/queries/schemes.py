"""A scheme as its page shows it: its figures with their history, their sources, and what nobody has looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from firms.words.amounts import minutes_words, yen_words
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.rules import Figure, Scheme, current_schemes

UNITS: dict[str, str | Promise] = {
    "days": gettext_lazy("%(n)s日"),
    "hours": gettext_lazy("%(n)s時間"),
    "months": gettext_lazy("%(n)sか月"),
    "weeks": gettext_lazy("%(n)s週"),
    "years": gettext_lazy("%(n)s年"),
    "percent": gettext_lazy("%(n)s%%"),
    "persons": gettext_lazy("%(n)s人"),
    "times": gettext_lazy("%(n)s回"),
}
CONFIDENCES: dict[str, str | Promise] = {
    "high": gettext_lazy("原文で確認"),
    "medium": gettext_lazy("解説などで確認"),
    "low": gettext_lazy("未確認"),
}


@dataclass(frozen=True)
class DatedValue:
    """One dated line of a figure, as of the page's day."""

    figure: Figure
    value: str
    confidence: str | Promise
    is_now: bool
    is_ahead: bool
    is_unsure: bool
    is_past: bool


@dataclass(frozen=True)
class FigureRow:
    """`now` is None for a figure that has not begun or has ended."""

    name: str
    label: str
    now: DatedValue | None
    history: Sequence[DatedValue]

    @property
    def is_open(self) -> bool:
        """In force, and either weakly sourced or not looked at again in time."""
        return self.now is not None and (self.now.is_unsure or self.now.is_past)


def value_words(figure: Figure) -> str:
    value = figure.value
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, bool):
        return _("適用する") if value else _("適用しない")
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if figure.unit == "yen":
        return yen_words(figure.whole)
    if figure.unit == "minutes":
        return minutes_words(figure.whole)
    return str(UNITS[figure.unit]) % {"n": f"{value:,}"} if figure.unit in UNITS else str(value)


def figure_rows(scheme: Scheme, *, on: date) -> list[FigureRow]:
    """In the order of the file."""
    return [figure_row(scheme, name, on=on) for name in scheme.figures]


def figure_row(scheme: Scheme, name: str, *, on: date) -> FigureRow:
    now = scheme.find(name, on)
    history = [dated_value(one, now=now, on=on) for one in reversed(scheme.figures[name])]
    return FigureRow(name, history[0].figure.label, next((one for one in history if one.is_now), None), history)


def dated_value(figure: Figure, *, now: Figure | None, on: date) -> DatedValue:
    return DatedValue(
        figure=figure,
        value=value_words(figure),
        confidence=CONFIDENCES[figure.confidence],
        is_now=figure is now,
        is_ahead=figure.effective_from > on,
        is_unsure=figure.confidence != "high",
        is_past=figure.verified_until < on,
    )


def schemes_listed(*, on: date) -> list[tuple[Scheme, int, int]]:
    """Each with how many of its figures in force are weakly sourced, and how many are past the day they were good until."""
    found = [(scheme, figure_rows(scheme, on=on)) for scheme in current_schemes().by_name.values()]
    return [
        (
            scheme,
            sum(row.now.is_unsure for row in rows if row.now),
            sum(row.now.is_past for row in rows if row.now),
        )
        for scheme, rows in found
    ]
