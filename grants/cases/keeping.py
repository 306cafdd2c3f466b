"""How long the papers of one case are kept, as its page says it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from grants.models import Claim
from grants.rules import kept_papers

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
    """Nothing `kept` while the labour office has not decided."""

    kept: list[Kept]
    source: str
    is_refused: bool


def keeping_of(scheme: str, filed: Claim | None) -> CaseKeeping | None:
    """`filed` is the claim as it was filed; None before."""
    if filed is None:
        return None
    decision = getattr(filed, "decision", None)
    if decision is None or not decision.is_approved:
        return CaseKeeping([], "", decision is not None)
    paid = getattr(decision, "payment", None)
    found = kept_papers(scheme, decision.decided_on, last_paid_on=paid.paid_on if paid else None)
    kept = [Kept(LABELS[one.kind], one.until, one.because) for one in found]
    return CaseKeeping(kept, "; ".join(dict.fromkeys(one.source for one in found)), False)
