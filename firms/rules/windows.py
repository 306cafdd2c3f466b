"""Periods to file in that explain themselves."""

from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import CLOSED_DAYS, COUNTING, ONE_DAY, in_words, next_open_day, why_closed
from firms.rules.figures import Figure, sources


@dataclass(frozen=True, slots=True)
class Window:
    """A period to file in; `because` names event, first day, nominal last day and why it moved."""

    first: date
    last_nominal: date
    last: date
    because: str
    rule: str
    source: str

    def contains(self, filed_on: date) -> bool:
        return self.first <= filed_on <= self.last


def window(*, first: date, last_nominal: date, counted: str, figures: tuple[Figure, ...]) -> Window:
    last = next_open_day(last_nominal)
    return Window(
        first=first,
        last_nominal=last_nominal,
        last=last,
        because=f"{counted}{in_words(first)}から{in_words(last_nominal)}まで。{moved(last_nominal, last)}",
        rule="・".join(f.label for f in figures),
        source=sources(*figures, also=(COUNTING, CLOSED_DAYS)),
    )


def moved(nominal: date, last: date) -> str:
    if last == nominal:
        return "この日までに届く（到達する）必要があります。"
    closed, reasons = nominal, []
    while closed < last:
        reasons.append(f"{closed.month}月{closed.day}日は{why_closed(closed)}")
        closed += ONE_DAY
    return f"{'、'.join(reasons)}で閉庁のため、翌開庁日の{in_words(last)}が期限です。この日までに届く（到達する）必要があります。"
