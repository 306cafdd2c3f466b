"""Facts to rules and back: the outcome of a claim with every check joined in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from grants.claims.checks import DECLARED, declared_checks
from grants.claims.recorded import claim_checks
from grants.facts import Change, gather_with_changes
from grants.models import GrantCase
from grants.rules import assess, outcome_as_mapping, training_facts

Facts = dict[str, Any]


@dataclass(frozen=True)
class Assessment:
    """What a claim of today would freeze."""

    facts: Facts
    outcome: Facts
    drift: tuple[Change, ...]

    @property
    def frozen(self) -> Facts:
        return {"facts": self.facts, "outcome": self.outcome}


def assess_claim(case: GrantCase, as_of: date) -> Assessment:
    facts, changes = gather_with_changes(case, as_of)
    return Assessment(facts, judged(facts, changes), tuple(changes))


def judged(facts: Facts, drift: Sequence[Change]) -> Facts:
    """The rules' own answer word for word; the declared and recorded checks stand after its conditions."""
    outcome: Facts = (
        outcome_as_mapping(assess(training_facts(facts["grant"]))) if facts["grant"]["workers"] else nobody()
    )
    conditions = [{**found, "evidence": proof_of(found, facts)} for found in outcome["conditions"]]
    untold = [change for change in drift if not change.is_settled]
    said_by_rules = {"no_rebate"}
    stated = declared_checks(facts["answers"], facts["evidence"], training=held(facts))
    declared = [c for c in stated if c["code"] not in said_by_rules or c["state"] == "unknown"]
    return nothing_while_withheld(
        outcome
        | {
            "workers": [*outcome["workers"], *left_out(facts)],
            "conditions": [*conditions, *claim_checks(facts, untold=untold, training=held(facts)), *declared],
        }
    )


def held(facts: Facts) -> Facts:
    """The training as answers are held against it: over on the day before its claim may be filed."""
    over = date.fromisoformat(facts["claim_window"]["first"]) - timedelta(days=1)
    return {"ends_on": over.isoformat(), "recorded_at": facts["training"].get("recorded_at")}


# What they cost when they are not met is in the lines already: the expense aid, hours, or the rest of the year's limit.
RECKONED = frozenset(
    {
        *("firm_paid_all", "no_rebate", "paid_in_time", "paid_before_claim", "yearly_limit", "changes_notified"),
        *(declared.code for declared in DECLARED if declared.is_reckoned),
    }
)


def withheld(outcome: Facts) -> list[Facts]:
    """The requirements of the whole claim for which nothing can be asked: unmet, or nobody knows."""
    return [
        found
        for found in outcome["conditions"]
        if not found["subject"]
        and (found["state"] == "unknown" or (found["state"] == "unmet" and found["code"] not in RECKONED))
    ]


def nothing_while_withheld(outcome: Facts) -> Facts:
    """`total` and its lines stay, so that everybody sees what is at stake; what may be asked for is nothing."""
    return outcome | {"payable": False, "payable_amount": 0} if withheld(outcome) else outcome


def open_requirements(outcome: Facts) -> list[Facts]:
    """What is unmet or unknown of the whole claim, and unknown of those it pays: the sum is asked for in spite of it.

    Whoever falls out by name already draws nothing, so nothing is promised on them."""
    paid = {part["subject"] for part in outcome["workers"] if part["supported"]}
    return [
        found
        for found in outcome["conditions"]
        if (found["state"] != "met" and not found["subject"])
        or (found["state"] == "unknown" and found["subject"] in paid)
    ]


def name_of(requirement: Facts) -> str:
    return f"{requirement['code']}:{requirement['subject']}"


def left_out(facts: Facts) -> list[Facts]:
    """The trainees the rules were not asked about."""
    asked = {one["key"] for one in facts["grant"]["workers"]}
    part = {"supported": False, "expense_aid": 0, "wage_minutes": 0, "ojt_passed": False}
    return [
        {"subject": one["key"], "attendance_percent": one["percent"], **part}
        for one in facts["workers"]
        if one["key"] not in asked
    ]


def nobody() -> Facts:
    amounts = ("expense_aid", "wage_aid", "ojt_aid", "total", "calculated", "payable_amount")
    uplift = ("uplift_expense_aid", "uplift_wage_aid", "uplift_ojt_aid")
    lists = ("unverified", "conditions", "lines", "uplift_lines", "workers")
    return {"payable": False, **dict.fromkeys(amounts + uplift, 0), **{name: [] for name in lists}}


PAID = frozenset({"worker_paid_nothing", "firm_paid_all", "paid_in_time"})


def proof_of(found: Facts, facts: Facts) -> str:
    """The records a condition of the rules rests on, in words."""
    if found["code"] in PAID:
        return "、".join(cost["evidence"] for cost in facts["costs"] if cost["evidence"])
    if found["code"] == "yearly_limit":
        return "、".join(facts["outside"])
    if found["code"] == "no_rebate":
        return "、".join(file["name"] for file in facts["evidence"] if file["kind"] == "no_rebate")
    if found["code"] == "attendance":
        marks = [row["mark_id"] for one in facts["workers"] if one["key"] == found["subject"] for row in one["lessons"]]
        return "、".join(f"出席記録 #{mark}" for mark in marks if mark)
    return ""
