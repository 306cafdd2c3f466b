"""トライアル雇用助成金 一般トライアルコース: the monthly amount, the plan's due day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from firms.rules.calendar import ONE_DAY, end_of_period
from firms.rules.figures import Figure
from firms.rules.reading import FactError
from firms.rules.windows import Window, window
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes
from grants.rules.outcome import Line, line

SCHEME = "trial"
SHARES = (75, 50, 25, 0)


@dataclass(frozen=True, slots=True)
class TrialGrant:
    """What a trial draws; `unverified` names the figures nobody could verify."""

    amount: int
    lines: tuple[Line, ...]
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrialMonth:
    """One month of the trial: days scheduled and worked (paid leave is worked). `reduced` where it was cut short, or days
    were lost to the worker's own reasons or a closure; otherwise the month counts whole."""

    scheduled_days: int
    worked_days: int
    reduced: bool


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """Both days count."""

    first: date
    last: date


def trial_months(
    hired: date,
    *,
    ended_on: date | None = None,
    converted_on: date | None = None,
    schemes: Schemes | None = None,
) -> tuple[MonthSpan, ...]:
    """Months run to the day before the like of the start day, or with the month that has none (支給要領R8.4.8 0304).

    `ended_on` is the last day of the trial where it ended sooner; who was converted early counts until the day before."""
    most = (schemes or current_schemes()).latest(SCHEME, "months", hired)
    last_days = [day for day in (ended_on, converted_on - ONE_DAY if converted_on else None) if day]
    if any(day < hired - ONE_DAY for day in last_days):
        raise FactError(f"終わりの日が hired（{hired}）より前で、あり得ません。")
    end = min(last_days, default=date.max)
    spans = []
    for n in range(most.whole):
        first = end_of_period(hired, n) + ONE_DAY
        if first > end:
            break
        spans.append(MonthSpan(first, min(end_of_period(hired, n + 1), end)))
    return tuple(spans)


def trial_grant_by_month(
    months: Sequence[TrialMonth], *, single_parent: bool, on: date | None = None, schemes: Schemes | None = None
) -> TrialGrant:
    """支給要領R8.4.8 0304-0305: a month of which nothing was worked draws nothing, whatever the reason."""
    known, day = schemes or current_schemes(), on or date.max
    price = known.latest(SCHEME, "amount_single_parent" if single_parent else "amount", day)
    most = known.latest(SCHEME, "months", day)
    rows = [month_line(known, month, n, price, day) for n, month in enumerate(months[: most.whole], 1)]
    return grant_of(rows, known, day)


def month_line(known: Schemes, month: TrialMonth, n: int, price: Figure, on: date) -> Line:
    label, told = f"{n}か月目", f"{month.worked_days}日 ÷ {month.scheduled_days}日"
    share = share_of(known, month.worked_days, month.scheduled_days, on)
    if share is None:
        return line("month", label, 0, f"就労した日がない（{told}）ため0円", (price,))
    if not month.reduced:
        return line("month", label, price.whole, f"{price.whole:,}円（1か月）", (price,))
    words = f"{price.whole:,}円 × {share.whole}%（{told}）"
    return line("month", label, price.whole * share.whole // 100, words, (price, share))


def trial_grant(
    full_months: int,
    *,
    single_parent: bool,
    partial_months: Sequence[tuple[int, int]] = (),
    on: date | None = None,
    schemes: Schemes | None = None,
) -> TrialGrant:
    """`partial_months`: days worked and days scheduled of each month that was cut short."""
    known, day = schemes or current_schemes(), on or date.max
    price = known.latest(SCHEME, "amount_single_parent" if single_parent else "amount", day)
    most = known.latest(SCHEME, "months", day)
    whole = min(full_months, most.whole)
    because = f"{price.whole:,}円 × {whole}か月（{most.whole}か月まで）"
    rows = [line("full_months", "1か月単位の助成", price.whole * whole, because, (price, most))]
    for worked, scheduled in list(partial_months)[: most.whole - whole]:
        share = share_of(known, worked, scheduled, day)
        if share is None:
            continue
        words = f"{price.whole:,}円 × {share.whole}%（{worked}日 ÷ {scheduled}日）"
        rows.append(line("partial_month", "月の一部の助成", price.whole * share.whole // 100, words, (price, share)))
    return grant_of(rows, known, day)


def grant_of(rows: Sequence[Line], known: Schemes, on: date) -> TrialGrant:
    names = dict.fromkeys(name for row in rows for name in row.figures)
    unverified = (name for name in names if not known.latest(SCHEME, name.removeprefix(f"{SCHEME}/"), on).is_verified)
    return TrialGrant(sum(row.amount for row in rows), tuple(rows), tuple(unverified))


def share_of(known: Schemes, worked: int, scheduled: int, on: date) -> Figure | None:
    if scheduled < 1 or worked > scheduled:
        raise FactError(f"就労日数 {worked}日と就労予定日数 {scheduled}日の組はあり得ません。")
    if worked == 0:
        return None
    step = next(s for s in SHARES if worked * 100 >= s * scheduled)
    return known.latest(SCHEME, f"share_from_{step}", on)


def trial_plan(hired: date, *, schemes: Schemes | None = None) -> Window:
    """The day of hire is counted as the first, to stay on the safe side; nominally `last_nominal` is the due day."""
    days = (schemes or current_schemes()).latest(SCHEME, "plan_days", hired)
    return window(
        first=hired,
        last_nominal=hired + timedelta(days=days.whole - 1),
        counted=f"雇入れ日を1日目として{days.whole}日以内、",
        figures=(days,),
    )
