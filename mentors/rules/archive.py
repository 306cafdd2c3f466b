"""Skill manuals and the ward's subsidies for them: when one is looked at again, what is paid, and how many a year."""

from dataclasses import dataclass
from datetime import date, timedelta

from firms.rules.calendar import add_months
from firms.rules.figures import Figure, sources
from mentors.rules.tables import ARCHIVE, Programmes, current_programmes

AIMS = ("archive", "pr_film", "knowledge")


@dataclass(frozen=True, slots=True)
class Review:
    review_on: date
    remind_on: tuple[date, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Support:
    """What a cost would draw. `unsure` names the figures nobody has confirmed yet."""

    yen: int
    because: str
    source: str
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Of a fiscal year; `left` is never below nothing."""

    most: int
    left: int
    because: str
    source: str


def review(made_on: date, *, programmes: Programmes | None = None) -> Review:
    """From the day a version is published."""
    known = programmes or current_programmes()
    months = known.latest(ARCHIVE, "manual.review_months", made_on)
    on = add_months(made_on, months.whole)
    return Review(on, remind_on(on, programmes=known), sources(months))


def remind_on(review_on: date, *, programmes: Programmes | None = None) -> tuple[date, ...]:
    """Once beforehand, and once on the day itself."""
    days = (programmes or current_programmes()).latest(ARCHIVE, "manual.remind_days", review_on)
    return review_on - timedelta(days=days.whole), review_on


def film_kept(on: date, *, programmes: Programmes | None = None) -> timedelta:
    """How long a film that stopped half-way is kept for its sender to go on."""
    return timedelta(days=(programmes or current_programmes()).latest(ARCHIVE, "film.keep_days", on).whole)


def support(aim: str, *, cost_yen: int, on: date, programmes: Programmes | None = None) -> Support:
    """Rate times cost, up to the cap, whole units only."""
    known = programmes or current_programmes()
    rate, cap = (known.latest(ARCHIVE, f"{aim}.{name}", on) for name in ("rate_percent", "cap_yen"))
    unit = known.latest(ARCHIVE, "subsidy.unit_yen", on)
    share = cost_yen * rate.whole // 100
    yen = min(share, cap.whole) // unit.whole * unit.whole
    because = f"対象経費{cost_yen:,}円 × {rate.whole}% = {share:,}円。上限{cap.whole:,}円、{unit.whole:,}円未満は切り捨てて{yen:,}円。"
    return Support(yen, because, sources(rate, cap, unit), unsure_of(rate, cap, unit))


def fixed(aim: str, *, spent_yen: int, decided_yen: int, on: date, programmes: Programmes | None = None) -> Support:
    """By what was really spent, by the figures of the day of the decision, and never more than was decided."""
    found = support(aim, cost_yen=spent_yen, on=on, programmes=programmes)
    yen = min(found.yen, decided_yen)
    kept = (
        f"交付決定額{decided_yen:,}円の範囲内です。" if yen == found.yen else f"交付決定額の{decided_yen:,}円までです。"
    )
    return Support(yen, found.because + kept, found.source, found.unsure)


def places(aim: str, *, taken: int, on: date, programmes: Programmes | None = None) -> Places:
    most = (programmes or current_programmes()).latest(ARCHIVE, f"{aim}.places", on)
    left = max(0, most.whole - taken)
    because = f"{most.label}は{most.whole}件。交付決定{taken}件、残り{left}件です。"
    return Places(most.whole, left, because, sources(most))


def report_by(finish_on: date, *, programmes: Programmes | None = None) -> date:
    """The last day of the report."""
    days = (programmes or current_programmes()).latest(ARCHIVE, "subsidy.report_days", finish_on)
    return finish_on + timedelta(days=days.whole)


def unsure_of(*figures: Figure) -> tuple[str, ...]:
    return tuple(f"{one.label}（{one.source}）" for one in figures if not one.is_verified)
