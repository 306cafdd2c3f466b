"""What was paid for the training, and what the establishment and its people drew in the same fiscal year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.models import Enrolment
from grants.models import Cost, GrantCase
from grants.models.claims import ClaimFiling
from grants.rules import fiscal_year
from grants.states import CaseState

Facts = dict[str, Any]


def costs_of(case: GrantCase) -> list[Cost]:
    """Those that hold: neither voided nor voiding."""
    return list(
        case.costs.filter(voids=None, voided_by=None).select_related("evidence__file").order_by("paid_on", "pk")
    )


def grant_cost(costs: list[Cost], *, fee_yen: int, people: int, as_of: date) -> Facts:
    """Who bore it, and the last payment, are known only once the whole fee is paid; a free course owes nothing."""
    owed, paid = fee_yen * people, sum(cost.amount_yen for cost in costs)
    found: Facts = {"kind": "external", "fee_per_person": fee_paid(fee_yen, people=people, paid=paid)}
    others = {cost.payer for cost in costs} - {Cost.Payer.FIRM}
    is_paid = people > 0 and paid >= owed
    if others:
        found["paid_partly_by"] = Cost.Payer.WORKER.value if Cost.Payer.WORKER in others else Cost.Payer.PARENT.value
    elif is_paid:
        found["paid_partly_by"] = "nobody"
    if is_paid:
        found["paid_on"] = max((cost.paid_on for cost in costs), default=as_of).isoformat()
    return found


def fee_paid(fee_yen: int, *, people: int, paid: int) -> int:
    """No aid is promised on yen nobody paid; before the first payment the plan's fee is the best that is known."""
    return min(fee_yen, paid // people) if paid and people else fee_yen


@dataclass(frozen=True)
class Drawn:
    """What earlier claims of the fiscal year drew: yen of the establishment, times by enrolment key."""

    yen: int
    times: Mapping[str, int]


def already_drawn(case: GrantCase, *, as_of: date) -> Drawn:
    """Counted by the day each claim was filed: the yearly limits follow the fiscal year of the claim, not of the plan."""
    year = fiscal_year(as_of)
    filings = (
        ClaimFiling.objects.filter(
            claim__case__establishment=case.establishment_id,
            claim__case__scheme=case.scheme,
            filed_on__range=(date(year, 4, 1), date(year + 1, 3, 31)),
        )
        .exclude(claim__case=case.pk)
        .exclude(claim__case__state__in=(CaseState.DROPPED, CaseState.WITHDRAWN))
        .exclude(claim__decision__is_approved=False)
        .select_related("claim__decision")
    )
    claims = [filing.claim for filing in filings]
    supported = [part["subject"] for claim in claims for part in claim.outcome["workers"] if part["supported"]]
    yen = sum(claim.decision.amount_yen if hasattr(claim, "decision") else claim.total_yen for claim in claims)
    return Drawn(yen, times_by_key(case, supported))


def times_by_key(case: GrantCase, supported: list[str]) -> dict[str, int]:
    """The same person has another enrolment in each run, so the times are counted by person."""
    people = dict(Enrolment.objects.filter(pk__in=supported).values_list("pk", "person_id"))
    times = Counter(people[int(key)] for key in supported if int(key) in people)
    ours = Enrolment.objects.filter(run=case.run_id).values_list("pk", "person_id")
    return {str(pk): times[person] for pk, person in ours if times[person]}
