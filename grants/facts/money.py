"""What was paid for the training, and what the establishment and its people drew in the same fiscal year."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from courses.models import Enrolment
from grants.models import Cost, GrantCase
from grants.queries.drawn import Drawn, drawn_in_year

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


def already_drawn(case: GrantCase, *, as_of: date) -> Drawn:
    """By enrolment of this case's run: the same person has another enrolment in each run, so the times are counted by person."""
    drawn = drawn_in_year(case.establishment_id, case.scheme, as_of=as_of, besides=case.pk)
    ours = list(Enrolment.objects.filter(run=case.run_id).values_list("pk", "person_id"))
    told = {pk: drawn.outside.times[person] for pk, person in ours if person in drawn.outside.times}
    return Drawn(
        drawn.yen,
        by_enrolment(drawn.times, ours),
        by_enrolment(drawn.e_learning, ours),
        replace(drawn.outside, times=told, e_learning=by_enrolment(drawn.outside.e_learning, ours)),
    )


def by_enrolment(times: Mapping[int, int], ours: list[tuple[int, int]]) -> dict[int, int]:
    return {pk: times[person] for pk, person in ours if times.get(person)}
