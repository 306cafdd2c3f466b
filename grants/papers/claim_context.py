"""What each form of a claim prints, taken from the frozen facts and the frozen outcome alone."""

from collections import Counter

from grants.models import Claim
from grants.models.claims import NEVER_HELD
from grants.papers.context import EMPLOYMENTS, KINDS_OF_TRAINING, METHODS, course_ticks, digital, exam, training
from grants.papers.pieces import Context, Tick, answered, dated, day, foot, parties, prose, ticks, yes_no
from grants.rules.facts import CLASS_METHODS
from grants.shapes import Part, TrainedLesson, TrainedWorker
from grants.subjects import edition_in


def of_claim(claim: Claim) -> Context:
    facts = claim.lifted
    return {
        **parties(facts),
        **training(facts["training"]),
        "scheme": facts["plan"]["scheme"],
        "course": facts["plan"]["course"],
        "receipt_number": facts["receipt_number"],
        "plan_filed_on": day(facts["filed_on"]),
        # The day it is handed in is written then: what is frozen before does not know it.
        "filed_on": None,
        "as_of": day(facts["as_of"]),
        "foot": foot("支給申請", claim.number, claim.digest, facts["plan"]["form_edition"]),
    }


def parts(claim: Claim) -> dict[str, Part]:
    """What the outcome says of each worker, by key."""
    return {part["subject"]: part for part in claim.outcome["workers"]}


def is_class(claim: Claim) -> bool:
    """Met in a room or live: only these draw wage aid and are reported by the day."""
    return claim.lifted["plan"]["course"]["method"] in CLASS_METHODS


def claimed_workers(claim: Claim) -> list[TrainedWorker]:
    """Those the outcome supports; who fell out is named on the checklist alone."""
    supported = {key for key, part in parts(claim).items() if part["supported"]}
    return [worker for worker in claim.lifted["workers"] if worker["key"] in supported]


def line(claim: Claim, code: str) -> Context:
    """The explained amount of one aid; a dash where there is none."""
    found = next((row for row in claim.outcome["lines"] if row["code"] == code), None)
    return (
        {**found, "because": prose(found["because"])} if found else {"amount": 0, "because": prose("―"), "source": ""}
    )


def claim_form(claim: Claim) -> Context:
    """支給申請書: 様式第4-1号 or 第4-2号, as the scheme has it."""
    facts, outcome = claim.lifted, claim.outcome
    alone, said = answered(facts["answers"], "not_granted_elsewhere"), facts["answers"].get("not_granted_elsewhere")
    numbers = edition_in(facts["plan"]).forms
    return {
        **of_claim(claim),
        "forms": numbers,
        "has_fixed_term": any(worker["employment"] == "fixed_term" for worker in claimed_workers(claim)),
        "courses": course_ticks(facts["plan"]["scheme"]),
        "sizes": yes_no(facts["firm"]["sme"], yes="中小企業", no="中小企業以外"),
        "uplift": yes_no(facts["grant"]["uplift"], yes="該当する", no="該当しない"),
        "asked_yen": claim.total_yen,
        "amounts": [
            (f"経費助成（様式第{numbers['costs']}号）", outcome["expense_aid"]),
            (f"賃金助成（様式第{numbers['wages']}号）", outcome["wage_aid"]),
            (f"OJT実施助成（様式第{numbers['wages']}号）", outcome["ojt_aid"]),
        ],
        "total": outcome["total"],
        "head_count": len(claimed_workers(claim)),
        "other_grants": yes_no(None if alone is None else not alone),
        "other_grants_note": said["note"] if said else "",
        "digital": digital(facts["plan"]["notice"]),
    }


def wage_sheet(claim: Claim) -> Context:
    """様式第5号"""
    told = {worker["key"]: worker for worker in claim.lifted["grant"]["workers"]}
    found = parts(claim)
    rows: list[Context] = [
        {
            **worker,
            "employments": ticks(EMPLOYMENTS, worker["employment"]),
            "times": times(told[worker["key"]]["grants_this_year"]),
            "wage_minutes": found[worker["key"]]["wage_minutes"],
            "excused": yes_no(worker["excused_minutes"] > 0),
        }
        for worker in claimed_workers(claim)
    ]
    return {
        **of_claim(claim),
        "rows": rows,
        "wage_minutes": sum(found[worker["key"]]["wage_minutes"] for worker in claimed_workers(claim)),
        "wage": line(claim, "wage"),
        "ojt": line(claim, "ojt"),
    }


def times(before: int | None) -> int | None:
    """申請回数: this claim is counted with those before it."""
    return None if before is None else before + 1


def cost_sheet(claim: Claim) -> Context:
    """様式第6-1号 or 第6-2号: what was paid, and what of it is asked for."""
    cost = claim.lifted["grant"]["cost"]
    found = parts(claim)
    costs = claim.lifted["costs"]
    return {
        **of_claim(claim),
        "kinds": ticks(KINDS_OF_TRAINING, cost["kind"]),
        "fee_per_person": cost.get("fee_per_person"),
        "external_yen": cost.get("fee_per_person", 0) * len(claimed_workers(claim)),
        "heads": Counter(worker["employment"] for worker in claimed_workers(claim)),
        "head_count": len(claimed_workers(claim)),
        "lecturer_fee": cost.get("lecturer_fee"),
        "lecturer_travel": cost.get("lecturer_travel"),
        "trainees_total": cost.get("trainees_total"),
        "rows": [
            {
                **worker,
                "employments": ticks(EMPLOYMENTS, worker["employment"]),
                "expense_aid": found[worker["key"]]["expense_aid"],
            }
            for worker in claimed_workers(claim)
        ],
        "expense": line(claim, "expense"),
        "payments": [dated({**row, "evidence": proof(row["evidence"])}, "paid_on") for row in costs],
        "paid_yen": sum(row["amount_yen"] for row in costs),
        "borne_by_firm": Tick("全額を申請事業主が負担し、支払を終えている", cost.get("paid_partly_by") == "nobody"),
        "no_rebate": Tick(
            "返金・協力金・割引など、負担を軽くする金銭を受けていない", cost.get("provider_rebate") is False
        ),
    }


# A table of one's own making shows what was entered, not that anything was paid.
NO_PROOF = (".csv", ".tsv", ".xlsx", ".xls", ".txt")


def proof(name: str) -> str:
    return "" if name.lower().endswith(NO_PROOF) else name


def report(claim: Claim, worker: TrainedWorker) -> Context:
    """様式第8-1号 of one worker."""
    return {
        **of_claim(claim),
        "worker": worker,
        "employments": ticks(EMPLOYMENTS, worker["employment"]),
        "methods": ticks(METHODS, claim.lifted["plan"]["course"]["method"]),
        "lessons": [{**dated(row, "on"), "came": came(row)} for row in worker["lessons"]],
        "exam": exam(claim.lifted["plan"]["notice"]),
    }


def learning_report(claim: Claim, worker: TrainedWorker) -> Context:
    """様式第8-3号 and 第8-4号 of one worker: what the learner writes stays empty, what the log knows is printed."""
    return {
        **of_claim(claim),
        "worker": worker,
        "employments": ticks(EMPLOYMENTS, worker["employment"]),
        "methods": ticks(METHODS, claim.lifted["plan"]["course"]["method"]),
        "log": worker["log"],
        "completed_on": day(worker["completed_on"]),
        "standard_hours": claim.lifted["grant"]["standard_hours"],
        "turns": range(1, 7),
    }


def learning_log(claim: Claim, worker: TrainedWorker) -> Context:
    """The copy of the LMS's records, as they were when the claim was frozen."""
    return {**of_claim(claim), "sheet": worker["log"]}


def came(row: TrainedLesson) -> str:
    """When the worker was there, in words for who was not."""
    if row["came_at"]:
        gone = "、".join(f"{start}～{end}" for start, end in row["away"])
        return f"{row['came_at']}～{row['left_at']}" + (f"（{gone}は離席）" if gone else "")
    if row["source"] == NEVER_HELD:
        return "実施なし"
    return "記録なし" if row["mark_id"] is None else "欠席"
