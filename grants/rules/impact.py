"""What a change of the scheme files does: the cases whose outcome differs, by how much, and which figures each rests on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from firms.rules.figures import Figure
from firms.rules.reading import FactError
from grants.rules.editions import Scheme, Schemes
from grants.rules.facts import TrainingFacts
from grants.rules.outcome import Outcome
from grants.rules.training import assess

AMOUNTS = (
    "expense_aid",
    "wage_aid",
    "ojt_aid",
    "total",
    "uplift_expense_aid",
    "uplift_wage_aid",
    "uplift_ojt_aid",
    "payable_amount",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One case under both editions; an amount is None where an edition cannot reckon it at all."""

    case: str
    before: int | None
    after: int | None
    differences: tuple[tuple[str, int], ...]
    conditions: tuple[str, ...]

    @property
    def difference(self) -> int:
        return (self.after or 0) - (self.before or 0)


def changes(before: Schemes, after: Schemes, cases: Iterable[tuple[str, TrainingFacts]]) -> Iterator[Change]:
    """Only the cases whose amounts or conditions differ, in the order given, one at a time."""
    for case, facts in cases:
        old, new = outcome_or_none(facts, before), outcome_or_none(facts, after)
        found = Change(case, amount(old), amount(new), differences(old, new), turned(old, new))
        if found.differences or found.conditions or (old is None) != (new is None):
            yield found


def outcome_or_none(facts: TrainingFacts, schemes: Schemes) -> Outcome | None:
    try:
        return assess(facts, schemes=schemes)
    except FactError:
        return None


def amount(outcome: Outcome | None) -> int | None:
    return None if outcome is None else outcome.payable_amount


def differences(old: Outcome | None, new: Outcome | None) -> tuple[tuple[str, int], ...]:
    pairs = ((name, value(new, name) - value(old, name)) for name in AMOUNTS)
    return tuple((name, by) for name, by in pairs if by)


def value(outcome: Outcome | None, name: str) -> int:
    return 0 if outcome is None else int(getattr(outcome, name))


def turned(old: Outcome | None, new: Outcome | None) -> tuple[str, ...]:
    """The codes of the conditions whose state is another one now, with the trainee they are about."""
    states = [
        {(c.code, c.subject): c.state for c in outcome.conditions} if outcome is not None else {}
        for outcome in (old, new)
    ]
    keys = dict.fromkeys([*states[0], *states[1]])
    return tuple(" ".join(filter(None, key)) for key in keys if states[0].get(key) != states[1].get(key))


class Watched(Schemes):
    """Schemes that note which figures were asked for; of use once, since the rules keep what they made of an edition."""

    asked: set[tuple[str, str]]

    def __init__(self, by_name: Mapping[str, Scheme]) -> None:
        super().__init__(by_name)
        object.__setattr__(self, "asked", set())

    def find(self, table: str, name: str, on: date) -> Figure | None:
        self.asked.add((table, name))
        return super().find(table, name, on)

    def latest(self, table: str, name: str, on: date) -> Figure:
        self.asked.add((table, name))
        return super().latest(table, name, on)


def figures_asked(facts: TrainingFacts, schemes: Schemes) -> frozenset[tuple[str, str]]:
    """Table and name of each figure the outcome was reckoned from: an edit of any other one cannot move it."""
    watched = Watched(schemes.by_name)
    outcome_or_none(facts, watched)
    return frozenset(watched.asked)
