"""One period of a conversion put against キャリアアップ助成金 正社員化コース: its days, its window, every requirement and the sum."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from firms.rules.calendar import ONE_DAY, add_months, end_of_period, in_words
from firms.rules.figures import sources
from firms.rules.windows import Window
from grants.rules.careerup import (
    MONTHS_OF_YEAR,
    SCHEME,
    Dispatch,
    PayDays,
    Raise,
    careerup_grant,
    careerup_paydays,
    careerup_plan,
    careerup_raise,
    dispatch_bars,
    is_priority,
    weekly_to_six_months,
)
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes
from grants.rules.outcome import Condition, Line, State
from grants.rules.windows import claim_window

RULES = "キャリアアップ助成金支給要領R8.4.8"
HUNDREDTH = Decimal("0.01")
DAYS_OF_YEAR = Decimal("365.25")
# It may ride on either claim, the two others on the first alone (支給要領R8.4.8 1005).
ON_EITHER_CLAIM = "disclosure"


@dataclass(frozen=True, slots=True)
class Pay:
    """One period as the wage ledger has it, beside the six months before; hours are weekly."""

    before_yen: int
    after_yen: int
    before_weekly: Decimal
    after_weekly: Decimal
    worked_days: tuple[int, ...]
    last_paid_on: date
    is_paid_late: bool


@dataclass(frozen=True, slots=True)
class Converted:
    """A conversion as far as it is told; None where nobody has said. Both ends of the plan count.

    `priority`: one of the ways that do not follow from origin and years; `started` is the first period's pay, of the second
    period alone; `persons` those claimed for the first time in the fiscal year, this one left out."""

    converted_on: date
    origin: str
    since: date
    sme: bool | None
    priority: bool
    period: int
    closing_day: int
    pay_day: int
    pay_months_later: int
    plan_filed_on: date | None
    plan_from: date
    plan_to: date
    probation_to: date | None = None
    dispatch: Dispatch | None = None
    additions: tuple[str, ...] = ()
    started: Pay | None = None
    pay: Pay | None = None
    persons: int = 0
    is_first_refused: bool = False


@dataclass(frozen=True, slots=True)
class PeriodOutcome:
    """`total` is what the lines add up to; `payable_amount` is nothing while a requirement is not met."""

    conditions: tuple[Condition, ...]
    lines: tuple[Line, ...]
    total: int
    payable_amount: int


def years_of(facts: Converted) -> Decimal:
    return years_between(facts.since, facts.converted_on)


def years_between(since: date, until: date) -> Decimal:
    """Cut to hundredths, but never below what whole years say: five years to the day are five."""
    days = Decimal((until - since).days)
    whole = until.year - since.year
    whole -= add_months(since, whole * MONTHS_OF_YEAR) > until
    if add_months(since, whole * MONTHS_OF_YEAR) == until:
        return Decimal(whole)
    return max(Decimal(whole) + HUNDREDTH, (days / DAYS_OF_YEAR).quantize(HUNDREDTH))


def is_prior(facts: Converted, *, schemes: Schemes | None = None) -> bool:
    """重点支援対象者, by what is told or by origin and years alone."""
    follows = is_priority(facts.converted_on, origin=facts.origin, employed_years=years_of(facts), schemes=schemes)
    return facts.priority or follows is True


def paydays_of_period(facts: Converted, *, schemes: Schemes | None = None) -> PayDays:
    """The second period begins the day after the first ends (支給要領R8.4.8 1004)."""
    if facts.period == 1:
        return paydays(facts, facts.converted_on, facts.pay, probation_to=facts.probation_to, schemes=schemes)
    first = paydays(facts, facts.converted_on, facts.started, probation_to=facts.probation_to, schemes=schemes)
    return paydays(facts, first.period_to + ONE_DAY, facts.pay, probation_to=None, schemes=schemes)


def paydays(
    facts: Converted, since: date, pay: Pay | None, *, probation_to: date | None, schemes: Schemes | None
) -> PayDays:
    return careerup_paydays(
        since,
        closing_day=facts.closing_day,
        pay_day=facts.pay_day,
        pay_month_offset=facts.pay_months_later,
        sixth_paid_on=pay.last_paid_on if pay else None,
        is_paid_late=pay.is_paid_late if pay else False,
        worked_days=pay.worked_days if pay else (),
        probation_to=probation_to,
        schemes=schemes,
    )


def claim_window_of_period(facts: Converted, *, schemes: Schemes | None = None) -> Window:
    event = "careerup_sixth_payday" if facts.period == 1 else "careerup_twelfth_payday"
    return claim_window(event, paydays_of_period(facts, schemes=schemes).sixth_payday, schemes=schemes)


def careerup_plan_window(
    converted_on: date, plan_from: date, *, opened_on: date, schemes: Schemes | None = None
) -> Window:
    """No relief of a closed day saves a new plan: its period cannot begin before the day after it arrives (0401・Q10)."""
    ahead = (schemes or current_schemes()).latest(SCHEME, "plan_days_before", converted_on)
    last = min(converted_on - timedelta(days=ahead.whole), plan_from - ONE_DAY)
    because = (
        f"転換日 {in_words(converted_on)} の前日と、計画期間の初日 {in_words(plan_from)} の前日の早い方の{in_words(last)}までに"
        "届く（到達する）必要があります。閉庁日でも翌開庁日には延びません。"
    )
    return Window(min(opened_on, last), last, last, because, ahead.label, ahead.source)


def assess_period(facts: Converted, *, on: date, schemes: Schemes | None = None) -> PeriodOutcome:
    known = schemes or current_schemes()
    conditions = tuple(conditions_of(facts, known, on=on))
    lines = lines_of(facts, known) if facts.sme is not None else ()
    total = sum(one.amount for one in lines)
    is_met = all(one.state == "met" for one in conditions)
    return PeriodOutcome(conditions, lines, total, total if is_met else 0)


def lines_of(facts: Converted, known: Schemes) -> tuple[Line, ...]:
    """Of both instalments the one this period claims, and what is added with it."""
    found = careerup_grant(
        facts.converted_on,
        sme=bool(facts.sme),
        origin=facts.origin,
        priority=is_prior(facts, schemes=known),
        employed_years=years_of(facts),
        probation_to=facts.probation_to,
        dispatch=facts.dispatch,
        additions=facts.additions,
        schemes=known,
    )
    wanted = f"period_{facts.period}"
    return tuple(one for one in found.lines if one.code == wanted or one.code.startswith("addition_"))


def conditions_of(facts: Converted, known: Schemes, *, on: date) -> list[Condition]:
    found = [size(facts), plan(facts, known), length(facts, known)]
    if facts.period == 1:
        return [*found, persons(facts, known, on=on), raised(facts, known), paid(facts, known, on=on)]
    return [*found, second(facts, known), first_not_refused(facts), not_cut(facts), paid(facts, known, on=on)]


def truth(value: bool) -> State:
    return "met" if value else "unmet"


def size(facts: Converted) -> Condition:
    state: State = "unknown" if facts.sme is None else "met"
    told = "申請の日の資本金・常時雇用する労働者の数で決まります。"
    return Condition("size", "企業の規模が分かる", state, told, f"{RULES} 0701ロ")


def plan(facts: Converted, known: Schemes) -> Condition:
    label = "転換日がキャリアアップ計画の期間の中にあり、計画書が期限までに届いた"
    if facts.plan_filed_on is None:
        return Condition("plan", label, "unmet", "計画書の届出が記録されていません。", f"{RULES} 0401")
    tested = careerup_plan(
        plan_filed=facts.plan_filed_on,
        plan_from=facts.plan_from,
        plan_to=facts.plan_to,
        conversion=facts.converted_on,
        schemes=known,
    )
    return Condition("plan", label, truth(tested.eligible), tested.because, tested.source)


def length(facts: Converted, known: Schemes) -> Condition:
    """1003イ(ｲ), of somebody dispatched 1002ロ(ﾛ)."""
    months = known.get(SCHEME, "dispatch_months" if facts.dispatch else "period_months", facts.converted_on)
    if facts.dispatch:
        bars = dispatch_bars(known, facts.converted_on, facts.dispatch)
        because = "".join(bars) or "派遣の受入れの期間と、契約・雇入れの日が要件に合います。"
        label = f"同じ組織単位で{months.whole}か月以上派遣された後に雇い入れた"
        return Condition("length", label, truth(not bars), because, months.source)
    needed = end_of_period(facts.since, months.whole)
    label = f"転換の前に{months.whole}か月以上雇われている"
    because = f"{in_words(facts.since)}から{months.whole}か月は{in_words(needed)}まで、転換日は{in_words(facts.converted_on)}です。"
    return Condition("length", label, truth(needed < facts.converted_on), because, f"{RULES} 1003イ(ｲ)")


def persons(facts: Converted, known: Schemes, *, on: date) -> Condition:
    most = known.latest(SCHEME, "persons_per_year", on)
    because = f"この年度に申請した人は、この人を除いて{facts.persons}人です（上限{most.whole}人、第2期は数えません）。"
    label = "1事業所1年度の人数の上限を超えない"
    return Condition("persons", label, truth(facts.persons < most.whole), because, most.source)


def raised(facts: Converted, known: Schemes) -> Condition:
    if facts.pay is None:
        needed = known.latest(SCHEME, "raise_percent", facts.converted_on)
        label = f"転換前後6か月の賃金を比べて{needed.whole}%以上増えた"
        return Condition("raise", label, "unknown", "賃金がまだ入力されていません。", needed.source)
    found = raise_of(facts.pay, known, on=facts.converted_on)
    return Condition(
        "raise", "転換前後6か月の賃金が要件のとおり増えた", truth(found.passes), found.because, found.source
    )


def raise_of(pay: Pay, known: Schemes, *, on: date) -> Raise:
    """By the hour as the rule (支給要領R8.4.8 1002イ(ﾎ)※4)."""
    before, after = (
        weekly_to_six_months(weekly, on=on, schemes=known) for weekly in (pay.before_weekly, pay.after_weekly)
    )
    return careerup_raise(pay.before_yen, pay.after_yen, before_hours=before, after_hours=after, on=on, schemes=known)


def paid(facts: Converted, known: Schemes, *, on: date) -> Condition:
    """Months below the least of worked days do not count, and none counts that nobody has told of (1004※・Q19)."""
    label = "勤務日数の足りる月の賃金を、期の最後の月まで支払った"
    if facts.pay is None:
        return Condition("paid", label, "unknown", "賃金がまだ入力されていません。", f"{RULES} 1004・1006")
    least = known.latest(SCHEME, "worked_days_in_month", facts.converted_on)
    months = known.latest(SCHEME, "period_months", facts.converted_on)
    counted = sum(days >= least.whole for days in facts.pay.worked_days)
    days = paydays_of_period(facts, schemes=known)
    because = f"{least.whole}日以上勤務した月は{counted}か月（{months.whole}か月が必要）。{days.because}"
    is_paid = counted >= months.whole and facts.pay.last_paid_on <= on
    return Condition("paid", label, truth(is_paid), because, sources(least, months))


def second(facts: Converted, known: Schemes) -> Condition:
    prior = is_prior(facts, schemes=known)
    because = (
        "転換の日に重点支援対象者でした。"
        if prior
        else "重点支援対象者でない人の申請は第1期だけです。有期で3年以上、派遣、訓練の修了などがあてはまるか確かめてください。"
    )
    return Condition("second", "重点支援対象者である", truth(prior), because, f"{RULES} 0503イ(ｲ)a・0235")


def first_not_refused(facts: Converted) -> Condition:
    """Late or withdrawn for that, the second is still open (Q32)."""
    because = "第1期が不支給のときは、期限に遅れたためのものを除き、第2期は申請できません。"
    return Condition(
        "first", "第1期が不支給でない", truth(not facts.is_first_refused), because, "キャリアアップ助成金Q&A R8.4.8 Q32"
    )


def not_cut(facts: Converted) -> Condition:
    """No new rise is asked of the second period (Q31), only no cut."""
    label, source = "第1期より賃金を下げていない", f"{RULES} 1002イ(ﾎ)"
    if facts.pay is None:
        return Condition("not_cut", label, "unknown", "賃金がまだ入力されていません。", source)
    before, after = facts.pay.before_yen / facts.pay.before_weekly, facts.pay.after_yen / facts.pay.after_weekly
    because = (
        f"第1期 {facts.pay.before_yen:,}円（週{facts.pay.before_weekly}時間）、"
        f"第2期 {facts.pay.after_yen:,}円（週{facts.pay.after_weekly}時間）を1時間あたりで比べます。"
    )
    return Condition("not_cut", label, truth(after >= before), because, source)


def last_day_of_plan(starts_on: date, years: int) -> date:
    return end_of_period(starts_on, years * MONTHS_OF_YEAR)


def plan_years(on: date, *, schemes: Schemes | None = None) -> tuple[int, int, str]:
    """The least and the most years of a plan, with their source."""
    known = schemes or current_schemes()
    least, most = (known.latest(SCHEME, f"plan_years.{end}", on) for end in ("least", "most"))
    return least.whole, most.whole, sources(least, most)
