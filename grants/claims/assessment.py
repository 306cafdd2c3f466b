"""Facts to rules and back: the outcome of a claim with every check joined in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import cast

from firms.words.tongues import in_japanese
from grants.claims.checks import Held, declared_checks
from grants.claims.exempted import exempted_on
from grants.claims.recorded import claim_checks
from grants.facts import Change, gather_with_changes
from grants.models import GrantCase
from grants.rules import assess, outcome_as_mapping, training_facts
from grants.shapes import ClaimFacts, Condition, OutcomeFacts, Part, TrainedWorker
from grants.subjects import edition_in, entry_in
from grants.subjects.questions import BY_CODE


@dataclass(frozen=True)
class Assessment:
    """What a claim of today would freeze."""

    facts: ClaimFacts
    outcome: OutcomeFacts
    drift: tuple[Change, ...]
    set_aside: frozenset[str] = frozenset()

    @property
    def frozen(self) -> dict[str, object]:
        return {"facts": self.facts, "outcome": self.outcome}


@in_japanese
def assess_claim(case: GrantCase, as_of: date) -> Assessment:
    facts, changes = gather_with_changes(case, as_of)
    exempted = exempted_on(case, as_of)
    return Assessment(facts, judged(facts, changes, exempted=exempted), tuple(changes), frozenset(exempted))


def judged(
    facts: ClaimFacts, drift: Sequence[Change], *, exempted: Mapping[str, str] = MappingProxyType({})
) -> OutcomeFacts:
    """The rules' own answer word for word; the declared and recorded checks stand after its conditions.

    An exemption leaves the state of a requirement as it is: it says so, and the requirement stops nothing."""
    outcome = by_rules(facts) if facts["grant"]["workers"] else nobody()
    conditions: list[Condition] = [{**found, "evidence": proof_of(found, facts)} for found in outcome["conditions"]]
    untold = [change for change in drift if not change.is_settled]
    said_by_rules = {"no_rebate"}
    stated = declared_checks(
        facts["answers"],
        facts["evidence"],
        training=held(facts),
        asked=entry_in(facts["plan"]).questions,
        sources=edition_in(facts["plan"]).sources,
    )
    declared = [c for c in stated if c["code"] not in said_by_rules or c["state"] == "unknown"]
    every = [*conditions, *claim_checks(facts, untold=untold, training=held(facts)), *declared]
    return nothing_while_withheld(
        {
            **outcome,
            "workers": [*outcome["workers"], *left_out(facts)],
            "conditions": [with_exemption(one, exempted) for one in every],
        },
        set_aside=frozenset(exempted),
    )


def with_exemption(one: Condition, exempted: Mapping[str, str]) -> Condition:
    if one["subject"] or one["state"] == "met" or one["code"] not in exempted:
        return one
    return {**one, "because": f"{one['because']} {exempted[one['code']]}"}


def by_rules(facts: ClaimFacts) -> OutcomeFacts:
    """Their conditions still without evidence."""
    return cast(OutcomeFacts, outcome_as_mapping(assess(training_facts(facts["grant"]))))


def held(facts: ClaimFacts) -> Held:
    """The training is over on the day before its claim may be filed."""
    over = date.fromisoformat(facts["claim_window"]["first"]) - timedelta(days=1)
    return Held(over, facts["training"]["recorded_at"])


# What they cost when they are not met is in the lines already: the expense aid, hours, or the rest of the year's limit.
RECKONED = frozenset(
    {
        *("firm_paid_all", "no_rebate", "paid_in_time", "paid_before_claim", "yearly_limit", "changes_notified"),
        *(declared.code for declared in BY_CODE.values() if declared.is_reckoned),
    }
)


def withheld(outcome: OutcomeFacts, *, set_aside: Collection[str] = ()) -> list[Condition]:
    """The requirements of the whole claim for which nothing can be asked: unmet, or nobody knows."""
    return [
        found
        for found in outcome["conditions"]
        if not found["subject"]
        and found["code"] not in set_aside
        and (found["state"] == "unknown" or (found["state"] == "unmet" and found["code"] not in RECKONED))
    ]


def nothing_while_withheld(outcome: OutcomeFacts, *, set_aside: Collection[str]) -> OutcomeFacts:
    """`total` and its lines stay, so that everybody sees what is at stake; what may be asked for is nothing."""
    return {**outcome, "payable": False, "payable_amount": 0} if withheld(outcome, set_aside=set_aside) else outcome


def open_requirements(outcome: OutcomeFacts) -> list[Condition]:
    """What is unmet or unknown of the whole claim, and unknown of those it pays: the sum is asked for in spite of it.

    Whoever falls out by name already draws nothing, so nothing is promised on them."""
    paid = {part["subject"] for part in outcome["workers"] if part["supported"]}
    return [
        found
        for found in outcome["conditions"]
        if (found["state"] != "met" and not found["subject"])
        or (found["state"] == "unknown" and found["subject"] in paid)
    ]


def name_of(requirement: Condition) -> str:
    return f"{requirement['code']}:{requirement['subject']}"


def left_out(facts: ClaimFacts) -> list[Part]:
    """The trainees the rules were not asked about."""
    asked = {one["key"] for one in facts["grant"]["workers"]}
    return [unsupported(one) for one in facts["workers"] if one["key"] not in asked]


def unsupported(one: TrainedWorker) -> Part:
    return {
        "subject": one["key"],
        "supported": False,
        "attendance_percent": one["percent"],
        "expense_aid": 0,
        "wage_minutes": 0,
        "ojt_passed": False,
    }


def nobody() -> OutcomeFacts:
    return {
        "payable": False,
        "expense_aid": 0,
        "wage_aid": 0,
        "ojt_aid": 0,
        "total": 0,
        "uplift_expense_aid": 0,
        "uplift_wage_aid": 0,
        "uplift_ojt_aid": 0,
        "calculated": 0,
        "payable_amount": 0,
        "unverified": [],
        "conditions": [],
        "lines": [],
        "uplift_lines": [],
        "workers": [],
    }


PAID = frozenset({"worker_paid_nothing", "firm_paid_all", "paid_in_time"})


def proof_of(found: Condition, facts: ClaimFacts) -> str:
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
