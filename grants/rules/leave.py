"""長期教育訓練休暇制度 (人への投資促進コース): which text a plan follows, and what the leaves taken under it draw."""

from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import in_words
from firms.rules.figures import Figure
from firms.rules.reading import FactError
from grants.rules.amounts import PER_CENT, cut
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes
from grants.rules.outcome import Line, line
from grants.rules.requirements import MINUTES_OF_HOUR, in_hours
from grants.rules.terms import opening

SCHEME = "invest_in_people"
MENU = "long_leave"
COMMON = "hrd_common"
SPANS = ("long", "middle", "short")


@dataclass(frozen=True, slots=True)
class LeaveTaker:
    """Minutes of leave paid as work, days the substitute worked (業務代替期間), and per month begun the allowances of those who
    covered (yen, all of them together)."""

    paid_minutes: int
    replacement_days: int = 0
    cover_yen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LongLeave:
    """What one claim holds; `is_introduced`: the scheme is new to the firm."""

    plan_filed: date
    first_leave_on: date | None
    sme: bool
    takers: tuple[LeaveTaker, ...]
    is_introduced: bool = True
    uplift: bool = False


@dataclass(frozen=True, slots=True)
class LongLeaveGrant:
    """Yen; `rules_of` is a day on which the text that holds was in force, the uplift is claimed apart."""

    rules_of: date
    introduction: int
    wage_aid: int
    replacement_aid: int
    cover_aid: int
    total: int
    uplift_introduction: int
    uplift_wage_aid: int
    lines: tuple[Line, ...]
    because: str


def rules_day(plan_filed: date, first_leave_on: date | None, *, schemes: Schemes | None = None) -> tuple[date, str]:
    """支給要領R8.4.8 1202・1203: the day of filing chooses the text, but a plan filed before it follows it as well
    where the first leave of all begins after its first day."""
    turn = (schemes or current_schemes()).by_name[SCHEME].figures[f"{MENU}.older_plans_follow"][-1]
    if plan_filed >= turn.day:
        return plan_filed, "計画届の届出日の要領によります。"
    if first_leave_on is None:
        raise FactError(
            f"first_leave_on がありません。{in_words(turn.day)}より前に届け出た計画は、1人目の休暇の初日で適用する要領が変わります。"
        )
    if first_leave_on > turn.day:
        return (
            turn.day,
            f"1人目の休暇が{in_words(turn.day)}より後に始まるため、その日の要領によります（{turn.source}）。",
        )
    return plan_filed, f"1人目の休暇が{in_words(turn.day)}までに始まったため、届出日の要領によります（{turn.source}）。"


def long_leave_grant(facts: LongLeave, *, schemes: Schemes | None = None) -> LongLeaveGrant:
    known = schemes or current_schemes()
    on, because = rules_day(facts.plan_filed, facts.first_leave_on, schemes=known)
    if not opening(known, SCHEME, MENU, facts.plan_filed).is_open:
        return LongLeaveGrant(
            on, 0, 0, 0, 0, 0, 0, 0, (), "計画届の届出日に実施されていない制度のため、支給されません。"
        )
    base = (
        introduced(facts, known, on),
        *wages(facts, known, on),
        replaced(facts, known, on),
        covered(facts, known, on),
    )
    introduction, wage, more_wage, replacement, cover = (row.amount if row else 0 for row in base)
    raised = raised_introduction(facts, known, on)
    return LongLeaveGrant(
        rules_of=on,
        introduction=introduction,
        wage_aid=wage,
        replacement_aid=replacement,
        cover_aid=cover,
        total=introduction + wage + replacement + cover,
        uplift_introduction=raised.amount if raised else 0,
        uplift_wage_aid=more_wage,
        lines=tuple(row for row in (*base, raised) if row),
        because=because,
    )


def introduced(facts: LongLeave, known: Schemes, on: date) -> Line | None:
    if not facts.is_introduced:
        return None
    price = known.get(SCHEME, f"{MENU}.introduction", on)
    return line("introduction", "経費助成", price.whole, f"{price.whole:,}円", (price,))


def raised_introduction(facts: LongLeave, known: Schemes, on: date) -> Line | None:
    if not (facts.is_introduced and facts.uplift):
        return None
    price, raised = (known.get(SCHEME, f"{MENU}.{name}", on) for name in ("introduction", "introduction_raised"))
    more = raised.whole - price.whole
    return line(
        "uplift_introduction", "経費助成（割増分）", more, f"{raised.whole:,}円 − {price.whole:,}円", (raised, price)
    )


def wages(facts: LongLeave, known: Schemes, on: date) -> tuple[Line, Line | None]:
    size = "sme" if facts.sme else "large"
    most = known.get(SCHEME, f"{MENU}.wage_hours.{size}", on)
    minutes = sum(min(one.paid_minutes, most.whole * MINUTES_OF_HOUR) for one in facts.takers)
    base = hourly("wage", "賃金助成", known.get(SCHEME, f"{MENU}.wage.{size}", on), most, minutes, known, on)
    if not facts.uplift:
        return base, None
    more = known.get(SCHEME, f"{MENU}.uplift_wage.{size}", on)
    return base, hourly("uplift_wage", "賃金助成（割増分）", more, most, minutes, known, on)


def hourly(code: str, label: str, price: Figure, most: Figure, minutes: int, known: Schemes, on: date) -> Line:
    rounding = known.get(COMMON, "rounding", on)
    total = cut(minutes * price.whole, MINUTES_OF_HOUR, rounding.whole)
    because = f"{in_hours(minutes)}（1人{most.whole:,}時間まで）× {price.whole:,}円、{rounding.whole}円未満切捨て = {total:,}円"
    return line(code, label, total, because, (price, most, rounding))


def replaced(facts: LongLeave, known: Schemes, on: date) -> Line | None:
    """新規採用助成: of small and medium firms alone, once for each who took leave."""
    if not facts.sme:
        return None
    prices = [price for one in facts.takers if (price := replacement_price(one, known, on))]
    if not prices:
        return None
    because = " ＋ ".join(f"{price.whole:,}円" for price in prices)
    return line(
        "replacement", "新規採用助成", sum(price.whole for price in prices), because, tuple(dict.fromkeys(prices))
    )


def replacement_price(one: LeaveTaker, known: Schemes, on: date) -> Figure | None:
    for span in SPANS:
        least = known.find(SCHEME, f"{MENU}.replacement_days.{span}", on)
        if least and one.replacement_days >= least.whole:
            return known.get(SCHEME, f"{MENU}.replacement.{span}", on)
    return None


def covered(facts: LongLeave, known: Schemes, on: date) -> Line | None:
    """職務代行助成: of small and medium firms alone; each month is held under its limit before the sum is cut."""
    rate = known.find(SCHEME, f"{MENU}.cover_percent", on)
    if rate is None or not facts.sme:
        return None
    limit, months, least = (
        known.get(SCHEME, f"{MENU}.{n}", on) for n in ("cover_limit", "cover_months", "cover_least")
    )
    rounding = known.get(COMMON, "rounding", on)
    paid = [one.cover_yen[: months.whole] for one in facts.takers if sum(one.cover_yen) >= least.whole]
    if not paid:
        return None
    exact = sum(min(yen * rate.whole, limit.whole * PER_CENT) for each in paid for yen in each)
    total = cut(exact, PER_CENT, rounding.whole)
    because = f"手当の{rate.whole}%（1か月 {limit.whole:,}円、{months.whole}か月まで）、{rounding.whole}円未満切捨て = {total:,}円"
    return line("cover", "職務代行助成", total, because, (rate, limit, months, least, rounding))
