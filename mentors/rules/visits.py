"""Visits of a マイスター: how many, how long, and by when they are planned."""

from dataclasses import dataclass
from datetime import date, timedelta

from firms.rules.calendar import add_months, in_words, why_closed
from firms.rules.figures import sources
from firms.rules.reading import FactError
from mentors.rules.tables import MEISTER, Programmes, current_programmes

HOSTS = ("firm", "association", "school")
NOT_MOVED = (
    "期限の日は{}です。翌開庁日に延びると決まっていないため、早い日のままにしています。前の開庁日までに届けてください。"
)


@dataclass(frozen=True, slots=True)
class VisitLimit:
    """`left` after the planned visits where they are allowed, else before them."""

    allowed: bool
    left: int
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class SessionLength:
    minutes: int
    within: bool
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanDue:
    due: date
    because: str
    source: str
    note: str = ""


def visit_limit(
    host: str, *, done: int, planned: int, on: date = date.max, programmes: Programmes | None = None
) -> VisitLimit:
    limit = (programmes or current_programmes()).latest(MEISTER, f"visits.{host}", on)
    before = max(0, limit.whole - done)
    allowed = planned <= before
    because = f"{limit.label}は{limit.whole}回。済み{done}回・予定{planned}回は{'上限以内です' if allowed else '上限を超えます'}。"
    return VisitLimit(allowed, before - planned if allowed else before, because, sources(limit))


def session_length(
    start: int, end: int, *, break_minutes: int, on: date = date.max, programmes: Programmes | None = None
) -> SessionLength:
    """`start` and `end` in minutes of one day; breaks are taken out."""
    known = programmes or current_programmes()
    least, most = (known.latest(MEISTER, f"session.{name}_minutes", on) for name in ("least", "most"))
    if end <= start:
        raise FactError("end が start より後ではありません。開始と終了の時刻を確認してください。")
    if break_minutes > end - start:
        raise FactError(
            f"break_minutes（{break_minutes}分）が開始から終了まで（{end - start}分）より長く、あり得ません。"
        )
    minutes = end - start - break_minutes
    within = least.whole <= minutes <= most.whole
    because = f"休憩を除いて{minutes}分。1回は{least.whole}分から{most.whole}分までで、{'収まります' if within else '収まりません'}。"
    return SessionLength(minutes, within, because, sources(least, most))


def plan_due(first_visit: date, *, days: int | None = None, months: int | None = None) -> PlanDue:
    """So many days or months before the first visit, by the rule of the prefecture; not moved for closed days."""
    if (days is None) == (months is None):
        raise FactError("lead は days か months のどちらか一つで指定してください。")
    due = first_visit - timedelta(days=days) if days is not None else add_months(first_visit, -(months or 0))
    lead = f"{days}日前" if days is not None else f"{months}か月前（応当日がない月は末日）"
    because = f"最初の訪問日{in_words(first_visit)}の{lead}の{in_words(due)}までに実技指導計画書を出します。"
    closed = why_closed(due)
    return PlanDue(
        due, because, "地域技能振興コーナーの派遣案内（都道府県ごと）", NOT_MOVED.format(closed) if closed else ""
    )
