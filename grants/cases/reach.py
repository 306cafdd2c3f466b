"""Whether each trainee can still reach the share of attendance the grant asks for: the early warning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.minutes import needed_minutes
from grants.facts import Ground, gather_with_changes, share_of
from grants.models import GrantCase
from grants.models.claims import NEVER_HELD
from grants.rules import figure

Facts = dict[str, Any]
WHOLE = 100


@dataclass(frozen=True)
class Reach:
    """`best_percent` is what they reach if they miss nothing more, `spare_minutes` what they may miss and still pass;
    None where all must be finished. `unrecorded_minutes` are of lessons that are over without a record: whether they count
    nobody knows yet, so both figures take them as attended and the page says so."""

    key: str
    name: str
    attended_minutes: int
    planned_minutes: int
    percent: int
    best_percent: int
    can_pass: bool
    spare_minutes: int | None
    unrecorded_minutes: int = 0

    @property
    def is_lost(self) -> bool:
        return not self.can_pass


def reaches(case: GrantCase, *, on: date, ground: Ground | None = None) -> list[Reach]:
    """Of a case whose plan was filed."""
    facts, _changes = gather_with_changes(case, on, ground=ground)
    return [standing(one, method=facts["plan"]["course"]["method"], on=on) for one in facts["workers"]]


def standing(worker: Facts, *, method: str, on: date) -> Reach:
    if "completed" in worker:
        return learning(worker)
    unrecorded = unmarked(worker["lessons"], over=True, on=on)
    best = worker["attended_minutes"] + unmarked(worker["lessons"], over=False, on=on) + unrecorded
    # What is still ahead may be attended after all, so no more is forgiven than would then be missed.
    excused = min(worker["excused_minutes"], worker["planned_minutes"] - best)
    share = share_of(worker | {"attended_minutes": best, "excused_minutes": excused}, method=method, on=on)
    return Reach(
        key=worker["key"],
        name=worker["name"],
        attended_minutes=worker["attended_minutes"],
        planned_minutes=worker["planned_minutes"],
        percent=worker["percent"],
        best_percent=share.percent if share else 0,
        can_pass=share.passes if share else False,
        unrecorded_minutes=unrecorded,
        spare_minutes=max(best + excused - needed_minutes(worker["planned_minutes"], share_asked(on)), 0),
    )


def share_asked(on: date) -> int:
    return figure("hrd_common", "attendance.percent", on).whole


def learning(worker: Facts) -> Reach:
    """Online there is no share to reach: all is finished within the days, or nothing counts."""
    is_lost = worker["completed"] is False
    return Reach(
        key=worker["key"],
        name=worker["name"],
        attended_minutes=worker["attended_minutes"],
        planned_minutes=worker["planned_minutes"],
        percent=worker["percent"],
        best_percent=worker["percent"] if is_lost else WHOLE,
        can_pass=not is_lost,
        spare_minutes=None,
    )


def unmarked(lessons: Iterable[Facts], *, over: bool, on: date) -> int:
    """Minutes of lessons without a record: those of days gone by, or those of today and to come."""
    return sum(
        lesson["planned_minutes"]
        for lesson in lessons
        if lesson["mark_id"] is None
        and lesson["source"] != NEVER_HELD
        and (date.fromisoformat(lesson["on"]) < on) is over
    )
