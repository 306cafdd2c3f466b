"""An outcome as JSON text: what is the same for many is written once and kept, as the conditions themselves are."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring as text

from grants.rules.outcome import Condition, Line, Outcome, WorkerPart

TRUTH = {True: "true", False: "false"}


def outcome_as_json(outcome: Outcome) -> str:
    """What `outcome_as_mapping` would say, key by key."""
    return (
        f'{{"payable": {TRUTH[outcome.payable]}, "expense_aid": {outcome.expense_aid}, "wage_aid": {outcome.wage_aid},'
        f' "ojt_aid": {outcome.ojt_aid}, "total": {outcome.total}, "uplift_expense_aid": {outcome.uplift_expense_aid},'
        f' "uplift_wage_aid": {outcome.uplift_wage_aid}, "uplift_ojt_aid": {outcome.uplift_ojt_aid},'
        f' "calculated": {outcome.calculated}, "payable_amount": {outcome.payable_amount},'
        f' "unverified": {names(outcome.unverified)}, "conditions": {listed(map(condition, outcome.conditions))},'
        f' "lines": {listed(map(line, outcome.lines))}, "uplift_lines": {listed(map(line, outcome.uplift_lines))},'
        f' "workers": {listed(map(part, outcome.workers))}}}'
    )


def listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


@lru_cache(maxsize=4096)
def names(told: tuple[str, ...]) -> str:
    return listed(map(text, told))


def condition(found: Condition) -> str:
    """Most of them are made once for many outcomes, and so is their text."""
    try:
        return found.written
    except AttributeError:
        said = (
            f'{{"code": {text(found.code)}, "label": {text(found.label)}, "state": {text(found.state)},'
            f' "because": {text(found.because)}, "source": {text(found.source)}, "subject": {text(found.subject)}}}'
        )
        object.__setattr__(found, "written", said)
        return said


def line(row: Line) -> str:
    about = backed(row.code, row.label, row.figures, row.source, row.confidence, row.verified_until, row.subject)
    return f'{{"amount": {row.amount}, "because": {text(row.because)}, {about}'


@lru_cache(maxsize=65536)
def backed(
    code: str, label: str, figures: tuple[str, ...], source: str, confidence: str, until: date, subject: str
) -> str:
    """All of a line but its amount and the arithmetic behind it."""
    return (
        f'"code": {text(code)}, "label": {text(label)}, "figures": {names(figures)}, "source": {text(source)},'
        f' "confidence": {text(confidence)}, "verified_until": "{until.isoformat()}", "subject": {text(subject)}}}'
    )


def part(one: WorkerPart) -> str:
    percent = "null" if one.attendance_percent is None else one.attendance_percent
    return (
        f'{{"subject": {text(one.subject)}, "supported": {TRUTH[one.supported]}, "attendance_percent": {percent},'
        f' "expense_aid": {one.expense_aid}, "wage_minutes": {one.wage_minutes}, "ojt_passed": {TRUTH[one.ojt_passed]}}}'
    )
