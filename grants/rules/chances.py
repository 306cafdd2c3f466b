"""What a firm could draw and does not: every scheme held against one firm, with what it rests on and the next day to meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from firms.rules.calendar import ONE_DAY, add_months, end_of_period
from firms.rules.figures import Figure
from grants.rules.careerup import SCHEME as CAREERUP
from grants.rules.careerup import CareerUp, careerup_grant, is_priority
from grants.rules.conversion import careerup_plan_window, years_between
from grants.rules.editions import COMMON, Schemes
from grants.rules.firm import firm_size
from grants.rules.leave import MENU as LEAVE
from grants.rules.leave import SCHEME as INVEST
from grants.rules.loading import current_schemes
from grants.rules.local import LOCAL
from grants.rules.prospects import NATIONAL, CourseProfile, FirmProfile, Prospect, forecast
from grants.rules.terms import opening

MONTHS_OF_YEAR = 12
TRIAL = "trial"
# A course that many hold in the same weeks says nothing new: so many are looked at, those to be filed for soonest first.
LOOKED_AT = 6
RECKONED = frozenset({*(scheme for scheme, _menu in NATIONAL), *LOCAL, CAREERUP, TRIAL})


@dataclass(frozen=True, slots=True)
class OfferedCourse:
    """A run of the ward's catalogue; the heads are those the firm sends there already, without a case for it."""

    key: int
    title: str
    profile: CourseProfile
    regular: int = 0
    fixed_term: int = 0

    @property
    def heads(self) -> int:
        return self.regular + self.fixed_term


@dataclass(frozen=True, slots=True)
class FixedTerm:
    """Somebody employed for a term, whom nobody converts yet; `until` is the last day of the contract, where it has one."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class FirmSeen:
    """A firm as the records have it. `draws` are the menus it has a case of, `plan_to` the last day of its
    キャリアアップ計画, `is_hiring` whether it looks for somebody to try."""

    profile: FirmProfile
    ahead: tuple[OfferedCourse, ...] = ()
    fixed_term: tuple[FixedTerm, ...] = ()
    draws: frozenset[tuple[str, str]] = frozenset()
    plan_to: date | None = None
    is_hiring: bool = False


@dataclass(frozen=True, slots=True)
class OpenChance:
    """`kind`: people go already (ahead), a course they could take (course), conversion, trial, or a leave to be introduced.

    `last` is the next day that would still be met, None where no day ends it; `course` the key of the run."""

    scheme: str
    menu: str
    kind: str
    people: int
    amount: int
    last: date | None
    because: str
    needs: tuple[str, ...]
    source: str
    unverified: bool
    course: int | None = None


def chances(
    firm: FirmSeen, offered: Sequence[OfferedCourse], *, on: date, schemes: Schemes | None = None
) -> tuple[OpenChance, ...]:
    """What can be met soonest first; what no day ends stands last, the larger amount before the smaller."""
    known = schemes or current_schemes()
    ahead = [found for one in firm.ahead for found in of_course(firm.profile, one, "ahead", on, known)]
    taken = firm.draws | {(one.scheme, one.menu) for one in ahead}
    found = [
        *ahead,
        *(one for one in next_courses(firm.profile, offered, on, known) if (one.scheme, one.menu) not in taken),
        *conversion(firm, on, known),
        *trial(firm, on, known),
        *leave(firm, on, known),
    ]
    return tuple(sorted(found, key=lambda one: (one.last or date.max, -one.amount, one.scheme, one.menu)))


def unreckoned(*, schemes: Schemes | None = None) -> tuple[str, ...]:
    """The titles of schemes nobody can hold a firm against yet, for want of figures."""
    known = (schemes or current_schemes()).by_name
    return tuple(one.title for name, one in known.items() if name not in RECKONED and name != COMMON)


# --- trainings ---


def of_course(firm: FirmProfile, course: OfferedCourse, kind: str, on: date, known: Schemes) -> list[OpenChance]:
    """Of the menus that pay for it, those whose day can still be met."""
    heads = replace(firm, regular_workers=course.regular, fixed_term_workers=course.fixed_term, trial_hires=0)
    found = forecast(heads, course.profile, on=on, schemes=known)
    payable = [one for one in found if one.pays_for == "course" and not one.missed]
    return [of_prospect(one, course, kind, on) for one in payable]


def of_prospect(found: Prospect, course: OfferedCourse, kind: str, on: date) -> OpenChance:
    return OpenChance(
        scheme=found.scheme,
        menu=found.menu,
        kind=kind,
        people=course.heads,
        amount=found.amount,
        last=found.last,
        because=found.because,
        needs=found.needs,
        source="; ".join(dict.fromkeys(row.source for row in found.lines)),
        unverified=found.unverified or on > found.verified_until,
        course=course.key,
    )


def next_courses(firm: FirmProfile, offered: Sequence[OfferedCourse], on: date, known: Schemes) -> list[OpenChance]:
    """For each menu the first of the courses that would draw something, reckoned for one regular employee, or where the
    firm has none for one employed for a term."""
    if not firm.regular_workers + firm.fixed_term_workers:
        return []
    regular = int(firm.regular_workers > 0)
    found: dict[tuple[str, str], OpenChance] = {}
    for course in offered[:LOOKED_AT]:
        for chance in of_course(firm, replace(course, regular=regular, fixed_term=1 - regular), "course", on, known):
            found.setdefault((chance.scheme, chance.menu), chance)
    return list(found.values())


# --- people ---


def conversion(firm: FirmSeen, on: date, known: Schemes) -> list[OpenChance]:
    """Those who have been employed for the months it takes, as many as a year allows, longest employed first."""
    day = on + ONE_DAY
    months = known.get(CAREERUP, "period_months", day)
    most = known.latest(CAREERUP, "persons_per_year", on)
    ripe = sorted(
        (one for one in firm.fixed_term if end_of_period(one.since, months.whole) < day),
        key=lambda one: one.since,
    )[: most.whole]
    if not ripe:
        return []
    sme = is_sme(firm.profile, known)
    grants = [grant_of(one, day, sme, known) for one in ripe]
    amount = sum(one.total for one in grants)
    twice = sum(one.period_2 > 0 for one in grants)
    figure = known.get(CAREERUP, f"fixed_term.{'sme' if sme else 'large'}", day)
    because = (
        f"有期で{months.whole}か月以上働いている{len(ripe)}人を転換した場合。うち{twice}人は有期で3年以上のため第2期も数えました。"
        f"合計 {amount:,}円（{figure.label} {figure.whole:,}円、1年度{most.whole}人まで）"
    )
    return [
        OpenChance(
            CAREERUP, next(iter(known.by_name[CAREERUP].menus)), "conversion", len(ripe), amount,
            last_for(ripe, firm, on, known), because, CONVERSION_NEEDS, figure.source,
            not figure.is_verified or on > figure.verified_until,
        )
    ]  # fmt: skip


CONVERSION_NEEDS = (
    "キャリアアップ計画書を転換の前日までに届け出ること",
    "転換の制度・昇給・賞与か退職金が就業規則にあり、賃金が3%以上増えること",
    "正社員の約束で雇い入れた人、3年以内に正社員だった人、新規学卒1年未満の人は対象になりません",
)


def grant_of(one: FixedTerm, day: date, sme: bool, known: Schemes) -> CareerUp:
    years = years_between(one.since, day)
    priority = is_priority(day, origin="fixed_term", employed_years=years, schemes=known) is True
    return careerup_grant(day, sme=sme, origin="fixed_term", priority=priority, employed_years=years, schemes=known)


def is_sme(profile: FirmProfile, known: Schemes) -> bool:
    return firm_size(
        profile.industry, capital_yen=profile.capital_yen, regular_employees=profile.regular_employees, schemes=known
    ).sme


def last_for(ripe: Iterable[FixedTerm], firm: FirmSeen, on: date, known: Schemes) -> date | None:
    """The nearest day after which somebody brings less, or nothing: five years of 有期 are full, or the contract ends.

    Without a plan that covers it, the plan has to arrive by the day before."""
    beyond = known.latest(CAREERUP, "indefinite_after_years", on)
    days = [
        day
        for one in ripe
        for day in (add_months(one.since, beyond.whole * MONTHS_OF_YEAR), one.until)
        if day is not None and day > on
    ]
    if not days:
        return None
    nearest = min(days)
    if firm.plan_to is not None and nearest <= firm.plan_to:
        return nearest
    return careerup_plan_window(nearest, nearest, opened_on=on, schemes=known).last


def trial(firm: FirmSeen, on: date, known: Schemes) -> list[OpenChance]:
    """A firm that offers a trial could hire for a term by itself instead; the plan follows the hire."""
    if not firm.is_hiring:
        return []
    figures = tuple(known.latest(TRIAL, name, on) for name in ("amount", "months", "plan_days"))
    price, months, days = figures
    because = f"{price.whole:,}円 × {months.whole}か月 × 1人（派遣によらず、自社で期間を定めて雇い入れる場合）"
    needs = (
        f"ハローワーク等の紹介で雇い入れ、実施計画書を{days.whole}日以内に出すこと",
        "紹介より前に応募や内定がないこと",
    )
    return [
        OpenChance(
            TRIAL, next(iter(known.by_name[TRIAL].menus)), "trial", 1, price.whole * months.whole, None, because,
            needs, price.source, is_unverified(figures, on),
        )
    ]  # fmt: skip


def leave(firm: FirmSeen, on: date, known: Schemes) -> list[OpenChance]:
    """Once for a firm: what the introduction alone draws. A plan goes in a month before, while the measure lasts."""
    found = opening(known, INVEST, LEAVE, on)
    if not found.is_open or not firm.profile.regular_workers or (INVEST, LEAVE) in firm.draws:
        return []
    price = known.get(INVEST, f"{LEAVE}.introduction", on)
    needs = (
        "長期の教育訓練休暇の制度がまだなく、就業規則などに新しく定めること",
        "制度導入・適用計画を、導入の6か月前から1か月前までに届け出ること",
        "計画の期間に、だれかが実際に休暇を取ること",
    )
    return [
        OpenChance(
            INVEST, LEAVE, "leave", 1, price.whole, found.closes.day if found.closes else None,
            f"制度を導入したときの経費助成 {price.whole:,}円（休暇中の賃金助成は別）", needs, price.source,
            is_unverified((price,), on),
        )
    ]  # fmt: skip


def is_unverified(figures: Iterable[Figure], on: date) -> bool:
    return any(not one.is_verified or on > one.verified_until for one in figures)
