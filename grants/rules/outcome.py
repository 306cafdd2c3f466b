"""What an assessment says: conditions met or not, lines that add up, and what may be paid."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from firms.rules.figures import Figure, sources

State = Literal["met", "unmet", "unknown"]


class WrittenOnce:
    """Beside its fields it keeps how it is written, once `grants.rules.writing` has done so; no part of what it says."""

    __slots__ = ("written",)
    written: str


@dataclass(frozen=True, slots=True)
class Condition(WrittenOnce):
    """One requirement; `subject` is the worker's key, empty where the firm or the training is meant."""

    code: str
    label: str
    state: State
    because: str
    source: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One amount with the arithmetic that made it and the figures it rests on."""

    code: str
    label: str
    amount: int
    because: str
    figures: tuple[str, ...]
    source: str
    confidence: str
    verified_until: date
    subject: str = ""


class WorkerPart(NamedTuple):
    """What one worker brings to the sums: yen are cut to whole yen here, below 100 yen only on the totals."""

    subject: str
    supported: bool
    attendance_percent: int | None
    expense_aid: int
    wage_minutes: int
    ojt_passed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """`lines` add up to `total`; the uplift is claimed apart and has its own lines."""

    payable: bool
    conditions: tuple[Condition, ...]
    lines: tuple[Line, ...]
    expense_aid: int
    wage_aid: int
    ojt_aid: int
    total: int
    uplift_expense_aid: int
    uplift_wage_aid: int
    uplift_ojt_aid: int
    uplift_lines: tuple[Line, ...]
    calculated: int
    payable_amount: int
    unverified: tuple[str, ...]
    workers: tuple[WorkerPart, ...]


def line(code: str, label: str, amount: int, because: str, figures: tuple[Figure, ...]) -> Line:
    names, source, confidence, verified_until = backing(figures)
    return Line(code, label, amount, because, names, source, confidence, verified_until)


@lru_cache(maxsize=65536)
def backing(figures: tuple[Figure, ...]) -> tuple[tuple[str, ...], str, str, date]:
    """The names, sources, weakest confidence and earliest `verified_until` of the figures a line rests on."""
    names = tuple(f"{f.table}/{f.name}" for f in figures)
    source = sources(*figures)
    weakest = next((c for c in ("low", "medium") if any(f.confidence == c for f in figures)), "high")
    return names, source, weakest, min(f.verified_until for f in figures)


def outcome_as_mapping(outcome: Outcome) -> dict[str, object]:
    """Ready for JSON; field names as in the class."""
    return {
        "payable": outcome.payable,
        "expense_aid": outcome.expense_aid,
        "wage_aid": outcome.wage_aid,
        "ojt_aid": outcome.ojt_aid,
        "total": outcome.total,
        "uplift_expense_aid": outcome.uplift_expense_aid,
        "uplift_wage_aid": outcome.uplift_wage_aid,
        "uplift_ojt_aid": outcome.uplift_ojt_aid,
        "calculated": outcome.calculated,
        "payable_amount": outcome.payable_amount,
        "unverified": list(outcome.unverified),
        "conditions": [condition_as_mapping(c) for c in outcome.conditions],
        "lines": [line_as_mapping(row) for row in outcome.lines],
        "uplift_lines": [line_as_mapping(row) for row in outcome.uplift_lines],
        "workers": [part_as_mapping(w) for w in outcome.workers],
    }


def condition_as_mapping(condition: Condition) -> dict[str, object]:
    return {name: getattr(condition, name) for name in Condition.__slots__}


def line_as_mapping(row: Line) -> dict[str, object]:
    found = {name: getattr(row, name) for name in Line.__slots__}
    return found | {"figures": list(row.figures), "verified_until": row.verified_until.isoformat()}


def part_as_mapping(part: WorkerPart) -> dict[str, object]:
    return part._asdict()
