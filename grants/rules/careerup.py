"""キャリアアップ助成金 正社員化コース: amounts, the 3 per cent, pay days and the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from firms.rules.calendar import ONE_DAY, add_months, days_in_month, end_of_period, in_words, next_open_day
from firms.rules.reading import FactError
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes
from grants.rules.outcome import Line, line

SCHEME = "careerup"
ORIGINS = ("fixed_term", "indefinite", "dispatched")
ADDITIONS = ("rule_introduced", "diverse_regular", "disclosure")
MONTHS_OF_YEAR = 12
HUNDREDTHS_OF_PERCENT = 100 * 100


@dataclass(frozen=True, slots=True)
class CareerUp:
    """The two instalments of one conversion, and what is added once for the establishment."""

    period_1: int
    period_2: int
    additions: int
    total: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Raise:
    """Six months after against six before."""

    before_per_hour: int | None
    after_per_hour: int | None
    percent: Decimal
    passes: bool
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class PayDays:
    """From the conversion to the pay day the claim counts from."""

    treated_as_converted_on: date
    period_from: date
    period_to: date
    sixth_payday: date
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanTest:
    """Whether the キャリアアップ計画 carries a conversion, with every reason it does not."""

    eligible: bool
    due: date
    last: date
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How somebody was dispatched to the firm; None where nobody has said. Both days count.

    `same_unit`: without a break in one 組織単位; `contracted_on`: the labour contract was made or offered."""

    first: date | None = None
    last: date | None = None
    same_unit: bool | None = None
    is_indefinite: bool | None = None
    contracted_on: date | None = None


def careerup_grant(
    conversion: date,
    *,
    sme: bool,
    origin: str,
    priority: bool,
    employed_years: int | Decimal,
    probation_to: date | None = None,
    dispatch: Dispatch | None = None,
    additions: Sequence[str] = (),
    schemes: Schemes | None = None,
) -> CareerUp:
    """Somebody dispatched is always 重点支援対象者, and counts as 無期 where the 派遣元 employs them so or over five years.

    A probation after the conversion makes it one from 無期 (支給要領R8.4.8 0207ホ・1003イ(ﾛ)); 重点 by years of 有期 goes with
    it, so that the second period is counted only for those who were 無期 before and 重点 all the same."""
    known = schemes or current_schemes()
    size = "sme" if sme else "large"
    beyond = known.get(SCHEME, "indefinite_after_years", conversion)
    if origin == "dispatched" and dispatch and (bars := dispatch_bars(known, conversion, dispatch)):
        return CareerUp(0, 0, 0, 0, (line("period_1", "第1期", 0, "".join(bars), (beyond,)),))
    why = counts_as_indefinite(origin, employed_years, beyond.whole, probation_to, dispatch)
    as_indefinite = origin == "indefinite" or bool(why)
    figure = known.get(SCHEME, f"{'indefinite' if as_indefinite else 'fixed_term'}.{size}", conversion)
    rows = [line("period_1", "第1期", figure.whole, f"{figure.label}{why} {figure.whole:,}円", (figure, beyond))]
    loses_priority = probation_to is not None and origin != "indefinite"
    if (priority or origin == "dispatched") and not loses_priority:
        rows.append(line("period_2", "第2期", figure.whole, f"重点支援対象者の第2期 {figure.whole:,}円", (figure,)))
    for name in additions:
        more = known.get(SCHEME, f"addition.{name}.{size}", conversion)
        rows.append(line(f"addition_{name}", more.label, more.whole, f"{more.label} {more.whole:,}円", (more,)))
    second = figure.whole if len(rows) > 1 and rows[1].code == "period_2" else 0
    added = sum(row.amount for row in rows if row.code.startswith("addition_"))
    return CareerUp(figure.whole, second, added, figure.whole + second + added, tuple(rows))


def counts_as_indefinite(
    origin: str, years: int | Decimal, beyond: int, probation_to: date | None, dispatch: Dispatch | None
) -> str:
    """Why a conversion from 有期 or dispatch draws the amount of 無期; empty where it does not."""
    if origin == "indefinite":
        return ""
    if probation_to is not None:
        return "（転換後に試用期間があるため、無期からの転換とみなす）"
    if origin == "dispatched" and dispatch and dispatch.is_indefinite:
        return "（派遣元に無期雇用されていたため、無期からの転換とみなす）"
    return f"（通算{beyond}年を超える有期は無期とみなす）" if years > beyond else ""


def dispatch_bars(known: Schemes, conversion: date, dispatch: Dispatch) -> list[str]:
    """What keeps a direct hire of somebody dispatched from any amount (支給要領R8.4.8 1002ロ(ﾛ)・1003イ(ﾊ)・1001※5)."""
    months = known.get(SCHEME, "dispatch_months", conversion).whole
    within = known.get(SCHEME, "dispatch_start_months", conversion).whole
    too_short = dispatch.first and dispatch.last and dispatch.last < end_of_period(dispatch.first, months)
    late_start = dispatch.last and conversion > end_of_period(dispatch.last + ONE_DAY, within)
    late_contract = dispatch.last and dispatch.contracted_on and dispatch.contracted_on > dispatch.last
    against = {
        f"派遣の受入れが{months}か月に満たないため対象になりません。": too_short,
        "同じ組織単位で続けて受け入れていないため対象になりません。": dispatch.same_unit is False,
        "労働契約の締結か申込みが派遣の終わりより後のため対象になりません。": late_contract,
        f"働き始めが派遣の終わった日の翌日から{within}か月を過ぎているため対象になりません。": late_start,
    }
    return [reason for reason, holds in against.items() if holds]


def is_priority(
    conversion: date, *, origin: str, employed_years: int | Decimal, schemes: Schemes | None = None
) -> bool | None:
    """重点支援対象者 as far as it follows from origin and years alone; None: further facts decide.

    Over the years after which 有期 counts as 無期 the years alone no longer make one (Q&A R8.4.8 Q①-2 10・13)."""
    known = schemes or current_schemes()
    if origin == "dispatched":
        return True
    long = known.get(SCHEME, "priority_after_years", conversion).whole
    beyond = known.get(SCHEME, "indefinite_after_years", conversion).whole
    return True if origin == "fixed_term" and long <= employed_years <= beyond else None


def weekly_to_six_months(weekly: Decimal, *, on: date, schemes: Schemes | None = None) -> Decimal:
    known = schemes or current_schemes()
    weeks = known.latest(SCHEME, "weeks_per_year", on).whole
    return weekly * weeks * known.latest(SCHEME, "period_months", on).whole / MONTHS_OF_YEAR


def careerup_raise(
    before_total: int,
    after_total: int,
    *,
    before_hours: Decimal | None = None,
    after_hours: Decimal | None = None,
    on: date | None = None,
    schemes: Schemes | None = None,
) -> Raise:
    """With hours the pay is compared by the hour, each rounded up to a yen; the per cent is cut, not rounded."""
    needed = (schemes or current_schemes()).latest(SCHEME, "raise_percent", on or date.max)
    before, after = before_total, after_total
    by_hour = before_hours is not None and after_hours is not None
    if before_hours is not None and after_hours is not None:
        if not before_hours or not after_hours:
            raise FactError("before_hours と after_hours は0より大きい時間で指定してください。")
        before, after = per_hour(before_total, before_hours), per_hour(after_total, after_hours)
    if before <= 0:
        raise FactError("before_total は1以上で指定してください。転換前の賃金が0円では増額率を計算できません。")
    percent = cut_percent(after - before, before)
    passes = after * 100 >= before * (100 + needed.whole)
    unit = "1時間あたり" if by_hour else "6か月の合計"
    because = f"{unit} {before:,}円 → {after:,}円、{percent}%（{needed.whole}%以上が要件、小数第3位切捨て）"
    return Raise(before if by_hour else None, after if by_hour else None, percent, passes, because, needed.source)


def per_hour(total: int, hours: Decimal) -> int:
    return ceil(total / Fraction(hours))


def cut_percent(part: int, whole: int) -> Decimal:
    """Cut towards zero after two decimals."""
    hundredths = abs(part) * HUNDREDTHS_OF_PERCENT // whole
    return Decimal(hundredths if part >= 0 else -hundredths).scaleb(-2)


def careerup_paydays(
    conversion: date,
    *,
    closing_day: int,
    pay_day: int,
    pay_month_offset: int,
    sixth_paid_on: date | None = None,
    is_paid_late: bool = False,
    worked_days: Sequence[int] = (),
    probation_to: date | None = None,
    schemes: Schemes | None = None,
) -> PayDays:
    """The six months start after the first closing where the conversion is not the day after one.

    `sixth_paid_on` is the real day where it differs: sooner, or later by the firm's rules. What the firm merely pays late
    (`is_paid_late`) leaves the day of the rules (支給要領R8.4.8 1006※, Q18). `worked_days` by month, paid leave included: a
    month below the least does not count, and the last moves on (Q19)."""
    if probation_to is not None and probation_to < conversion:
        raise FactError("probation_to が conversion より前です。試用期間の最終日を確認してください。")
    known = schemes or current_schemes()
    count = known.latest(SCHEME, "period_months", conversion)
    treated = probation_to + ONE_DAY if probation_to else conversion
    starts = (
        treated if is_closing(treated - ONE_DAY, closing_day) else closing_on_or_after(treated, closing_day) + ONE_DAY
    )
    least = known.latest(SCHEME, "worked_days_in_month", conversion)
    closes = closing_of_month(starts, closing_day, months=months_needed(count.whole, worked_days, least.whole))
    by_rule = on_day(add_months(closes, pay_month_offset), pay_day)
    paid = by_rule if sixth_paid_on is None or (is_paid_late and sixth_paid_on > by_rule) else sixth_paid_on
    if paid < starts:
        raise FactError("sixth_paid_on が6か月の対象期間より前です。6か月目の賃金を支払った日を指定してください。")
    because = (
        f"転換とみなす日 {in_words(treated)}、対象の{count.whole}か月は {in_words(starts)}から{in_words(closes)}まで、"
        f"その最後の賃金の支払日は {in_words(paid)}です。"
    )
    return PayDays(treated, starts, closes, paid, because, count.source)


def months_needed(count: int, worked_days: Sequence[int], least: int) -> int:
    """How many months pass until so many of them count; months nobody has told of count."""
    passed = counted = 0
    while counted < count:
        counted += passed >= len(worked_days) or worked_days[passed] >= least
        passed += 1
    return passed


def closing_of_month(starts: date, closing_day: int, *, months: int) -> date:
    closes = closing_on_or_after(starts, closing_day)
    for _ in range(months - 1):
        closes = closing_on_or_after(closes + ONE_DAY, closing_day)
    return closes


def on_day(month: date, day: int) -> date:
    return month.replace(day=min(day, days_in_month(month.year, month.month)))


def is_closing(on: date, closing_day: int) -> bool:
    return on == on_day(on, closing_day)


def closing_on_or_after(on: date, closing_day: int) -> date:
    this = on_day(on, closing_day)
    return this if this >= on else on_day(add_months(on, 1), closing_day)


def careerup_plan(
    *, plan_filed: date, plan_from: date, plan_to: date, conversion: date, schemes: Schemes | None = None
) -> PlanTest:
    known = schemes or current_schemes()
    ahead = known.latest(SCHEME, "plan_days_before", conversion)
    least, most = (known.latest(SCHEME, f"plan_years.{name}", conversion) for name in ("least", "most"))
    due = conversion - timedelta(days=ahead.whole)
    last = next_open_day(due)
    against = {
        f"計画書が期限 {in_words(last)} より後に届いています。": plan_filed > last,
        "計画期間は届出日の翌日以後に始まる必要があります。": plan_from <= plan_filed,
        "転換日が計画期間の外です。": not plan_from <= conversion <= plan_to,
        f"計画期間が{least.whole}年に足りません。": plan_to < end_of_period(plan_from, least.whole * MONTHS_OF_YEAR),
        f"計画期間が{most.whole}年を超えています。": plan_to > end_of_period(plan_from, most.whole * MONTHS_OF_YEAR),
    }
    because = "".join(reason for reason, holds in against.items() if holds)
    return PlanTest(not because, due, last, because or "転換日は計画期間の中にあり、計画書は期限内です。", ahead.source)
