"""Grant money over the years: what is expected, was claimed, decided, paid and given back, each by its own day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, Max, Min, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from firms.acting import Acting
from grants.models import Claim, ClaimFiling, Deadline, Decision, GrantCase, OfficeStep, Payment, PlanVersion
from grants.models.cases import CaseQuerySet
from grants.rules import fiscal_year
from grants.states import CaseState, DeadlineState

EXPECTED, CLAIMED, DECIDED, PAID, REPAID = STAGES = ("expected", "claimed", "decided", "paid", "repaid")
# A plan stands, and no claim of it is filed.
AHEAD = (CaseState.PLANNED, CaseState.FILED, CaseState.CLAIM_READY)
# Filed and not decided; decided and not paid: nobody says when.
UNDER_REVIEW = (CaseState.CLAIMED, CaseState.AMENDING)


@dataclass(frozen=True)
class MoneyEntry:
    """One sum of one case, by the day whose fiscal year it belongs to; None for a day or a sum that nobody knows yet.

    What was given back is negative."""

    firm: str
    firm_id: int
    scheme: str
    case: int
    stage: str
    on: date | None
    yen: int | None


@dataclass(frozen=True)
class MoneyRow:
    """A firm's sums of one scheme in one year, in the order of STAGES, and how many of its cases expect a sum nobody knows."""

    firm: str
    scheme: str
    yen: tuple[int, ...]
    unknown: int = 0

    @property
    def kept(self) -> int:
        """Paid less what was given back."""
        return self.yen[STAGES.index(PAID)] + self.yen[STAGES.index(REPAID)]


CASE = ("establishment__organisation__name", "establishment__organisation", "scheme", "pk")


def entries(acting: Acting) -> list[MoneyEntry]:
    """Everything of the cases one sees, in five queries however many they are."""
    seen = GrantCase.objects.visible_to(acting).order_by()
    return [*expected_of(seen.filter(state__in=AHEAD)), *told_of(seen.exclude(state=CaseState.WITHDRAWN))]


def expected_of(cases: CaseQuerySet) -> Iterable[MoneyEntry]:
    """By the last day of the claim; before the plan is filed by the last day of the training, when the claim opens."""
    claim_due = Q(deadlines__state=DeadlineState.OPEN, deadlines__code=Deadline.Code.CLAIM)
    rows = with_sums(cases).annotate(
        expected=Coalesce("claimed", "planned"),
        due_on=Min("deadlines__last_on", filter=claim_due),
        ends_at=Max("run__lessons__ends_at"),
    )
    for name, firm, scheme, case, expected, due_on, ends_at, until in rows.values_list(
        *CASE, "expected", "due_on", "ends_at", "run__learn_until"
    ):
        yield MoneyEntry(name, firm, scheme, case, EXPECTED, due_on or day_of(ends_at) or until, expected)


def with_sums(cases: CaseQuerySet) -> CaseQuerySet:
    """Adds `claimed` and `planned`, the totals of the newest claim and plan, and `decided` of a decision."""
    claims = Claim.objects.filter(case=OuterRef("pk")).current_first().values("total_yen")[:1]
    # As text on the way: a number out of JSON is read differently by the two databases.
    total = Cast(KeyTextTransform("total", "outcome"), BigIntegerField())
    plans = PlanVersion.objects.filter(case=OuterRef("pk")).current_first().annotate(total=total).values("total")[:1]
    decisions = Decision.objects.filter(claim__case=OuterRef("pk")).order_by("-pk").values("amount_yen")[:1]
    return cases.annotate(claimed=Subquery(claims), planned=Subquery(plans), decided=Subquery(decisions))


def day_of(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def told_of(cases: CaseQuerySet) -> Iterable[MoneyEntry]:
    """What was filed, decided, paid and given back, as recorded."""
    filings = ClaimFiling.objects.filter(claim__case__in=cases)
    decisions = Decision.objects.filter(claim__case__in=cases)
    payments = Payment.objects.filter(decision__claim__case__in=cases)
    repaid = OfficeStep.objects.held().filter(case__in=cases, kind=OfficeStep.Kind.REPAID)
    for stage, rows, path, day, yen in (
        (CLAIMED, filings, "claim__case__", "filed_on", "claim__total_yen"),
        (DECIDED, decisions, "claim__case__", "decided_on", "amount_yen"),
        (PAID, payments, "decision__claim__case__", "paid_on", "amount_yen"),
        (REPAID, repaid, "case__", "on", "amount_yen"),
    ):
        names = [f"{path}{part}" for part in CASE]
        for name, firm, scheme, case, on, amount in rows.order_by().values_list(*names, day, yen):
            yield MoneyEntry(name, firm, scheme, case, stage, on, -amount if stage == REPAID else amount)


def years_of(found: Iterable[MoneyEntry], *, today: date) -> list[int]:
    """The fiscal years there is money in, this one among them, the newest first."""
    return sorted({fiscal_year(one.on) for one in found if one.on} | {fiscal_year(today)}, reverse=True)


def rows_of_year(found: Iterable[MoneyEntry], year: int) -> list[MoneyRow]:
    """What has no day yet belongs to no year and is told by `undated`."""
    return rows_of(one for one in found if one.on and fiscal_year(one.on) == year)


def rows_of(found: Iterable[MoneyEntry]) -> list[MoneyRow]:
    """By firm and scheme."""
    groups: dict[tuple[str, int, str], list[MoneyEntry]] = defaultdict(list)
    for one in found:
        groups[one.firm, one.firm_id, one.scheme].append(one)
    return [row_of(groups[key]) for key in sorted(groups)]


def row_of(group: Sequence[MoneyEntry]) -> MoneyRow:
    yen = tuple(sum(one.yen or 0 for one in group if one.stage == stage) for stage in STAGES)
    return MoneyRow(group[0].firm, group[0].scheme, yen, sum(one.yen is None for one in group))


def undated(found: Iterable[MoneyEntry]) -> list[MoneyEntry]:
    """What is expected on a day that nothing tells: no claim deadline stands, and the training has no last day."""
    return [one for one in found if one.on is None]


def unknown(found: Iterable[MoneyEntry]) -> list[MoneyEntry]:
    """What is expected of a plan that was frozen without a forecast."""
    return [one for one in found if one.yen is None]


def total_of(rows: Sequence[MoneyRow]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*(row.yen for row in rows), strict=True)) or (0,) * len(STAGES)


def months_ahead(found: Iterable[MoneyEntry], *, today: date) -> list[tuple[date, int]]:
    """Expected claims by the month of their last day, from this month on; those that are past count for this month."""
    sums: dict[date, int] = defaultdict(int)
    for one in found:
        if one.stage == EXPECTED and one.on and one.yen:
            sums[max(one.on, today).replace(day=1)] += one.yen
    return sorted(sums.items())


def without_a_day(acting: Acting) -> dict[str, int]:
    """Sums whose day nobody knows: under review by what was claimed, decided and not paid by what was decided."""
    seen = GrantCase.objects.visible_to(acting).order_by()
    review = ClaimFiling.objects.filter(claim__case__in=seen.filter(state__in=UNDER_REVIEW))
    decided = Decision.objects.filter(claim__case__in=seen.filter(state=CaseState.APPROVED), is_approved=True)
    return {
        "review": sum(review.values_list("claim__total_yen", flat=True)),
        "decided": sum(decided.filter(payment=None).values_list("amount_yen", flat=True)),
    }
