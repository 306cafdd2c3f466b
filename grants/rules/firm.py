"""What is asked of the firm itself: its size and how many left."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from firms.rules.reading import FactError
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes

COMMON = "hrd_common"
INDUSTRIES = ("manufacturing", "retail", "services", "wholesale")
ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class FirmSize:
    """Whether the enterprise is a 中小企業, and by which limit."""

    sme: bool
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class SeparationRatio:
    """特定受給資格離職者 among the insured."""

    percent: Decimal
    within_limit: bool
    because: str
    source: str


def firm_size(
    industry: str,
    *,
    capital_yen: int | None,
    regular_employees: int,
    on: date | None = None,
    schemes: Schemes | None = None,
) -> FirmSize:
    """Either limit is enough (共通要領の「又は」); without capital, headcount alone decides."""
    if industry not in INDUSTRIES:
        raise FactError(
            f"industry は {'・'.join(INDUSTRIES)} のいずれかで指定してください（「{industry}」は不明です）。"
        )
    known, day = schemes or current_schemes(), on or date.max
    capital = known.latest(COMMON, f"size.{industry}.capital", day)
    people = known.latest(COMMON, f"size.{industry}.employees", day)
    by_capital = capital_yen is not None and capital_yen <= capital.whole
    by_people = regular_employees <= people.whole
    owned = "資本金なし" if capital_yen is None else f"資本金 {capital_yen:,}円（基準 {capital.whole:,}円以下）"
    because = (
        f"{owned}、常時雇用する労働者 {regular_employees}人（基準 {people.whole}人以下）の"
        f"{'いずれかを満たすため中小企業' if by_capital or by_people else 'いずれも超えるため大企業'}"
    )
    return FirmSize(by_capital or by_people, because, people.source)


def separation_ratio(
    *, insured_on_claim_date: int, qualified_leavers: int, on: date | None = None, schemes: Schemes | None = None
) -> SeparationRatio:
    if insured_on_claim_date < 1:
        raise FactError("insured_on_claim_date は1以上で指定してください。被保険者のいない事業所は申請できません。")
    known, day = schemes or current_schemes(), on or date.max
    most = known.latest(COMMON, "separation.percent", day)
    ignored = known.latest(COMMON, "separation.ignored_persons", day)
    within = qualified_leavers <= ignored.whole or qualified_leavers * 100 <= most.whole * insured_on_claim_date
    percent = (Decimal(qualified_leavers * 100) / insured_on_claim_date).quantize(ONE_DECIMAL, ROUND_HALF_UP)
    because = (
        f"特定受給資格離職者 {qualified_leavers}人 ÷ 被保険者 {insured_on_claim_date}人 = {percent}%"
        f"（{most.whole}%以下、または{ignored.whole}人以下が要件）"
    )
    return SeparationRatio(percent, within, because, most.source)
