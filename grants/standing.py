"""Whether each trainee can still reach the share of attendance the grant asks for: the early warning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.facts import Ground, gather_with_changes, share_of
from grants.models import GrantCase
from grants.models.claims import NEVER_HELD

Facts = dict[str, Any]
WHOLE = 100


@dataclass(frozen=True)
class Standing:
    """`best_percent` is what they reach if they miss nothing more."""

    key: str
    name: str
    attended_minutes: int
    planned_minutes: int
    best_percent: int
    can_pass: bool

    @property
    def is_lost(self) -> bool:
        return not self.can_pass


def standings(case: GrantCase, *, on: date, ground: Ground | None = None) -> list[Standing]:
    """Of a case whose plan was filed."""
    facts, _changes = gather_with_changes(case, on, ground=ground)
    return [standing(one, method=facts["plan"]["course"]["method"], on=on) for one in facts["workers"]]


def standing(worker: Facts, *, method: str, on: date) -> Standing:
    if "completed" in worker:
        return learning(worker)
    best = worker["attended_minutes"] + still_ahead(worker["lessons"])
    share = share_of(worker | {"attended_minutes": best}, method=method, on=on)
    return Standing(
        key=worker["key"],
        name=worker["name"],
        attended_minutes=worker["attended_minutes"],
        planned_minutes=worker["planned_minutes"],
        best_percent=share.percent if share else 0,
        can_pass=share.passes if share else False,
    )


def learning(worker: Facts) -> Standing:
    """Online there is no share to reach: all is finished within the days, or nothing counts."""
    is_lost = worker["completed"] is False
    return Standing(
        key=worker["key"],
        name=worker["name"],
        attended_minutes=worker["attended_minutes"],
        planned_minutes=worker["planned_minutes"],
        best_percent=worker["percent"] if is_lost else WHOLE,
        can_pass=not is_lost,
    )


def still_ahead(lessons: Iterable[Facts]) -> int:
    """Lessons nobody has marked yet may still be attended in full."""
    return sum(
        lesson["planned_minutes"] for lesson in lessons if lesson["mark_id"] is None and lesson["source"] != NEVER_HELD
    )
