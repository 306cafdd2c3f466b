"""A claim as its page shows it: requirements by group, trainees with their reasons, lines that add up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from firms.words.amounts import minutes_words
from firms.words.saying import said as _
from grants.claims.assessment import Assessment, assess_claim, unsupported, withheld
from grants.models import Claim, GrantCase
from grants.queries.late import cases_with_late_records
from grants.rules import FactError
from grants.shapes import ClaimFacts, Condition, Line, OutcomeFacts, Part, TrainedWorker

ORDER = {"unmet": 0, "unknown": 1, "met": 2}


class ShownLine(Line):
    until: date
    is_stale: bool
    is_weak: bool


@dataclass(frozen=True)
class WorkerRow:
    """One trainee: what they attended, whether they count, and why not."""

    facts: TrainedWorker
    part: Part
    conditions: list[Condition]

    @property
    def why_not(self) -> list[str]:
        return [found["because"] for found in self.conditions if found["state"] == "unmet"]


@dataclass(frozen=True)
class ClaimPage:
    facts: ClaimFacts
    outcome: OutcomeFacts
    conditions: list[Condition]
    workers: list[WorkerRow]
    lines: list[ShownLine]
    counts: dict[str, int]
    withheld: list[Condition]
    first: date
    last: date

    @property
    def opens(self) -> list[Condition]:
        """What is unmet or unknown: shown open, before what is met."""
        return [found for found in self.conditions if found["state"] != "met"]

    @property
    def mets(self) -> list[Condition]:
        return [found for found in self.conditions if found["state"] == "met"]


def claim_page(facts: ClaimFacts, outcome: OutcomeFacts, *, on: date, set_aside: Collection[str] = ()) -> ClaimPage:
    shared = [found for found in outcome["conditions"] if not found["subject"]]
    return ClaimPage(
        facts=facts,
        outcome=outcome,
        conditions=sorted(shared, key=lambda found: ORDER[found["state"]]),
        workers=[worker_row(one, outcome) for one in facts["workers"]],
        lines=[line_row(line, on=on) for line in outcome["lines"]],
        counts={state: sum(1 for found in outcome["conditions"] if found["state"] == state) for state in ORDER},
        withheld=withheld(outcome, set_aside=set_aside) if not outcome["payable_amount"] else [],
        first=date.fromisoformat(facts["claim_window"]["first"]),
        last=date.fromisoformat(facts["claim_window"]["last"]),
    )


def worker_row(facts: TrainedWorker, outcome: OutcomeFacts) -> WorkerRow:
    part = next((part for part in outcome["workers"] if part["subject"] == facts["key"]), unsupported(facts))
    conditions = [found for found in outcome["conditions"] if found["subject"] == facts["key"]]
    return WorkerRow(facts, part, conditions)


def line_row(line: Line, *, on: date) -> ShownLine:
    """A figure nobody has looked at since its day, or that rests on a weak source, is flagged where it is used."""
    until = date.fromisoformat(line["verified_until"])
    return {**line, "until": until, "is_stale": until < on, "is_weak": line["confidence"] != "high"}


def departures(claim: Claim, now: Assessment) -> list[str]:
    """What was recorded after the claim was frozen; it changes nothing there until a new version is frozen."""
    return [
        *attendance_departures(claim.lifted, now.facts),
        *cost_departures(claim.lifted, now.facts),
        *outcome_departures(claim.outcome, now.outcome),
    ]


def late_records(case: GrantCase, claim: Claim) -> list[str]:
    """Minutes and learning that changed after a claim was frozen, looked at as of its own day; nothing is reckoned
    where nothing was recorded since."""
    if not cases_with_late_records().filter(pk=case.pk).exists():
        return []
    try:
        now = assess_claim(case, claim.as_of)
    except FactError:
        return []
    return list(attendance_departures(claim.lifted, now.facts))


def attendance_departures(frozen: ClaimFacts, now: ClaimFacts) -> Iterable[str]:
    held = {one["key"]: one for one in now["workers"]}
    for one in frozen["workers"]:
        new = held.get(one["key"])
        if new is None:
            yield _("%(name)sさんの受講が取り消されました。") % {"name": one["name"]}
        elif new["attended_minutes"] != one["attended_minutes"] or new["wage_minutes"] != one["wage_minutes"]:
            yield _("%(name)sさんの受講時間が %(old)s（%(was)s%%）から %(new)s（%(is)s%%）に変わりました。") % {
                "name": one["name"],
                "old": minutes_words(one["attended_minutes"]),
                "was": one["percent"],
                "new": minutes_words(new["attended_minutes"]),
                "is": new["percent"],
            }


def cost_departures(frozen: ClaimFacts, now: ClaimFacts) -> Iterable[str]:
    old, new = (sum(cost["amount_yen"] for cost in facts["costs"]) for facts in (frozen, now))
    if old != new:
        yield _("記録された支払の合計が %(old)s円から %(new)s円に変わりました。") % {
            "old": f"{old:,}",
            "new": f"{new:,}",
        }


def outcome_departures(frozen: OutcomeFacts, now: OutcomeFacts) -> Iterable[str]:
    """Whatever the cause: an answer, a change nobody told, another claim of the year."""
    met = {(one["code"], one["subject"]) for one in frozen["conditions"] if one["state"] == "met"}
    for one in now["conditions"]:
        if one["state"] != "met" and (one["code"], one["subject"]) in met:
            yield _("要件「%(label)s」が満たされなくなりました。") % {"label": one["label"]}
    if frozen["payable_amount"] != now["payable_amount"]:
        yield _("いまの記録で算定した支給申請額は %(new)s円です（確定した額は %(old)s円）。") % {
            "old": f"{frozen['payable_amount']:,}",
            "new": f"{now['payable_amount']:,}",
        }
