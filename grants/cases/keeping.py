"""How long the papers of a case are kept: as its page says it, and of all cases in the register."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from grants.models import Claim, Decision, Destruction, GrantCase
from grants.rules import kept_papers, waits_for_payment
from grants.states import ENDED

LABELS = {
    "original": _("写しを出した書類の原本（出勤簿・賃金台帳・領収書・契約書など）"),
    "copy": _("原本を出した書類の写し（署名のある報告書・支給申請書など）"),
    "electronic": _("電子の記録（学習ログ・電子申請の控えなど）"),
}


@dataclass(frozen=True)
class Kept:
    """One kind of paper, with the last day it must be kept and why."""

    label: object
    until: date
    because: str


@dataclass(frozen=True)
class CaseKeeping:
    """Nothing `kept` while the labour office has not decided, or while the payment is not recorded that it counts from."""

    kept: list[Kept]
    source: str
    is_refused: bool
    waits_for_payment: bool = False


def keeping_of(scheme: str, filed: Claim | None) -> CaseKeeping | None:
    """`filed` is the claim as it was filed; None before."""
    if filed is None:
        return None
    decision = getattr(filed, "decision", None)
    if decision is None or not decision.is_approved:
        return CaseKeeping([], "", decision is not None)
    return keeping_after(scheme, decision)


def keeping_after(scheme: str, decision: Decision) -> CaseKeeping:
    """`decision` grants."""
    paid = getattr(decision, "payment", None)
    if paid is None and waits_for_payment(scheme):
        return CaseKeeping([], "", False, waits_for_payment=True)
    found = kept_papers(scheme, decision.decided_on, last_paid_on=paid.paid_on if paid else None)
    kept = [Kept(LABELS[one.kind], one.until, one.because) for one in found]
    return CaseKeeping(kept, "; ".join(dict.fromkeys(one.source for one in found)), False)


@dataclass(frozen=True)
class RegisteredCase:
    """A case that drew money; with several decisions the one that is kept the longest counts."""

    case: GrantCase
    decided_on: date
    kept: Sequence[Kept]
    source: str
    waits_for_payment: bool
    destroyed: Destruction | None

    @property
    def until(self) -> date | None:
        return max((one.until for one in self.kept), default=None)

    def may_be_destroyed(self, today: date) -> bool:
        """Nothing of it is open any more, and its last day is over."""
        is_over = self.until is not None and self.until < today
        return is_over and self.case.state in ENDED and self.destroyed is None


def register(acting: Acting, cases: Iterable[int] | None = None) -> list[RegisteredCase]:
    """Of every case one sees (of `cases` alone where they are named) the earliest last day first; three queries."""
    seen = GrantCase.objects.visible_to(acting)
    chosen = seen if cases is None else seen.filter(pk__in=cases)
    rows = Decision.objects.filter(is_approved=True, claim__case__in=chosen.order_by()).select_related(
        "claim__case__establishment__organisation",
        "claim__case__run__course",
        "claim__case__conversion__person",
        "claim__case__subscription",
        "payment",
    )
    decided: dict[int, list[Decision]] = defaultdict(list)
    for row in rows.defer("claim__facts", "claim__outcome").order_by("pk"):
        decided[row.claim.case_id].append(row)
    destroyed = {row.case_id: row for row in Destruction.objects.held().filter(case__in=decided)}
    found = [registered(one, destroyed.get(pk)) for pk, one in decided.items()]
    return sorted(found, key=lambda one: (one.until or date.max, one.case.pk))


def registered(decisions: Sequence[Decision], destroyed: Destruction | None) -> RegisteredCase:
    case = decisions[0].claim.case
    keepings = [keeping_after(case.scheme, one) for one in decisions]
    longest = max(keepings, key=lambda one: max((kept.until for kept in one.kept), default=date.min))
    waits = any(one.waits_for_payment for one in keepings)
    return RegisteredCase(
        case=case,
        decided_on=max(one.decided_on for one in decisions),
        kept=() if waits else longest.kept,
        source=longest.source,
        waits_for_payment=waits,
        destroyed=destroyed,
    )


def undecided_and_refused(acting: Acting) -> tuple[int, int]:
    """How many cases the register does not hold: filed and not decided; refused, for which no years are set."""
    seen = GrantCase.objects.visible_to(acting).order_by()
    undecided = seen.filter(claims__filing__isnull=False, claims__decision=None).exclude(state__in=ENDED)
    refused = seen.filter(claims__decision__is_approved=False).exclude(claims__decision__is_approved=True)
    return undecided.distinct().count(), refused.distinct().count()
