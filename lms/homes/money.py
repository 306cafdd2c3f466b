"""Grants on the homes: cases counted and summed by state, and what could be drawn and is not."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.queries.prepared import PreparedFor
from grants.cases.chances import act_of
from grants.models import Claim, GrantCase
from grants.queries.chances import hint
from grants.states import ENDED, CaseState

STAGES = (
    (_("申請の準備ができた額"), (CaseState.CLAIM_READY,)),
    (_("申請中"), (CaseState.CLAIMED, CaseState.AMENDING)),
    (_("支給決定（入金待ち）"), (CaseState.APPROVED,)),
    (_("入金済み"), (CaseState.CLOSED,)),
)


def by_state(acting: Acting) -> dict[str, tuple[int, int]]:
    """Cases and yen of the claim that was filed, or else the newest, by state. One query."""
    return {row["state"]: (row["n"], row["total"] or 0) for row in sums_by_state(acting)}


@PreparedFor
def sums_by_state(acting: Acting) -> Any:
    newest = Claim.objects.filter(case=OuterRef("pk")).current_first().values("total_yen")[:1]
    return (
        GrantCase.objects.visible_to(acting)
        .order_by()
        .annotate(yen=Subquery(newest))
        .values("state")
        .annotate(n=Count("pk"), total=Sum("yen"))
    )


def gather(acting: Acting) -> dict[str, object]:
    """`case_bars` and `money_bars` are rows of bar_chart, empty where there is nothing to compare."""
    found = by_state(acting)
    counts = [(state.label, found[state][0]) for state in CaseState if state in found and state != CaseState.DROPPED]
    yen = [(label, sum(found.get(state, (0, 0))[1] for state in states)) for label, states in STAGES]
    running = sum(n for state, (n, _yen) in found.items() if state not in ENDED)
    return {
        "case_bars": counts,
        "money_bars": yen if any(amount for _label, amount in yen) else [],
        "cases_running": running,
    }


def chances(acting: Acting) -> dict[str, object]:
    """The one to be met first with where its click leads; nothing where there is none. One query."""
    found = hint(acting)
    return {"hint": found, "hint_act": act_of(found.first, acting)} if found else {}
