"""The schemes of Tokyo and its wards as far as their figures are known: one small reckoning each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from firms.rules.calendar import add_months
from firms.rules.figures import Figure
from grants.rules.editions import Schemes
from grants.rules.facts import CLASS_METHODS
from grants.rules.outcome import Line, line

FOUNDATION = ("tokyo_dx_reskilling", "tokyo_skillup_external", "tokyo_skillup_internal")


@dataclass(frozen=True, slots=True)
class Local:
    """What the local schemes look at; hours are whole."""

    known: Schemes
    on: date
    starts_on: date
    method: str
    hours: int
    fee: int
    regular: int
    fixed_term: int
    industry: str
    employees: int
    sme: bool
    is_dx: bool

    @property
    def heads(self) -> int:
        return self.regular + self.fixed_term

    def figure(self, scheme: str, name: str) -> Figure:
        return self.known.latest(scheme, name, self.on)

    def days_to_apply(self, scheme: str) -> tuple[date | None, date | None]:
        """The round's own days, and never later than so long before the course starts."""
        dated = self.known.by_name[scheme].figures
        first = self.figure(scheme, "apply_first").day if "apply_first" in dated else None
        ends = [self.figure(scheme, "apply_last").day] if "apply_last" in dated else []
        if "days_before_start" in dated:
            ends.append(self.starts_on - timedelta(days=self.figure(scheme, "days_before_start").whole))
        if "months_before_start" in dated:
            ends.append(add_months(self.starts_on, -self.figure(scheme, "months_before_start").whole))
        return first, min(ends, default=None)


def share_of_fees(facts: Local, scheme: str, rate: Figure, limits: tuple[Figure, ...], *, per_person: bool) -> Line:
    """Rate times fee, held under the limit of each person where there is one, then of the firm."""
    one = int(facts.fee * rate.ratio)
    if per_person:
        one = min(one, limits[0].whole)
    total = min(one * facts.heads, limits[-1].whole)
    held = "、".join(f"{limit.label} {limit.whole:,}円" for limit in limits)
    because = f"{facts.fee:,}円 × {percent_or_share(rate)} × {facts.heads}人（{held}） = {total:,}円"
    return line(scheme, facts.known.by_name[scheme].title, total, because, (rate, *limits))


def percent_or_share(rate: Figure) -> str:
    return str(rate.value) if isinstance(rate.value, Fraction) else f"{rate.whole}%"


def dx_reskilling(facts: Local) -> Line | None:
    if not facts.sme or not facts.is_dx:
        return None
    name = "tokyo_dx_reskilling"
    limits = (facts.figure(name, "limit_per_person"), facts.figure(name, "limit_per_firm"))
    return share_of_fees(facts, name, facts.figure(name, "rate"), limits, per_person=True)


def skillup_external(facts: Local) -> Line | None:
    """小規模企業者 is known for manufacturing only; elsewhere the rate of an ordinary SME is taken."""
    if not facts.sme:
        return None
    name = "tokyo_skillup_external"
    small = facts.industry == "manufacturing" and facts.employees <= facts.figure(name, "small_employees").whole
    many = facts.fixed_term * 100 >= facts.figure(name, "fixed_term_percent").whole * facts.heads
    rate = facts.figure(name, "rate_small" if small else "rate_fixed_term" if many else "rate")
    limits = (facts.figure(name, "limit_per_person"), facts.figure(name, "limit_per_firm"))
    return share_of_fees(facts, name, rate, limits, per_person=True)


def skillup_internal(facts: Local) -> Line | None:
    """Short courses held by the firm itself; a bought course counts where the firm orders it for its own people."""
    name = "tokyo_skillup_internal"
    least, below = facts.figure(name, "hours_least"), facts.figure(name, "hours_below")
    if not facts.sme or facts.method not in CLASS_METHODS or not least.whole <= facts.hours < below.whole:
        return None
    price, limit = facts.figure(name, "per_person_hour"), facts.figure(name, "limit_per_firm")
    total = min(price.whole * facts.heads * facts.hours, limit.whole)
    because = f"{price.whole:,}円 × {facts.heads}人 × {facts.hours}時間（上限 {limit.whole:,}円） = {total:,}円"
    return line(name, facts.known.by_name[name].title, total, because, (price, limit, least, below))


def share_up_to_limit(scheme: str) -> Callable[[Local], Line | None]:
    def reckon(facts: Local) -> Line | None:
        limits = (facts.figure(scheme, "limit_per_firm"),)
        if not facts.sme:
            return None
        return share_of_fees(facts, scheme, facts.figure(scheme, "rate"), limits, per_person=False)

    return reckon


def edogawa(facts: Local) -> Line | None:
    return share_up_to_limit("ward_edogawa")(facts) if facts.industry == "manufacturing" else None


def shinagawa(facts: Local) -> Line | None:
    """A share of the best grant of the foundation, paid after that grant is decided."""
    name = "ward_shinagawa"
    rows = [row for scheme in FOUNDATION if (row := LOCAL[scheme](facts)) is not None]
    if not rows:
        return None
    best = max(rows, key=lambda row: row.amount)
    rate = facts.figure(name, "top_up")
    limit = facts.figure(name, "limit_dx" if best.code == "tokyo_dx_reskilling" else "limit_skillup")
    total = min(int(best.amount * rate.ratio), limit.whole)
    because = f"{best.label} {best.amount:,}円 × {rate.value}（上限 {limit.whole:,}円） = {total:,}円"
    return line(name, facts.known.by_name[name].title, total, because, (rate, limit))


LOCAL: dict[str, Callable[[Local], Line | None]] = {
    "tokyo_dx_reskilling": dx_reskilling,
    "tokyo_skillup_external": skillup_external,
    "tokyo_skillup_internal": skillup_internal,
    "ward_adachi": share_up_to_limit("ward_adachi"),
    "ward_katsushika": share_up_to_limit("ward_katsushika"),
    "ward_chuo": share_up_to_limit("ward_chuo"),
    "ward_edogawa": edogawa,
    "ward_shinagawa": shinagawa,
}
