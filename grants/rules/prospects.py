"""Every scheme that could pay for a firm's people in a course: expected amount, days to file, conflicts, best first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from firms.rules.windows import Window
from grants.rules.combining import Conflict, conflicts_of
from grants.rules.editions import Schemes
from grants.rules.facts import CLASS_METHODS, Cost, TrainingFacts, WorkerFacts
from grants.rules.firm import firm_size
from grants.rules.loading import current_schemes
from grants.rules.local import LOCAL, Local
from grants.rules.outcome import Line, line
from grants.rules.terms import opening
from grants.rules.training import assess
from grants.rules.windows import plan_window

NATIONAL = (("reskilling", "reskilling"), ("invest_in_people", "advanced_digital"), ("hrd_support", "general"))
NEEDS = {
    "reskilling": ("事業展開・DX・GXまたは人事計画に基づく訓練であること", "事業展開等実施計画（様式第1-3号）"),
    "advanced_digital": ("高度デジタル人材を育てる訓練であること",),
    "general": ("職務に関連する10時間以上の訓練であること",),
}


@dataclass(frozen=True, slots=True)
class FirmProfile:
    """A firm as far as a forecast needs it; `ward` is a scheme name such as `ward_adachi`, empty outside."""

    industry: str
    capital_yen: int | None
    regular_employees: int
    regular_workers: int
    fixed_term_workers: int = 0
    in_tokyo: bool = True
    ward: str = ""
    trial_hires: int = 0


@dataclass(frozen=True, slots=True)
class CourseProfile:
    """A course bought outside: its first and last day, its length, its fee with consumption tax, the seats asked for."""

    starts_on: date
    ends_on: date
    method: str
    fee_per_person: int
    planned_minutes: int | None = None
    standard_hours: int | None = None
    standard_months: int | None = None
    seats: int | None = None
    is_dx: bool = True
    is_advanced_digital: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """One scheme that could apply; `missed` where its last day to file has passed.

    `pays_for` is the course itself or the employment that may follow or precede it."""

    scheme: str
    menu: str
    pays_for: str
    label: str
    amount: int
    first: date | None
    last: date | None
    missed: bool
    because: str
    needs: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    unverified: bool
    verified_until: date
    lines: tuple[Line, ...]


def forecast(
    firm: FirmProfile, course: CourseProfile, *, on: date, schemes: Schemes | None = None
) -> tuple[Prospect, ...]:
    """Ranked: what can still be filed before what cannot, what pays for the course first, then the larger amount."""
    known = schemes or current_schemes()
    heads = trainees(firm, course)
    if not sum(heads):
        return ()
    found = [
        *national(firm, course, heads, on, known),
        *local(firm, course, heads, on, known),
        *employment(firm, heads, on, known),
    ]
    payable = [p for p in found if p.amount > 0]
    ranked = sorted(payable, key=lambda p: (p.missed, p.pays_for != "course", -p.amount, p.scheme, p.menu))
    names = tuple((p.scheme, p.menu) for p in ranked)
    return tuple(with_conflicts(p, names, known) for p in ranked)


@dataclass(frozen=True, slots=True)
class OpenMenu:
    """A menu that takes plans."""

    scheme: str
    menu: str
    title: str
    label: str


def open_menus(on: date, *, schemes: Schemes | None = None) -> tuple[OpenMenu, ...]:
    """The national menus for courses bought outside that take plans filed that day."""
    known = schemes or current_schemes()
    edition = known.edition_of(on)
    return tuple(
        OpenMenu(scheme, menu, known.by_name[scheme].title, known.by_name[scheme].menus[menu])
        for scheme, menu in NATIONAL
        if opening(known, scheme, menu, edition).is_open
    )


def trainees(firm: FirmProfile, course: CourseProfile) -> tuple[int, int]:
    """Regular and fixed-term people who could go, as far as there are seats."""
    seats = course.seats if course.seats is not None else firm.regular_workers + firm.fixed_term_workers
    regular = min(firm.regular_workers, seats)
    return regular, min(firm.fixed_term_workers, seats - regular)


def national(
    firm: FirmProfile, course: CourseProfile, heads: tuple[int, int], on: date, known: Schemes
) -> list[Prospect]:
    size = firm_size(
        firm.industry,
        capital_yen=firm.capital_yen,
        regular_employees=firm.regular_employees,
        schemes=known,
    )
    window = plan_days(known, course.starts_on)
    filed = min(max(on, window.first), window.last)
    workers = attending(course, *heads)
    menus = [m for m in NATIONAL if fits(m[1], course)]
    return [prospect(scheme, menu, course, size.sme, workers, filed, window, on, known) for scheme, menu in menus]


def fits(menu: str, course: CourseProfile) -> bool:
    return {"reskilling": course.is_dx, "advanced_digital": course.is_advanced_digital}.get(menu, True)


@lru_cache(maxsize=1024)
def plan_days(known: Schemes, starts_on: date) -> Window:
    return plan_window(starts_on, schemes=known)


@lru_cache(maxsize=4096)
def attending(course: CourseProfile, regular: int, fixed_term: int) -> tuple[WorkerFacts, ...]:
    """Everyone attends everything inside working hours."""
    minutes = course.planned_minutes
    done = None if course.method in CLASS_METHODS else True
    of_kind = {
        kind: WorkerFacts(
            employment=kind,
            attended_minutes=minutes,
            wage_minutes=minutes,
            completed=done,
            in_trial_support_period=False,
            grants_this_year=0,
        )
        for kind in ("regular", "fixed_term")
    }
    return (of_kind["regular"],) * regular + (of_kind["fixed_term"],) * fixed_term


def prospect(
    scheme: str,
    menu: str,
    course: CourseProfile,
    sme: bool,
    workers: tuple[WorkerFacts, ...],
    filed: date,
    window: Window,
    on: date,
    known: Schemes,
) -> Prospect:
    cost = Cost(kind="external", fee_per_person=course.fee_per_person, paid_partly_by="nobody", provider_rebate=False)
    facts = TrainingFacts(
        scheme=scheme, menu=menu, plan_filed=filed, sme=sme, method=course.method, cost=cost, workers=workers,
        planned_minutes=course.planned_minutes, standard_hours=course.standard_hours,
        standard_months=course.standard_months, already_granted_in_claim_year=0,
    )  # fmt: skip
    outcome = assess(facts, schemes=known)
    return Prospect(
        scheme=scheme,
        menu=menu,
        pays_for="course",
        label=f"{known.by_name[scheme].title}（{known.by_name[scheme].menus[menu]}）",
        amount=outcome.payable_amount,
        first=window.first,
        last=window.last,
        missed=on > window.last,
        because=" / ".join(f"{row.label}: {row.because}" for row in outcome.lines),
        needs=NEEDS[menu],
        conflicts=(),
        unverified=bool(outcome.unverified),
        verified_until=min((row.verified_until for row in outcome.lines), default=filed),
        lines=outcome.lines,
    )


def local(firm: FirmProfile, course: CourseProfile, heads: tuple[int, int], on: date, known: Schemes) -> list[Prospect]:
    """Schemes of Tokyo and of the firm's ward; a top-up needs the amount of the grant it tops up."""
    if not firm.in_tokyo:
        return []
    sme = firm_size(
        firm.industry, capital_yen=firm.capital_yen, regular_employees=firm.regular_employees, schemes=known
    ).sme
    hours = (course.planned_minutes or 0) // 60 or course.standard_hours or 0
    base = Local(
        known=known, on=on, starts_on=course.starts_on, method=course.method, hours=hours,
        fee=course.fee_per_person, regular=heads[0], fixed_term=heads[1], industry=firm.industry,
        employees=firm.regular_employees, sme=sme, is_dx=course.is_dx,
    )  # fmt: skip
    names = [name for name in LOCAL if not name.startswith("ward_") or name == firm.ward]
    return [p for name in names if (p := local_prospect(name, LOCAL[name], base, on)) is not None]


def local_prospect(name: str, reckon: Callable[[Local], Line | None], base: Local, on: date) -> Prospect | None:
    row = reckon(base)
    if row is None:
        return None
    scheme = base.known.by_name[name]
    first, last = base.days_to_apply(name)
    return Prospect(
        scheme=name,
        menu=next(iter(scheme.menus)),
        pays_for="course",
        label=scheme.title,
        amount=row.amount,
        first=first,
        last=last,
        missed=last is not None and on > last,
        because=row.because,
        needs=(scheme.combination_note,) if scheme.combination_note else (),
        conflicts=(),
        unverified=row.confidence == "low",
        verified_until=row.verified_until,
        lines=(row,),
    )


# 重点支援対象者 by training are paid for two periods of six months (支給要領R8.4.8 0503イ(ｲ)a).
PERIODS = 2
TRAINED = (
    "受講した有期契約労働者を正社員へ転換し、計画書を転換の前日までに出すこと。"
    "2期分になるのは、この訓練の助成金の支給決定を受けた修了者だけです。"
)


def employment(firm: FirmProfile, heads: tuple[int, int], on: date, known: Schemes) -> list[Prospect]:
    """What conversion of the fixed-term trainees and trial hires would draw, should the firm decide on them."""
    found = []
    if heads[1]:
        size = firm_size(
            firm.industry, capital_yen=firm.capital_yen, regular_employees=firm.regular_employees, schemes=known
        )
        figure = known.latest("careerup", f"fixed_term.{'sme' if size.sme else 'large'}", on)
        most = known.latest("careerup", "persons_per_year", on)
        count = min(heads[1], most.whole)
        because = (
            f"{figure.label} {figure.whole:,}円 × 2期 × {count}人"
            f"（訓練の修了者は重点支援対象者。2回目は数えず1年度{most.whole}人まで）"
        )
        row = line("careerup", "正社員化", figure.whole * PERIODS * count, because, (figure, most))
        found.append(later("careerup", row, TRAINED, known))
    if firm.trial_hires:
        price, most = known.latest("trial", "amount", on), known.latest("trial", "months", on)
        because = f"{price.whole:,}円 × {most.whole}か月 × {firm.trial_hires}人"
        row = line("trial", "トライアル雇用", price.whole * most.whole * firm.trial_hires, because, (price, most))
        found.append(
            later("trial", row, "ハローワーク等の紹介でトライアル雇用を始め、実施計画書を期限内に出すこと", known)
        )
    return found


def later(scheme: str, row: Line, need: str, known: Schemes) -> Prospect:
    return Prospect(
        scheme=scheme,
        menu=next(iter(known.by_name[scheme].menus)),
        pays_for="employment",
        label=known.by_name[scheme].title,
        amount=row.amount,
        first=None,
        last=None,
        missed=False,
        because=row.because,
        needs=(need,),
        conflicts=(),
        unverified=row.confidence == "low",
        verified_until=row.verified_until,
        lines=(row,),
    )


def with_conflicts(found: Prospect, names: tuple[tuple[str, str], ...], known: Schemes) -> Prospect:
    others = tuple(dict.fromkeys(scheme for scheme, menu in names if (scheme, menu) != (found.scheme, found.menu)))
    return replace(found, conflicts=conflicts_of(known, found.scheme, others))
