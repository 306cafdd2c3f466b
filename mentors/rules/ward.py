"""What the ward itself has set: the term, the board, the lead of a plan, the fee, and how long a host is waited for."""

from dataclasses import dataclass
from datetime import date, timedelta

from firms.rules.calendar import add_months, in_words
from firms.rules.figures import sources
from mentors.rules.certifying import RenewalDates, renewal_dates
from mentors.rules.tables import MEISTER, WARD, Programmes, current_programmes
from mentors.rules.visits import PlanDue, plan_due

MINUTES_OF_HOUR = 60


@dataclass(frozen=True, slots=True)
class BoardOutcome:
    """`complete` once enough members have voted; an equal number is no majority."""

    complete: bool
    certified: bool
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Fee:
    yen: int
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Materials:
    within: bool
    limit_yen: int
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class HostWord:
    """When the host is reminded, and from when the mentor's word stands without theirs."""

    remind_on: date
    stands_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Trainings:
    """What is completed before a number is given, by name."""

    names: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CancelNotice:
    """From this day on a session is called off at the last moment."""

    late_from: date
    source: str


def term(certified_on: date, *, programmes: Programmes | None = None) -> RenewalDates:
    known = programmes or current_programmes()
    years = known.latest(WARD, "certification.term_years", certified_on)
    return renewal_dates(certified_on, term_years=years.whole, programmes=known)


def reminders_before(last_on: date, *, on: date, programmes: Programmes | None = None) -> tuple[tuple[int, date], ...]:
    """Of a term that was given elsewhere: those whose day is still to come."""
    remind = (programmes or current_programmes()).latest(MEISTER, "renewal.remind_months", on)
    found = ((months, add_months(last_on, -months)) for months in remind.wholes)
    return tuple((months, day) for months, day in found if day >= on)


def board_outcome(*, approving: int, declining: int, on: date, programmes: Programmes | None = None) -> BoardOutcome:
    """Members excluded by a conflict of interest are in neither number."""
    quorum = (programmes or current_programmes()).latest(WARD, "board.quorum", on)
    voted = approving + declining
    complete, certified = voted >= quorum.whole, approving > declining
    because = f"委員{voted}人（成立に{quorum.whole}人）のうち、認める{approving}人・認めない{declining}人。"
    because += "過半数で認定します。" if certified else "過半数に届かず、認定しません。"
    if not complete:
        because = f"審査会の成立には委員{quorum.whole}人の票が要り、まだ{voted}人です。"
    return BoardOutcome(complete, complete and certified, because, sources(quorum))


def plan_lead(prefecture: str, first_visit: date, *, programmes: Programmes | None = None) -> PlanDue:
    """By the rule of the prefecture of the place; where none is known, the ward's own."""
    known = programmes or current_programmes()
    figures = known.by_name[WARD].figures
    if f"lead_months.{prefecture}" in figures:
        months = known.latest(WARD, f"lead_months.{prefecture}", first_visit)
        return plan_due(first_visit, months=months.whole)
    own = f"lead_days.{prefecture}"
    days = known.latest(WARD, own if own in figures else "lead_days.other", first_visit)
    return plan_due(first_visit, days=days.whole)


def fee(minutes: int, on: date, *, programmes: Programmes | None = None) -> Fee:
    """By the minute at the hourly rate of the day of the session, up to the longest one; less than a yen is dropped."""
    known = programmes or current_programmes()
    rate, most = known.latest(WARD, "fee.yen_per_hour", on), known.latest(MEISTER, "session.most_minutes", on)
    paid = min(minutes, most.whole)
    yen = paid * rate.whole // MINUTES_OF_HOUR
    because = f"{in_words(on)}の指導{in_hours(paid)} × 1時間{rate.whole:,}円 = {yen:,}円"
    if paid < minutes:
        because += f"（{in_hours(minutes)}のうち、1回の上限の{in_hours(most.whole)}まで）"
    return Fee(yen, because, sources(rate, most))


def in_hours(minutes: int) -> str:
    """2時間20分; whole hours stand alone, and so does what is less than one."""
    hours, rest = divmod(minutes, MINUTES_OF_HOUR)
    return f"{hours}時間" * bool(hours) + f"{rest}分" * bool(rest or not hours)


def materials(yen: int, *, people: int, on: date, programmes: Programmes | None = None) -> Materials:
    limit = (programmes or current_programmes()).latest(WARD, "materials.yen_per_person", on)
    most = limit.whole * people
    within = yen <= most
    because = f"材料費{yen:,}円。出席{people}人の上限は{most:,}円（1人{limit.whole:,}円）で、"
    because += "収まります。" if within else "超えた分は派遣先の負担です。"
    return Materials(within, most, because, sources(limit))


def host_word(signed_on: date, *, programmes: Programmes | None = None) -> HostWord:
    known = programmes or current_programmes()
    remind, stands = (known.latest(WARD, f"host.{name}_days", signed_on) for name in ("remind", "stands"))
    reminded, stood = (signed_on + timedelta(days=one.whole) for one in (remind, stands))
    return HostWord(reminded, stood, sources(remind, stands))


def required_trainings(on: date, *, programmes: Programmes | None = None) -> Trainings:
    wanted = (programmes or current_programmes()).latest(WARD, "certification.trainings", on)
    return Trainings(wanted.names, sources(wanted))


def cancel_notice(session_on: date, *, programmes: Programmes | None = None) -> CancelNotice:
    notice = (programmes or current_programmes()).latest(WARD, "cancel.notice_days", session_on)
    return CancelNotice(session_on - timedelta(days=notice.whole - 1), sources(notice))


def is_late_to_cancel(session_on: date, on: date) -> bool:
    """Cancelled all the same, and said to be at the last moment."""
    return on >= cancel_notice(session_on).late_from


def link_term(on: date, *, programmes: Programmes | None = None) -> timedelta:
    """How long a link to recommend, vote or countersign is good."""
    return timedelta(days=(programmes or current_programmes()).latest(WARD, "link.days", on).whole)
