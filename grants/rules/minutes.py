"""How many minutes of a day count, and whether the share attended is enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from firms.rules.figures import sources
from firms.rules.reading import FactError
from grants.rules.editions import Schemes
from grants.rules.facts import ONLINE_METHODS
from grants.rules.loading import current_schemes

COMMON = "hrd_common"
SUPPORT = "hrd_support"
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Attendance:
    """The whole per cent of the planned minutes, and whether it passes."""

    percent: int
    passes: bool
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class CountedTime:
    """実訓練時間数 of a day in minutes, with what was taken off."""

    net_minutes: int
    because: str
    source: str


def attendance(
    *,
    method: str,
    planned_minutes: int,
    attended_minutes: int,
    excused_minutes: int = 0,
    on: date | None = None,
    schemes: Schemes | None = None,
) -> Attendance:
    """Hours held on other dates without notice are simply not attended: they stay in the denominator.

    eラーニング・通信制 must be finished inside the period, and a resignation excuses nothing (要領0407ロ)."""
    if planned_minutes <= 0:
        raise FactError("planned_minutes は1以上で指定してください。")
    needed = (schemes or current_schemes()).latest(COMMON, "attendance.percent", on or date.max)
    if method in ONLINE_METHODS:
        share = attended_minutes * WHOLE // planned_minutes
        because = f"受講 {attended_minutes}分 ÷ 標準 {planned_minutes}分 = {share}%（期間内の修了が必要）"
        return Attendance(share, attended_minutes >= planned_minutes, because, needed.source)
    share = share_attended(planned_minutes, attended_minutes, excused_minutes)
    excused = f"＋やむを得ない欠席 {excused_minutes}分" if excused_minutes else ""
    passes = share >= needed.whole
    because = (
        f"受講 {attended_minutes}分{excused} ÷ 計画 {planned_minutes}分 = {share}%（1%未満切捨て）で、"
        f"{needed.whole}%{'以上' if passes else '未満'}"
    )
    return Attendance(share, passes, because, needed.source)


def share_attended(planned: int, attended: int, excused: int) -> int:
    """様式第8-1号: ROUNDDOWN to a whole per cent; the excused minutes are added for this test only."""
    return (attended + excused) * WHOLE // planned


def counted_time(
    *,
    day_minutes: int,
    meal_minutes: int = 0,
    break_minutes: Iterable[int] = (),
    ceremony_minutes: int = 0,
    menu: str | None = None,
    on: date | None = None,
    schemes: Schemes | None = None,
) -> CountedTime:
    """`day_minutes` holds meals, breaks and ceremonies; `ceremony_minutes` is what the whole plan holds of them.

    有期実習型 counts 能力評価 among the ceremonies and has a longer bound for both (06015ロ)."""
    known, day = schemes or current_schemes(), on or date.max
    single, whole_day = (known.latest(COMMON, name, day) for name in ("break.single_minutes", "break.day_minutes"))
    ceremony = known.find(SUPPORT, f"{menu}.ceremony_minutes", day) or known.latest(
        COMMON, "ceremony.plan_minutes", day
    )
    breaks = tuple(break_minutes)
    counted = min(whole_day.whole, sum(min(b, single.whole) for b in breaks))
    excess = sum(breaks) - counted
    late = max(0, ceremony_minutes - ceremony.whole)
    net = day_minutes - meal_minutes - excess - late
    if net < 0 or meal_minutes + sum(breaks) > day_minutes:
        raise FactError("meal_minutes・break_minutes などの合計が day_minutes より長く、あり得ません。")
    because = (
        f"{day_minutes}分 − 食事 {meal_minutes}分 − 小休止の超過 {excess}分（{sum(breaks)}分のうち{counted}分まで算入）"
        f" − 開講式等の超過 {late}分 = {net}分"
    )
    return CountedTime(net, because, sources(single, whole_day, ceremony))
