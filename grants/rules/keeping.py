"""How long the papers of a grant are kept, kind by kind, from the day it was granted (共通要領 0404)."""

from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import ONE_DAY, end_of_period, fiscal_year, in_words
from firms.rules.figures import Figure
from firms.rules.reading import FactError
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes

COMMON = "hrd_common"
# What was handed in as a copy is kept as the original, what was handed in as the original is kept as a copy.
KINDS = ("original", "copy", "electronic")
SCHEMES = ("hrd_support", "invest_in_people", "reskilling", "careerup", "trial")
MONTHS_OF_YEAR = 12
APRIL = 4


@dataclass(frozen=True, slots=True)
class Keeping:
    """The last day one kind of paper must be kept."""

    kind: str
    until: date
    because: str
    source: str


def kept_papers(
    scheme: str, decided_on: date, *, last_paid_on: date | None = None, schemes: Schemes | None = None
) -> tuple[Keeping, ...]:
    """`decided_on` is the day of 支給決定. The claim form of a scheme may ask for longer, counted from `last_paid_on`."""
    known = schemes or current_schemes()
    longer = by_payment(known, scheme, decided_on, last_paid_on)
    return tuple(later(by_decision(known, kind, decided_on), longer) for kind in KINDS)


def by_decision(known: Schemes, kind: str, decided_on: date) -> Keeping:
    years = known.latest(COMMON, f"retention.{kind}.years", decided_on)
    until = end_of_period(decided_on + ONE_DAY, years.whole * MONTHS_OF_YEAR)
    because = f"支給決定日 {in_words(decided_on)}の翌日から{years.whole}年間"
    return Keeping(kind, until, because, years.source)


def waits_for_payment(scheme: str, *, schemes: Schemes | None = None) -> bool:
    """Whether the years of the scheme cannot be counted before the money came."""
    return "retention.years_from_payment" in (schemes or current_schemes()).by_name[scheme].figures


def by_payment(known: Schemes, scheme: str, on: date, last_paid_on: date | None) -> tuple[date, str, str] | None:
    if not waits_for_payment(scheme, schemes=known):
        return None
    if last_paid_on is None:
        raise FactError("last_paid_on がありません。最後に支給を受けた日の年度から数える制度です。")
    years: Figure = known.latest(scheme, "retention.years_from_payment", on)
    first = date(fiscal_year(last_paid_on) + 1, APRIL, 1)
    because = f"最後の支給 {in_words(last_paid_on)}の年度の翌年度の初日から{years.whole}年間"
    return end_of_period(first, years.whole * MONTHS_OF_YEAR), because, years.source


def later(found: Keeping, longer: tuple[date, str, str] | None) -> Keeping:
    if longer is None or longer[0] <= found.until:
        return found
    return Keeping(found.kind, *longer)
