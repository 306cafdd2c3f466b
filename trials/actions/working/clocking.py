"""A day told: clocked in and out on the phone, written whole, entered from paper, corrected by a further row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.errors import Refused
from firms.journal import record
from firms.models import Evidence
from firms.offline.conflicts import refuse_changed
from firms.rules.calendar import ONE_DAY
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import locked
from trials.actions.telling import tell
from trials.models import AbsenceWords, DayEntry, DayKind, DaySource, DayStep, Placement, WorkMonth
from trials.queries.working import (
    absent_in_a_row,
    clock_of,
    entry_on,
    facts_of,
    facts_of_in,
    facts_of_out,
    first_of,
    overtime_of,
)
from trials.rules import OvertimeStanding, approval_due, longest_shift, standard_number
from trials.states import MonthState, Party

SCAN = "time_sheet"


@dataclass(frozen=True)
class Moments:
    """When it was typed by the device's word, and when it arrived by ours."""

    typed_at: datetime
    arrived_at: datetime


@transaction.atomic
def clock_in(placement: Placement, given: Mapping[str, Any], *, seen: str, at: Moments, by: Acting) -> DayEntry:
    """`given` are the day and the time of day. The same again is what stands."""
    placement, on = locked(placement), given["on"]
    month = open_month(placement, on, by=by)
    before = entry_on(placement, on)
    now = facts_of_in(before)
    refuse_changed(seen=seen, now=now, typed=given)
    if before and now["starts_at"] == given["starts_at"]:
        return before
    starts = moment_of(on, given["starts_at"])
    refuse_future(starts, at.arrived_at, field="starts_at")
    if before is None:
        return write(month, on, at=at, by=by, step=DayStep.CLOCK_IN, kind=DayKind.WORK, starts_at=starts)
    ends = before.ends_at if before.ends_at and before.ends_at > starts else None
    told: dict[str, Any] = {"kind": DayKind.WORK, "starts_at": starts, "ends_at": ends, "comment": before.comment}
    told["break_minutes"] = before.break_minutes if ends else 0
    return write(month, on, at=at, by=by, before=before, step=DayStep.CORRECTION, because=chosen_words(), **told)


@transaction.atomic
def clock_out(placement: Placement, given: Mapping[str, Any], *, seen: str, at: Moments, by: Acting) -> DayEntry:
    """Ends the day that was clocked in; a shift over midnight stays with the day it began."""
    placement, on = locked(placement), given["on"]
    month = open_month(placement, on, by=by)
    before = entry_on(placement, on)
    if before is None or before.starts_at is None:
        raise Refused(
            _("%(day)sの出勤の記録がありません。「一日分を入力する」から、始業と終業の時刻を入力してください。")
            % {"day": day_words(on)}
        )
    now = facts_of_out(before)
    refuse_changed(seen=seen, now=now, typed=given)
    if now and all(given.get(name) == value for name, value in now.items()):
        return before
    ends = end_after(before.starts_at, given["ends_at"])
    refuse_forgotten(on, before.starts_at, ends if given["is_said"] else at.typed_at)
    refuse_future(ends, at.arrived_at, field="ends_at")
    told = {name: given[name] for name in ("break_minutes", "comment")}
    told |= {"kind": DayKind.WORK, "starts_at": before.starts_at, "ends_at": ends}
    step, because = (DayStep.CORRECTION, chosen_words()) if now else (DayStep.CLOCK_OUT, "")
    return write(month, on, at=at, by=by, before=before, step=step, because=because, **told)


def chosen_words() -> str:
    """Two tellings crossed on the way; that one was chosen is the reason."""
    return _("あとから届いた入力を、本人が選びました。")


@transaction.atomic
def tell_day(
    placement: Placement, on: date, given: Mapping[str, Any], *, seen: str, at: Moments, by: Acting
) -> DayEntry:
    """A whole day by the trialist: worked, absent or not at work at all."""
    placement = locked(placement)
    return told_whole(placement, on, given, seen=seen, at=at, by=by, source=DaySource.PHONE)


@transaction.atomic
def enter_paper(
    placement: Placement,
    on: date,
    given: Mapping[str, Any],
    *,
    scan: UploadedFile | None,
    seen: str,
    at: Moments,
    by: Acting,
) -> DayEntry:
    """By the agency for somebody who wrote on paper; the scan is the evidence, and the trialist is told."""
    placement = locked(placement)
    known = known_scan(placement, by=by) if scan is None else None
    if scan is None and known is None:
        raise Refused(_("紙の勤務表の写し（写真かPDF）を添えてください。"), field="scan")
    refuse_changed(seen=seen, now=facts_of(entry_on(placement, on)), typed=given)
    proof = known if scan is None else hand_in(scan, owner=placement.agency, kind=SCAN, by=by)
    entry = told_whole(placement, on, given, seen=seen, at=at, by=by, source=DaySource.PAPER, scan=proof)
    body = _("%(day)sの勤務を、紙の勤務表から入力しました。違うところがあれば直してください。") % {"day": day_words(on)}
    tell(placement, Party.WORKER, subject=_("紙の勤務表を入力しました"), body=body)
    return entry


def known_scan(placement: Placement, *, by: Acting) -> Evidence | None:
    """One sheet of paper holds many days: the scan last brought for this trial goes on serving."""
    last = placement.days.filter(source=DaySource.PAPER, written_by=by.person).order_by("-pk").first()
    return last.scan if last else None


def told_whole(
    placement: Placement,
    on: date,
    given: Mapping[str, Any],
    *,
    seen: str,
    at: Moments,
    by: Acting,
    source: DaySource,
    scan: Evidence | None = None,
) -> DayEntry:
    month = open_month(placement, on, by=by)
    before = entry_on(placement, on)
    now = facts_of(before)
    refuse_changed(seen=seen, now=now, typed=given)
    if before and all(given.get(name) == value for name, value in now.items()):
        return before
    told = spans_of(on, given, at.arrived_at)
    step = DayStep.WHOLE if before is None or before.is_open else DayStep.CORRECTION
    because = reason_for(given, before=before, at=at) if step == DayStep.CORRECTION else ""
    entry = write(month, on, at=at, by=by, before=before, step=step, because=because, source=source, scan=scan, **told)
    if given["private_words"]:
        AbsenceWords.objects.create(entry=entry, words=given["private_words"])
    if entry.kind == DayKind.ABSENT:
        tell_absence(entry)
    return entry


def spans_of(on: date, given: Mapping[str, Any], arrived_at: datetime) -> dict[str, Any]:
    """The form's clocks as moments. A day off has none, whatever stood in the fields."""
    kind = given["kind"]
    if kind != DayKind.WORK:
        absence = given["absence"] if kind == DayKind.ABSENT else ""
        if kind == DayKind.ABSENT and not absence:
            raise Refused(_("休みの理由を選んでください。"), field="absence")
        return {"kind": kind, "absence": absence, "comment": given["comment"]}
    if given["starts_at"] is None or given["ends_at"] is None:
        raise Refused(_("始業と終業の時刻を入力してください。"), field="starts_at")
    starts = moment_of(on, given["starts_at"])
    ends = end_after(starts, given["ends_at"])
    refuse_forgotten(on, starts, ends)
    refuse_future(ends, arrived_at, field="ends_at")
    told = {"break_minutes": given["break_minutes"], "comment": given["comment"]}
    return {"kind": kind, "starts_at": starts, "ends_at": ends, **told}


def reason_for(given: Mapping[str, Any], *, before: DayEntry | None, at: Moments) -> str:
    if given["because"]:
        return str(given["because"])
    if before and at.typed_at < before.arrived_at:
        return chosen_words()
    raise Refused(_("訂正の理由を書いてください。"), field="because")


def moment_of(on: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, clock))


def end_after(starts: datetime, clock: time) -> datetime:
    """The next time the clock says so after the start: over midnight it is the next day."""
    day = timezone.localtime(starts).date()
    ends = moment_of(day, clock)
    return ends if ends > starts else moment_of(day + ONE_DAY, clock)


def refuse_future(moment: datetime, arrived_at: datetime, *, field: str) -> None:
    if moment > arrived_at:
        raise Refused(_("まだ来ていない時刻は記録できません。その時刻を過ぎてから入力してください。"), field=field)


def refuse_forgotten(on: date, starts: datetime, ends: datetime) -> None:
    """So long a day is a clock-out that was forgotten; when it ended is asked and never guessed."""
    if ends - starts > timedelta(minutes=longest_shift(on)):
        raise Refused(
            _("%(day)sの出勤から長い時間が過ぎています。実際に退勤した時刻を入力してください。")
            % {"day": day_words(on)},
            field="ends_at",
        )


def open_month(placement: Placement, on: date, *, by: Acting) -> WorkMonth:
    """The month the day belongs to, locked; refuses days outside the trial and months that are closed."""
    refuse_not_at_work(placement, on, today=by.today)
    month, _is_new = WorkMonth.objects.get_or_create(placement=placement, first=first_of(on))
    month = WorkMonth.objects.select_for_update(of=("self",)).get(pk=month.pk)
    if month.state == MonthState.CLOSED:
        raise Refused(
            _("%(year)s年%(month)s月の勤務は締め済みです。直すときは、派遣元の担当者に月を開き直してもらってください。")
            % {"year": month.first.year, "month": month.first.month}
        )
    month.placement = placement
    return month


def refuse_not_at_work(placement: Placement, on: date, *, today: date) -> None:
    if placement.started_on is None or placement.last_on is None:
        raise Refused(_("トライアルが始まっていないため、勤務は記録できません。開始の日に記録してください。"))
    if not placement.started_on <= on <= min(placement.last_on, today):
        raise Refused(
            _("勤務の日は、就労を始めた%(first)sから、最後の日（%(last)s）と今日までの日付にしてください。")
            % {"first": day_words(placement.started_on), "last": day_words(placement.last_on)}
        )
    if placement.suspended_on is not None and on >= placement.suspended_on:
        raise Refused(
            _("%(day)sから休止しているため、勤務は記録できません。復帰したら、派遣元の担当者に連絡してください。")
            % {"day": day_words(placement.suspended_on)}
        )


def write(
    month: WorkMonth,
    on: date,
    *,
    at: Moments,
    by: Acting,
    step: DayStep,
    before: DayEntry | None = None,
    source: DaySource = DaySource.PHONE,
    **told: Any,
) -> DayEntry:
    """The further row, its minutes reckoned in whole numbers, and those who wait for it told."""
    placement = month.placement
    starts, ends = told.get("starts_at"), told.get("ends_at")
    minutes = minutes_between(starts, ends, told.get("break_minutes", 0)) if starts and ends else 0
    if starts:
        refuse_overlap(placement, on, starts, ends or starts)
    entry = DayEntry.objects.create(
        month=month,
        placement=placement,
        on=on,
        number=before.number + 1 if before else 1,
        before=before,
        step=step,
        minutes=minutes,
        source=source,
        written_by=by.person,
        typed_at=at.typed_at,
        arrived_at=at.arrived_at,
        approve_by=None if starts and not ends else approval_due(timezone.localdate(at.arrived_at)),
        **told,
    )
    record(entry, "workday.tell", by=by, concerns=placement.seeker.agency_id, number=entry.number, reason=entry.because)
    warn_of_overtime(placement, entry)
    return entry


def minutes_between(starts: datetime, ends: datetime, break_minutes: int) -> int:
    """Whole minutes by integers: both moments are of whole minutes."""
    span = int((ends - starts) // timedelta(minutes=1))
    if break_minutes >= span:
        raise Refused(_("休憩が、始業から終業までの時間と同じかそれより長くなっています。"), field="break_minutes")
    return span - break_minutes


def refuse_overlap(placement: Placement, on: date, starts: datetime, ends: datetime) -> None:
    """A night shift reaches into the next day: two shifts may not share a minute."""
    others = placement.days.current().filter(kind=DayKind.WORK).exclude(on=on)
    meeting = others.filter(starts_at__lt=ends, ends_at__gt=starts).order_by("on").first()
    if meeting:
        raise Refused(
            _("%(day)sの勤務（%(span)s）と時間が重なっています。どちらかの時刻を直してください。")
            % {"day": day_words(meeting.on), "span": meeting.span},
            field="starts_at",
        )


def warn_of_overtime(placement: Placement, entry: DayEntry) -> None:
    """Hours that were worked are written whatever they are; the agency and the host hear at once where they are too many."""
    if entry.kind != DayKind.WORK or entry.ends_at is None:
        return
    judged = {one.on: one for one in overtime_of(placement, placement.days.current())}[entry.on]
    if judged.standing == OvertimeStanding.WITHIN:
        return
    subject = (
        _("36協定の限度を超えています")
        if judged.standing == OvertimeStanding.OVER
        else _("36協定の限度が近づいています")
    )
    body = _("%(day)s：%(because)s（根拠：%(source)s）") % {
        "day": day_words(entry.on),
        "because": judged.because,
        "source": judged.source,
    }
    tell(placement, Party.AGENCY, Party.HOST, subject=subject, body=body)


def tell_absence(entry: DayEntry) -> None:
    """The host reads the code alone."""
    body = _("%(day)sは休みです（%(reason)s）。") % {"day": day_words(entry.on), "reason": entry.get_absence_display()}
    tell(entry.placement, Party.HOST, Party.AGENCY, subject=_("休みの連絡"), body=body)
    days = absent_in_a_row(entry.placement, entry.on)
    if days == standard_number("absence.alert_after", entry.on):
        body = _("%(n)s日続けて休んでいます。本人に連絡し、休止が要るかを確かめてください。") % {"n": days}
        tell(entry.placement, Party.AGENCY, subject=_("休みが続いています"), body=body)


def clock_typed(at: datetime) -> time:
    """The time of day of a press without a time of its own."""
    found = clock_of(at)
    assert found is not None
    return found
