"""Courses of several methods: the hours that count, and the cap they choose (人材育成支援コース支給要領R8.8.3 06013ロ(ﾊ)・06026ロ(ﾊ))."""

from dataclasses import dataclass
from datetime import date

from firms.rules.figures import Figure
from grants.rules.editions import COMMON, Schemes
from grants.rules.facts import PRACTICE_MENUS
from grants.rules.loading import current_schemes
from grants.rules.requirements import MINUTES_OF_HOUR
from grants.rules.terms import Terms, terms_of


@dataclass(frozen=True, slots=True)
class MixedHours:
    """Whole hours of the class and of the e-learning or correspondence together, and whether they are enough."""

    counted_hours: int
    passes: bool
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class ExpenseCap:
    """経費助成限度額 of one trainee in yen."""

    limit_per_person: int
    because: str
    source: str


def mixed_hours(
    class_minutes: int,
    *,
    standard_hours: int | None = None,
    standard_months: int | None = None,
    on: date | None = None,
    schemes: Schemes | None = None,
) -> MixedHours:
    """A whole month of the standard period counts as hours of its own; days beside the months count nothing."""
    known, day = schemes or current_schemes(), on or date.max
    least, month = known.latest(COMMON, "minimum_hours", day), known.latest(COMMON, "mixed.hours_of_month", day)
    online = standard_hours if standard_hours is not None else (standard_months or 0) * month.whole
    minutes = class_minutes + online * MINUTES_OF_HOUR
    passes = minutes >= least.whole * MINUTES_OF_HOUR
    because = (
        f"通学 {class_minutes}分 ＋ eラーニング・通信 {online}時間"
        f"{'' if standard_hours is not None else f'（1か月を{month.whole}時間とし、1か月に満たない期間は数えない）'}"
        f"（{least.whole}時間以上が要件）"
    )
    return MixedHours(minutes // MINUTES_OF_HOUR, passes, because, f"{month.source}; {least.source}")


def expense_cap(
    scheme: str,
    menu: str,
    *,
    plan_filed: date,
    sme: bool,
    class_minutes: int,
    standard_hours: int | None = None,
    has_online: bool = False,
    specialized: bool = False,
    schemes: Schemes | None = None,
) -> ExpenseCap:
    """Where only a period is known (`has_online`) the class alone chooses the band; a class too short for one draws the lowest.

    In a practice menu the e-learning is no part of the course's hours: it has a limit of its own beside the class's."""
    known = schemes or current_schemes()
    edition = known.edition_of(plan_filed)

    def terms(method: str) -> Terms:
        return terms_of(known, scheme, menu, edition, sme=sme, method=method, specialized=specialized)

    hours = class_minutes // MINUTES_OF_HOUR
    if class_minutes and menu in PRACTICE_MENUS and (has_online or standard_hours is not None):
        return both_caps(terms("class").limit(hours), hours, terms("e_learning").limit(standard_hours))
    if standard_hours is not None:
        hours = (class_minutes + standard_hours * MINUTES_OF_HOUR) // MINUTES_OF_HOUR
    chosen = terms("class" if class_minutes else "e_learning")
    limit = chosen.limit(hours if class_minutes or standard_hours is not None else None)
    return ExpenseCap(limit.whole, f"{limit.label}（{hours}時間）{limit.whole:,}円", limit.source)


def both_caps(of_class: Figure, hours: int, online: Figure) -> ExpenseCap:
    """支給要領R8.8.3 07026ロ(ｲ)・08026ロ(ｲ)・09026ロ(ｲ): the limit of what is added stands on top."""
    because = (
        f"{of_class.label}（{hours}時間）{of_class.whole:,}円 ＋ {online.label} {online.whole:,}円"
        f" = {of_class.whole + online.whole:,}円"
    )
    return ExpenseCap(of_class.whole + online.whole, because, f"{of_class.source}; {online.source}")
