"""定額制訓練: the share of the contract that is supported, and the monthly limit."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from firms.rules.calendar import end_of_period, whole_months
from firms.rules.figures import Figure
from firms.rules.reading import FactError
from grants.rules.amounts import cut
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes
from grants.rules.outcome import Line, line
from grants.rules.terms import opening
from grants.rules.windows import last_supported_day

COMMON = "hrd_common"
SCHEMES = ("invest_in_people", "reskilling")
MENU = "subscription"


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months and the rest of a period, and how long the month of the rest is."""

    whole: int
    remaining_days: int
    days_of_remainder_month: int

    @property
    def exact(self) -> Fraction:
        return self.whole + Fraction(self.remaining_days, self.days_of_remainder_month)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What was bought, by whom it is used, and the days that are supported."""

    scheme: str
    sme: bool
    plan_filed: date
    contract_price: int
    contract_start: date
    contract_end: date
    supported_from: date
    supported_to: date
    users: int
    supported_workers: int
    uplift: bool = False


@dataclass(frozen=True, slots=True)
class SubscriptionOutcome:
    """Days, aid and, claimed apart, the uplift."""

    payable: bool
    supported_days: int
    contract_days: int
    expense_aid: int
    uplift_expense_aid: int
    lines: tuple[Line, ...]
    because: str


def takes_subscriptions(scheme: str, on: date, *, schemes: Schemes | None = None) -> bool:
    """Whether a plan of a subscription may be filed that day."""
    return opening(schemes or current_schemes(), scheme, MENU, on).is_open


def months_between(first: date, last: date) -> Months:
    """要領06027ロ: the rest is divided by the days 「その期間の初日から起算して一月となる日まで」."""
    if last < first:
        raise FactError("supported_to が supported_from より前です。期間を確認してください。")
    whole, rest = whole_months(first, last)
    return Months(whole, (last - rest).days + 1, (end_of_period(rest, 1) - rest).days + 1)


def limit_per_person(months: Months, price: Figure, rounding: Figure) -> int:
    exact = months.exact * price.whole
    return cut(exact.numerator, exact.denominator, rounding.whole)


def subscription_limit(
    supported_from: date, supported_to: date, *, schemes: Schemes | None = None
) -> tuple[Months, int]:
    """The limit of one person, cut below 100 yen as the form shows it."""
    known = schemes or current_schemes()
    months = months_between(supported_from, supported_to)
    price = known.latest(COMMON, "subscription.limit_per_month", supported_from)
    return months, limit_per_person(months, price, known.latest(COMMON, "rounding", supported_from))


def assess_subscription(facts: Subscription, *, schemes: Schemes | None = None) -> SubscriptionOutcome:
    known = schemes or current_schemes()
    possible(facts, known)
    supported = (facts.supported_to - facts.supported_from).days + 1
    contract = (facts.contract_end - facts.contract_start).days + 1
    if not opening(known, facts.scheme, MENU, facts.plan_filed).is_open:
        because = "計画届の届出日に実施されていない制度のため、支給されません。"
        return SubscriptionOutcome(False, supported, contract, 0, 0, (), because)
    size = "sme" if facts.sme else "large"
    rate = known.find(facts.scheme, f"{MENU}.expense_rate.{size}", facts.plan_filed) or known.get(
        facts.scheme, f"expense_rate.{size}", facts.plan_filed
    )
    more = known.find(facts.scheme, f"{MENU}.uplift_rate.{size}", facts.plan_filed) if facts.uplift else None
    share = Fraction(facts.contract_price * facts.supported_workers * supported, facts.users * contract)
    base, row = aid(facts, known, rate, share, ("expense", "経費助成（定額制）"), Fraction())
    if more is None:
        return SubscriptionOutcome(row.amount > 0, supported, contract, row.amount, 0, (row,), row.because)
    _, extra = aid(facts, known, more, share, ("uplift_expense", "経費助成（定額制・割増分）"), base)
    return SubscriptionOutcome(
        row.amount > 0, supported, contract, row.amount, extra.amount, (row, extra), row.because + extra.because
    )


def aid(
    facts: Subscription, known: Schemes, rate: Figure, share: Fraction, name: tuple[str, str], taken: Fraction
) -> tuple[Fraction, Line]:
    """The lower of rate and limit; `taken` is what the base aid already used of the limit."""
    price = known.find(COMMON, "subscription.limit_per_month", facts.plan_filed)
    rounding = known.get(COMMON, "rounding", facts.plan_filed)
    exact = share * rate.whole / 100
    words = (
        f"契約額 {facts.contract_price:,}円 × 対象者 {facts.supported_workers}人 ÷ 利用者 {facts.users}人 × "
        f"対象日数 ÷ 契約日数 × {rate.whole}%"
    )
    if price:
        months = months_between(facts.supported_from, facts.supported_to)
        exact = min(exact, months.exact * price.whole * facts.supported_workers - taken)
        words += f"（限度額 {price.whole:,}円 × {months.whole}か月と{months.remaining_days}日 × {facts.supported_workers}人）"
    total = cut(exact.numerator, exact.denominator, rounding.whole)
    figures = (rate, *((price,) if price else ()), rounding)
    return exact, line(*name, total, f"{words}、{rounding.whole}円未満切捨て = {total:,}円", figures)


def possible(facts: Subscription, known: Schemes) -> None:
    if not facts.contract_start <= facts.supported_from <= facts.supported_to <= facts.contract_end:
        raise FactError(
            "supported_from・supported_to が契約期間（contract_start〜contract_end）の外です。期間を確認してください。"
        )
    longest = last_supported_day(facts.supported_from, facts.contract_end, schemes=known)
    if facts.supported_to > longest:
        raise FactError(
            f"supported_to が1つの計画の対象期間（{longest} まで）より後です。1年を超える契約は期間を分けて申請してください。"
        )
    if facts.users < 1:
        raise FactError("users は1以上で指定してください。")
    if facts.supported_workers > facts.users:
        raise FactError("supported_workers が users（契約者数）より多く、あり得ません。")
