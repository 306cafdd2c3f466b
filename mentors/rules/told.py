"""Every figure of the programme that is in force, as a page says it: what it is, where it is from, and how sure it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import in_words
from firms.rules.figures import Figure, NoFigure
from mentors.rules.tables import Programmes, current_programmes
from mentors.rules.ward import in_hours

UNITS = {
    "yen": "円",
    "years": "年",
    "days": "日",
    "months": "か月",
    "times": "回",
    "persons": "人",
}

NAMES = {
    "special_grade": "特級技能士",
    "grade_1": "1級技能士",
    "single_grade": "単一等級技能士",
    "equivalent": "同等の資格・受賞",
    "teaching": "指導技法の講習",
    "remote": "遠隔指導の講習",
}


@dataclass(frozen=True, slots=True)
class Told:
    label: str
    value: str
    since: str
    source: str
    confidence: str

    @property
    def is_verified(self) -> bool:
        return self.confidence != "low"


def told_figures(on: date, *, programmes: Programmes | None = None) -> tuple[Told, ...]:
    """In the order of the files; of a figure that began or ended otherwise nothing is said."""
    return tuple(told(one) for one in in_force(programmes or current_programmes(), on))


def in_force(known: Programmes, on: date) -> Iterator[Figure]:
    for table in known.by_name.values():
        for name in table.figures:
            try:
                yield known.get(table.name, name, on)
            except NoFigure:
                continue


def told(one: Figure) -> Told:
    return Told(one.label, value_words(one), in_words(one.effective_from), one.source, one.confidence)


def value_words(one: Figure) -> str:
    if isinstance(one.value, tuple):
        unit = "か月前" if one.unit == "month_list" else ""
        return "、".join(f"{NAMES.get(str(part), part)}{unit}" for part in one.value)
    if one.unit == "minutes":
        return in_hours(one.whole)
    if isinstance(one.value, int):
        return f"{one.value:,}{UNITS.get(one.unit, '')}"
    return str(one.value)


def unverified(on: date, *, programmes: Programmes | None = None) -> tuple[Told, ...]:
    """What nobody has checked against an original: the page that uses one says so."""
    return tuple(one for one in told_figures(on, programmes=programmes) if not one.is_verified)
