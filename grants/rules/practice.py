"""How long a practice course must be, and how much of it at work (人材育成支援コース R8.8.3 07013ロ; PL080803 p.17-23)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from firms.rules.calendar import end_of_period
from firms.rules.figures import Figure
from firms.rules.reading import FactError
from grants.rules.amounts import PER_CENT
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes
from grants.rules.outcome import Condition
from grants.rules.requirements import MINUTES_OF_HOUR, in_hours, tri_state
from grants.rules.subscription import months_between

SCHEME, COMMON = "hrd_support", "hrd_common"
MENUS = ("approved_practice", "fixed_term_practice", "older_worker_practice")
MONTHS_OF_YEAR, DAYS_OF_YEAR = 12, 365


@dataclass(frozen=True, slots=True)
class PracticeCourse:
    """Whether a course has the shape its menu asks for, with each requirement."""

    passes: bool
    ojt_percent: int
    conditions: tuple[Condition, ...]


def practice_course(
    menu: str, *, plan_filed: date, first: date, last: date, ojt_minutes: int, class_minutes: int,
    schemes: Schemes | None = None,
) -> PracticeCourse:  # fmt: skip
    """Both days count; e-learning that is added is left out of all hours."""
    known = schemes or current_schemes()

    def get(name: str) -> Figure:
        return known.get(SCHEME, f"{menu}.{name}", plan_filed)

    whole = ojt_minutes + class_minutes
    if last < first or not whole:
        raise FactError("last が first より前か、訓練時間が0分です。期間と時間を確認してください。")
    share = ojt_minutes * PER_CENT // whole
    most = known.find(SCHEME, f"{menu}.months_most", plan_filed)
    conditions = (
        long_enough(get("months_least"), first, last),
        *((not_longer(most, first, last),) if most else ()),
        enough_hours(get("hours_per_year"), first, last, whole),
        share_at_work(get("ojt_least"), get("ojt_most"), share),
        enough_outside(known.get(COMMON, "minimum_hours", plan_filed), class_minutes),
    )
    return PracticeCourse(all(one.state == "met" for one in conditions), share, conditions)


def long_enough(least: Figure, first: date, last: date) -> Condition:
    holds = last >= end_of_period(first, least.whole)
    return Condition("months_least", least.label, tri_state(holds), f"{least.whole}か月以上が要件です。", least.source)


def not_longer(most: Figure, first: date, last: date) -> Condition:
    holds = last <= end_of_period(first, most.whole)
    return Condition("months_most", most.label, tri_state(holds), f"{most.whole}か月以下が要件です。", most.source)


def enough_hours(per_year: Figure, first: date, last: date, minutes: int) -> Condition:
    """有期実習型 事前確認書 2: the year's hours in proportion to the months and the days beside them."""
    found = months_between(first, last)
    share = Fraction(found.whole, MONTHS_OF_YEAR) + Fraction(found.remaining_days, DAYS_OF_YEAR)
    needed = share * per_year.whole * MINUTES_OF_HOUR
    because = f"総訓練時間 {in_hours(minutes)}（{found.whole}か月と{found.remaining_days}日で{in_hours(int(needed))}以上が要件）"
    return Condition("hours_per_year", per_year.label, tri_state(minutes >= needed), because, per_year.source)


def share_at_work(least: Figure, most: Figure, share: int) -> Condition:
    because = f"OJTの割合 {share}%（1%未満切捨て。{least.whole}%以上{most.whole}%以下が要件）"
    return Condition("ojt_share", least.label, tri_state(least.whole <= share <= most.whole), because, least.source)


def enough_outside(least: Figure, minutes: int) -> Condition:
    holds = minutes >= least.whole * MINUTES_OF_HOUR
    because = f"OFF-JT {in_hours(minutes)}（{least.whole}時間以上が要件）"
    return Condition("off_jt_hours", "OFF-JTの時間数", tri_state(holds), because, least.source)
