"""The programmes a trial can run under, as they stood on a day."""

from dataclasses import dataclass
from datetime import date

from firms.rules.figures import Figure, sources
from firms.rules.reading import FactError
from trials.rules.outcome import COMMON, standard
from trials.rules.tables import Programmes, current_programmes

INTENT = ("opens", "due", "escalates")
OPTIONAL = ("trials_per_person", "least_age", "greatest_age", "weekly_hours", "statuses", "feeds")


@dataclass(frozen=True, slots=True)
class Programme:
    """None where the programme sets no limit; `feeds` are the grants that ask for a hire through it.

    `verified_until` is the earliest day a figure of it has to be looked up again, `unverified` names those nobody confirmed.
    """

    name: str
    title: str
    legal_kind: str
    months_per_trial: int
    trials_per_person: int | None
    least_age: int | None
    greatest_age: int | None
    weekly_hours: int | None
    statuses: tuple[str, ...]
    feeds: tuple[str, ...]
    intent_days_before: tuple[int, int, int]
    retention_months: tuple[int, ...]
    verified_until: date
    unverified: tuple[str, ...]
    source: str

    def is_verified(self, on: date) -> bool:
        return on <= self.verified_until and not self.unverified


@dataclass(frozen=True, slots=True)
class Admission:
    admitted: bool
    because: str


def names_of_programmes(programmes: Programmes | None = None) -> tuple[str, ...]:
    return tuple(name for name in (programmes or current_programmes()).by_name if name != COMMON)


def open_programmes(on: date, *, programmes: Programmes | None = None) -> tuple[Programme, ...]:
    known = programmes or current_programmes()
    return tuple(
        programme(name, on, programmes=known) for name in names_of_programmes(known) if known.holds(name, "open", on)
    )


def programme(name: str, on: date, *, programmes: Programmes | None = None) -> Programme:
    known = programmes or current_programmes()
    if name not in names_of_programmes(known):
        raise FactError(f"programme「{name}」は {'・'.join(names_of_programmes(known))} のいずれかで指定してください。")
    needed = [known.get(name, key, on) for key in ("open", "legal_kind", "months_per_trial")]
    figures = {figure.name: figure for figure in needed}
    for key in OPTIONAL:
        if (found := known.find(name, key, on)) is not None:
            figures[key] = found
    return built(known, name, figures, on)


def built(known: Programmes, name: str, figures: dict[str, Figure], on: date) -> Programme:
    asked = [standard(f"intent.{key}_before", on, programme=name, programmes=known) for key in INTENT]
    retention = standard("retention.months", on, programme=name, programmes=known)
    opens, due, escalates = (figure.whole for figure in asked)
    every = [*figures.values(), *asked, retention]
    return Programme(
        name=name,
        title=known.by_name[name].title,
        legal_kind=figures["legal_kind"].word,
        months_per_trial=figures["months_per_trial"].whole,
        trials_per_person=whole(figures, "trials_per_person"),
        least_age=whole(figures, "least_age"),
        greatest_age=whole(figures, "greatest_age"),
        weekly_hours=whole(figures, "weekly_hours"),
        statuses=names(figures, "statuses"),
        feeds=names(figures, "feeds"),
        intent_days_before=(opens, due, escalates),
        retention_months=retention.wholes,
        verified_until=min(figure.verified_until for figure in every),
        unverified=tuple(figure.label for figure in every if not figure.is_verified),
        source=sources(*every),
    )


def whole(figures: dict[str, Figure], key: str) -> int | None:
    return figures[key].whole if key in figures else None


def names(figures: dict[str, Figure], key: str) -> tuple[str, ...]:
    return figures[key].names if key in figures else ()


def admits(found: Programme, *, age: int, status: str) -> Admission:
    """Whether someone of that age and standing may join; a programme without such a rule admits everybody."""
    if found.least_age is not None and age < found.least_age:
        return Admission(False, f"{found.title}は{found.least_age}歳からです（{age}歳）。")
    if found.greatest_age is not None and age > found.greatest_age:
        return Admission(False, f"{found.title}は{found.greatest_age}歳までです（{age}歳）。")
    if found.statuses and status not in found.statuses:
        return Admission(False, f"{found.title}に参加できる就業状況ではありません。")
    return Admission(True, f"{found.title}の年齢と就業状況の要件を満たします。")
