"""Frozen facts of any age in today's shape: read here, so that nobody else asks what an older one lacks.

Whatever was frozen without a number is of one of nine older shapes, each a part of the next: what one lacks is filled with what
its lack meant. Shape 10 has its number and lacks what the firm states for its papers. A new shape gets the next number and its
own step, which lifts the one before."""

from collections.abc import Mapping
from typing import Any, cast

from grants.shapes.claim import ClaimFacts
from grants.shapes.plan import PlanFacts

SHAPE = 11
Frozen = Mapping[str, Any]


def lifted_plan(facts: Frozen) -> PlanFacts:
    """Facts of today's shape are given back as they are."""
    return cast(PlanFacts, facts if is_of_today(facts) else {**numbered_plan(facts), "shape": SHAPE})


def lifted_claim(facts: Frozen) -> ClaimFacts:
    """Its plan is lifted with it: it may be older than the claim. Facts of today's shape are given back as they are."""
    return cast(ClaimFacts, facts if is_of_today(facts) else {**numbered_claim(facts), "shape": SHAPE})


def is_of_today(facts: Frozen) -> bool:
    found = facts.get("shape", 0)
    if found > SHAPE:
        raise ValueError(f"Facts of shape {found} are newer than this program, which knows {SHAPE}.")
    return bool(found == SHAPE)


def numbered_plan(facts: Frozen) -> Frozen:
    return {
        "conversion_plan": None,
        "notice": None,
        "lecturers": [],
        "confirmation": None,
        "channel": "",
        **facts,
        "training": training(facts["training"]),
        "answers": answers(facts["answers"]),
    }


def numbered_claim(facts: Frozen) -> Frozen:
    plan = lifted_plan(facts["plan"])
    return {
        "outside": [],
        "directors": [],
        "account": None,
        "houses": [],
        "price": None,
        "standing": None,
        "channel": "",
        **facts,
        "plan": plan,
        "training": claimed(facts.get("training") or length_of(plan)),
        "grant": grant(facts["grant"]),
        "workers": [worker(one) for one in facts["workers"]],
        "answers": answers(facts["answers"]),
    }


def length_of(plan: PlanFacts) -> Frozen:
    """Before changes were followed a claim had its plan alone."""
    parts = ("starts_on", "ends_on", "total_minutes", "planned_minutes", "standard_hours", "units")
    return {part: cast(Frozen, plan["training"])[part] for part in parts}


def training(found: Frozen) -> Frozen:
    return {"has_lessons": bool(found["lessons"]), **measured(found)}


def claimed(found: Frozen) -> Frozen:
    return {"first_attended_on": None, "recorded_at": None, **measured(found)}


def measured(found: Frozen) -> Frozen:
    """Without units it was taught, or at least planned, in lessons."""
    units = found.get("units")
    counted = None if units is None else [{"counts": True, **unit} for unit in units]
    return {"standard_hours": None, **found, "units": counted}


def answers(found: Frozen) -> Frozen:
    return {code: {"answered_at": "", **answer} for code, answer in found.items()}


def grant(found: Frozen) -> Frozen:
    return {**found, "workers": [{"e_learning_grants_this_year": None, **one} for one in found["workers"]]}


def worker(found: Frozen) -> Frozen:
    """A log was kept of e-learning alone."""
    lacked: Frozen = {
        "not_employed_on": "",
        "no_hours_on": "",
        "learned_on_leave": "",
        "log": None,
        "completed": None,
        "completed_on": None,
        "certificate": "",
        "outside_hours": [],
    }
    return {**lacked, **found, "lessons": [{"away": [], **row} for row in found["lessons"]]}
