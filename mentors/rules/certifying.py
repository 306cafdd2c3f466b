"""Who can be certified as マイスター, and when a recognition ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import ONE_DAY, add_months, end_of_period, in_words, whole_months
from firms.rules.figures import Figure, sources
from mentors.rules.tables import MEISTER, Programmes, current_programmes

QUALIFICATIONS = ("special_grade", "grade_1", "single_grade", "equivalent", "grade_2", "none")
MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time in practice or instruction, both ends counted; `last` is None where it goes on."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Career:
    """What someone can show; without `qualified_on` nothing lies after it."""

    qualification: str
    qualified_on: date | None
    practice: tuple[Stretch, ...]
    instruction: tuple[Stretch, ...]
    willing: bool


@dataclass(frozen=True, slots=True)
class Certification:
    """`unmet` in the order of the criteria: qualification, practice, instruction, willing."""

    eligible: bool
    unmet: tuple[str, ...]
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class RenewalDates:
    """The last day of the term, and a reminder for each number of months before it, in their order."""

    last_day: date
    reminders: tuple[tuple[int, date], ...]
    because: str
    source: str


def certification(career: Career, on: date, *, programmes: Programmes | None = None) -> Certification:
    """認定要件(1)-(4): practice and instruction are counted from the qualification on, and may overlap each other."""
    known = programmes or current_programmes()
    accepted, practice, instruction, carry = (
        known.get(MEISTER, f"certification.{name}", on)
        for name in ("qualifications", "practice_years", "instruction_years", "days_of_month")
    )
    since = career.qualified_on
    worked = experience(career.practice, since=since, until=on, carry=carry)
    taught = experience(career.instruction, since=since, until=on, carry=carry)
    met = {
        "qualification": career.qualification in accepted.names and since is not None and since <= on,
        "practice": worked >= practice.whole * MONTHS_OF_YEAR,
        "instruction": taught >= instruction.whole * MONTHS_OF_YEAR,
        "willing": career.willing,
    }
    unmet = tuple(name for name, is_met in met.items() if not is_met)
    because = (
        f"{in_words(on)}の時点で、資格取得から実務経験{in_years(worked)}（{practice.whole}年以上）、"
        f"実技指導経験{in_years(taught)}（{instruction.whole}年以上）。"
    )
    return Certification(not unmet, unmet, because, sources(accepted, practice, instruction, carry))


def experience(stretches: Iterable[Stretch], *, since: date | None, until: date, carry: Figure) -> int:
    """Whole months between two days: overlaps count once, odd days of broken stretches are added up and carried."""
    months, days = 0, 0
    for first, last in merged(stretches, since=since, until=until):
        whole, rest = whole_months(first, last)
        months += whole
        days += (last - rest).days + 1
    return months + days // carry.whole


def merged(stretches: Iterable[Stretch], *, since: date | None, until: date) -> list[tuple[date, date]]:
    if since is None:
        return []
    cut = sorted((max(one.first, since), min(one.last or until, until)) for one in stretches)
    found: list[tuple[date, date]] = []
    for first, last in cut:
        if last < first:
            continue
        if found and first <= found[-1][1] + ONE_DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def in_years(months: int) -> str:
    years, rest = divmod(months, MONTHS_OF_YEAR)
    return f"{years}年{rest}か月"


def renewal_dates(certified_on: date, *, term_years: int, programmes: Programmes | None = None) -> RenewalDates:
    """The term counts its first day (民法140条ただし書・143条); reminders on the same day of an earlier month."""
    known = programmes or current_programmes()
    remind = known.latest(MEISTER, "renewal.remind_months", certified_on)
    last = end_of_period(certified_on, term_years * MONTHS_OF_YEAR)
    reminders = tuple((months, add_months(last, -months)) for months in remind.wholes)
    told = "、".join(f"{months}か月前の{in_words(day)}" for months, day in reminders)
    because = f"{in_words(certified_on)}から{term_years}年は{in_words(last)}まで。{told}に知らせます。"
    return RenewalDates(last, reminders, because, sources(remind, also=("民法140条・143条",)))
