"""The days at work as pages, actions and papers read them: what stands, what was planned, what is missing and what is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from firms.rules.calendar import ONE_DAY, days_in_month
from trials.models import DayEntry, DayKind, DayWord, OvertimeAgreement, Placement, WorkMonth
from trials.models.working import DayEntryQuerySet
from trials.rules import (
    BreakNeeded,
    Limits,
    Overtime,
    OvertimeStanding,
    Planned,
    Worked,
    break_needed,
    overtime_days,
    planned_day,
)
from trials.states import WITHOUT_HIRE, MonthState, Party

HOUR = 60
# What an entry and its form call the same.
SAME = ("kind", "break_minutes", "absence", "comment")


@dataclass(frozen=True)
class DayRow:
    """One day of a month: what was planned, what stands, what was said to it, and what the law says of it."""

    on: date
    planned: Planned
    entry: DayEntry | None
    host: DayWord | None
    agency: DayWord | None
    overtime: Overtime | None
    breaks: BreakNeeded | None

    @property
    def is_approved(self) -> bool:
        return self.host is not None and self.host.is_ok

    @property
    def is_over(self) -> bool:
        return self.overtime is not None and self.overtime.standing == OvertimeStanding.OVER

    @property
    def is_near(self) -> bool:
        return self.overtime is not None and self.overtime.standing == OvertimeStanding.NEAR

    @property
    def lacks_break(self) -> bool:
        return self.breaks is not None and not self.breaks.is_enough

    @property
    def waits(self) -> bool:
        """For the host's word."""
        return self.entry is not None and not self.entry.is_open and self.host is None

    @property
    def is_missing(self) -> bool:
        return self.entry is None and self.planned.is_day_off is False


def planned_for(placement: Placement, on: date) -> Planned:
    posting = placement.posting
    assert posting is not None
    return planned_day(on, hours=posting.hours, breaks=posting.breaks, days_off=posting.days_off)


def first_of(on: date) -> date:
    return on.replace(day=1)


def last_of(month: WorkMonth) -> date:
    return month.first.replace(day=days_in_month(month.first.year, month.first.month))


def last_day_in(month: WorkMonth) -> date:
    """Of the month, the last that belongs to the trial."""
    assert month.placement.last_on is not None
    return min(last_of(month), month.placement.last_on)


def entry_on(placement: Placement, on: date) -> DayEntry | None:
    return placement.days.current().filter(on=on).first()


def open_entry(placement: Placement) -> DayEntry | None:
    """Clocked in and not out: the newest, which is what a phone goes on with."""
    return placement.days.current().without_clock_out().order_by("-on").first()


def clock_of(moment: datetime | None) -> time | None:
    return timezone.localtime(moment).time().replace(second=0, microsecond=0) if moment else None


def facts_of(entry: DayEntry | None) -> dict[str, Any]:
    """By the names of the form's fields; nothing where nothing was written yet."""
    if entry is None:
        return {}
    clocks = {"starts_at": clock_of(entry.starts_at), "ends_at": clock_of(entry.ends_at)}
    return {**clocks, **{name: getattr(entry, name) for name in SAME}}


def facts_of_in(entry: DayEntry | None) -> dict[str, Any]:
    return {"starts_at": clock_of(entry.starts_at)} if entry else {}


def facts_of_out(entry: DayEntry | None) -> dict[str, Any]:
    """Nothing as long as nobody has said when the day ended."""
    if entry is None or entry.is_open:
        return {}
    return {
        "ends_at": clock_of(entry.ends_at),
        "break_minutes": entry.break_minutes,
        "comment": entry.comment,
    }


def current_days(placement: Placement) -> DayEntryQuerySet:
    words = Prefetch("words", DayWord.objects.select_related("person"))
    return placement.days.current().select_related("scan", "written_by").prefetch_related(words).order_by("on")


def absent_in_a_row(placement: Placement, on: date) -> int:
    """Of the days told up to that one, how many at its end are absences; cancelled ones between them break nothing."""
    told = placement.days.current().filter(on__lte=on).exclude(kind=DayKind.NONE).order_by("-on")
    return len(list(takewhile(lambda kind: kind == DayKind.ABSENT, told.values_list("kind", flat=True))))


def rows_of(month: WorkMonth) -> list[DayRow]:
    """Every day of the month that belongs to the trial, and any other somebody has written of."""
    placement = month.placement
    entries = list(current_days(placement))
    over = {one.on: one for one in overtime_of(placement, entries)}
    by_day = {entry.on: entry for entry in entries if entry.month_id == month.pk}
    assert placement.started_on is not None
    first, last = max(month.first, placement.started_on), last_day_in(month)
    days = {first + timedelta(days=n) for n in range((last - first).days + 1)} | set(by_day)
    return [row_of(placement, on, by_day.get(on), over.get(on)) for on in sorted(days)]


def row_of(placement: Placement, on: date, entry: DayEntry | None, overtime: Overtime | None) -> DayRow:
    said = {word.side: word for word in entry.words.all()} if entry else {}
    is_whole = entry is not None and entry.kind == DayKind.WORK and not entry.is_open
    breaks = break_needed(on, minutes=entry.minutes, break_minutes=entry.break_minutes) if entry and is_whole else None
    return DayRow(
        on,
        planned_for(placement, on),
        entry,
        said.get(Party.HOST),
        said.get(Party.AGENCY),
        overtime if is_whole else None,
        breaks,
    )


def limits_of(placement: Placement) -> list[Limits]:
    agreed = OvertimeAgreement.objects.filter(agency=placement.seeker.agency_id)
    return [
        Limits(one.valid_from, one.valid_until, one.day_minutes, one.month_minutes, one.year_minutes) for one in agreed
    ]


def overtime_of(placement: Placement, entries: Iterable[DayEntry]) -> tuple[Overtime, ...]:
    worked = [Worked(one.on, one.minutes) for one in entries if one.kind == DayKind.WORK and one.ends_at]
    return overtime_days(worked, agreements=limits_of(placement))


def months_of(placement: Placement) -> list[date]:
    """The first day of every month the trial touches, whether anything was written in it or not."""
    if placement.started_on is None or placement.last_on is None:
        return []
    found, at = [], first_of(placement.started_on)
    while at <= placement.last_on:
        found.append(at)
        at = first_of(at.replace(day=days_in_month(at.year, at.month)) + ONE_DAY)
    return found


@dataclass(frozen=True)
class Sums:
    days: int
    minutes: int
    overtime: int
    absent: int
    waiting: int
    open: int


def sums_of(rows: Sequence[DayRow]) -> Sums:
    """Whole numbers of minutes, summed as they stand in the rows."""
    worked = [row for row in rows if row.entry and row.entry.kind == DayKind.WORK and not row.entry.is_open]
    return Sums(
        days=len(worked),
        minutes=sum(row.entry.minutes for row in worked if row.entry),
        overtime=sum(row.overtime.minutes for row in worked if row.overtime),
        absent=sum(row.entry is not None and row.entry.kind == DayKind.ABSENT for row in rows),
        waiting=sum(row.waits for row in rows),
        open=sum(row.entry is not None and row.entry.is_open for row in rows),
    )


def waiting_rows(month: WorkMonth) -> list[DayRow]:
    return [row for row in rows_of(month) if row.waits]


# --- what waits for the sweep ---


def months_waiting(*, on: date) -> list[WorkMonth]:
    """Open ones in which a day waits for the host longer than it may."""
    late = DayEntry.objects.current().complete().filter(words=None, approve_by__lt=on)
    return list(
        WorkMonth.objects.filter(state=MonthState.OPEN, entries__in=late).distinct().with_sides().order_by("pk")
    )


def months_without_clock_out(*, on: date) -> list[WorkMonth]:
    forgotten = DayEntry.objects.current().without_clock_out().filter(on__lt=on)
    waiting = WorkMonth.objects.filter(state=MonthState.OPEN, entries__in=forgotten)
    return list(waiting.distinct().with_sides().order_by("pk"))


def to_clear_up(*, on: date) -> list[Placement]:
    """Ended without a hire, and the host has not said that it tidied up."""
    return list(
        Placement.objects.filter(state__in=WITHOUT_HIRE, cleared_on=None, started_on__isnull=False, last_on__lt=on)
        .with_sides()
        .order_by("pk")
    )
