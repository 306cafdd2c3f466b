"""The one way minutes are written, whatever their source: each line is checked against what stands, then all are written at once."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.utils import timezone

from courses.actions.catalogue.timetable import clock
from courses.minutes import attended_minutes, whole_minute, whole_minute_after
from courses.models import AttendanceImport, AttendanceMark, Enrolment, Lesson, Run
from courses.models.attendance.attendance import MarkSource
from courses.queries import MarkMap
from courses.states import SEATED, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import one_act, record
from firms.models import StoredFile
from firms.words.amounts import minutes_words
from firms.words.saying import said as _

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class MarkLine:
    """What someone says of one person in one lesson: the span in the room, or an absence (both empty).

    `seen` is the mark they had before their eyes, so that nobody writes over what they did not see. `gaps` are the spans
    in which the person was gone in between; None says nothing of them, so that those on record stay.
    """

    enrolment: Enrolment
    came_at: datetime | None = None
    left_at: datetime | None = None
    gaps: tuple[Span, ...] | None = None
    reason: str = ""
    seen: int | None = None
    source: MarkSource = MarkSource.ROSTER
    signature: StoredFile | None = None
    batch: AttendanceImport | None = None


def lock_runs(run_ids: Iterable[int]) -> None:
    """Whoever writes minutes holds the rows of their runs, always in the same order, so that no run is cancelled meanwhile."""
    list(Run.objects.select_for_update(of=("self",)).filter(pk__in=set(run_ids)).order_by("pk").values_list("pk"))


def closed_lessons(lessons: Iterable[Lesson], *, by: Acting) -> dict[int, Refused]:
    """Those no file can tell of today, each with its sentence."""
    refused = {}
    for lesson in lessons:
        try:
            guard_held(lesson, by=by)
            guard_over(lesson, until=lesson.ends_at, by=by)
        except Refused as refusal:
            refused[lesson.pk] = refusal
    return refused


def guard_held(lesson: Lesson, *, by: Acting) -> None:
    if lesson.run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講の出席は記録できません。"))
    if by.today < lesson.on:
        raise Refused(
            _("このコマはまだ始まっていません。出席は%(month)s月%(day)s日から記録できます。")
            % {"month": lesson.on.month, "day": lesson.on.day}
        )


def is_over(lesson: Lesson, *, by: Acting) -> bool:
    return last_moment(by) >= lesson.ends_at


def last_moment(by: Acting) -> datetime:
    """Until when anything can have happened: now, or the end of a day that is not today's."""
    if by.today == timezone.localdate():
        return timezone.now()
    return datetime.combine(by.today + timedelta(days=1), time(), timezone.get_current_timezone())


def guard_over(lesson: Lesson, *, until: datetime, by: Acting) -> None:
    """Nobody was there yet at a time still to come."""
    if until > last_moment(by):
        raise Refused(
            _(
                "このコマは%(ends)sに終わります。まだ来ていない時刻までの出席は記録できません。終わってから記録してください。"
            )
            % {"ends": f"{timezone.localtime(lesson.ends_at):%H:%M}"}
        )


def mark_for(lesson: Lesson, line: MarkLine, *, newest: MarkMap, by: Acting) -> AttendanceMark | None:
    """The mark this line asks for, not written yet; None where it already stands so.

    It names the newest of the chain, taken back or not, so that the chain stays one.
    """
    before = newest.get((line.enrolment.pk, lesson.pk))
    line = in_whole_minutes(line, before)
    minutes = minutes_of(lesson, line)
    if line.left_at:
        guard_over(lesson, until=line.left_at, by=by)
    if before:
        before.lesson = lesson
        if stands_so(before, line):
            return None
    else:
        guard_seat(lesson, line.enrolment)
    guard_seen(line, before)
    return AttendanceMark(
        enrolment=line.enrolment,
        lesson=lesson,
        came_at=line.came_at,
        left_at=line.left_at,
        gaps=as_json(line.gaps or ()),
        minutes=minutes,
        source=line.source,
        signature=line.signature,
        batch=line.batch,
        corrects=before,
        reason=reason_for(line, before),
        recorded_by=by.person,
    )


def in_whole_minutes(line: MarkLine, before: AttendanceMark | None) -> MarkLine:
    """Never a second more than somebody was there: from the next whole minute on coming, to the last one on going."""
    if line.came_at is None or line.left_at is None:
        return replace(line, gaps=())
    start, end = whole_minute_after(line.came_at), whole_minute(line.left_at)
    gaps = line.gaps
    if gaps is None:
        gaps = tuple(before.away) if before and not before.is_void else ()
    return replace(line, came_at=start, left_at=end, gaps=within(gaps, start, end))


def within(gaps: Iterable[Span], start: datetime, end: datetime) -> tuple[Span, ...]:
    """Gaps in whole minutes and in order, as far as they lie inside the span."""
    whole = ((max(whole_minute(left), start), min(whole_minute_after(back), end)) for left, back in gaps)
    return tuple(sorted(gap for gap in whole if gap[0] < gap[1]))


def as_json(gaps: Iterable[Span]) -> list[list[str]]:
    return [[left.isoformat(), back.isoformat()] for left, back in gaps]


def clipped(lesson: Lesson, came_at: datetime, left_at: datetime) -> tuple[datetime, datetime] | None:
    """The part of a stay that falls into the lesson; None where nothing of it does."""
    start, end = max(whole_minute_after(came_at), lesson.starts_at), min(whole_minute(left_at), lesson.ends_at)
    return (start, end) if start < end and attended_minutes(start, end, pauses=lesson.breaks.all()) else None


def minutes_of(lesson: Lesson, line: MarkLine) -> int:
    if line.came_at is None or line.left_at is None:
        return 0
    if line.came_at < lesson.starts_at or line.left_at > lesson.ends_at:
        raise Refused(
            _("コマの時間（%(clock)s）より長い出席は記録できません。")
            % {"clock": clock(lesson.starts_at, lesson.ends_at)},
            field="late" if line.came_at < lesson.starts_at else "early",
        )
    if line.left_at <= line.came_at:
        raise Refused(
            _("遅刻と早退を合わせるとコマより長くなります。出ていない人は「欠席」にしてください。"), field="late"
        )
    minutes = minutes_there(lesson, line.came_at, line.left_at, line.gaps or ())
    if not minutes:
        raise Refused(_("受講時間が0分になります。「欠席」にしてください。"), field="late")
    return minutes


def minutes_there(lesson: Lesson, came_at: datetime, left_at: datetime, gaps: Iterable[Span]) -> int:
    """The span without meals and without the gaps, what a gap shares with a meal being left out once."""
    pauses = list(lesson.breaks.all())
    gone = sum(attended_minutes(left, back, pauses=pauses) for left, back in gaps)
    return attended_minutes(came_at, left_at, pauses=pauses) - gone


def stands_so(before: AttendanceMark, line: MarkLine) -> bool:
    """The same span is the same mark, unless it now comes with the person's own signature."""
    kept = (before.came_at, before.left_at, tuple(before.away))
    is_same = not before.is_void and kept == (line.came_at, line.left_at, line.gaps or ())
    return is_same and (line.signature is None or before.signature_id is not None)


def guard_seat(lesson: Lesson, enrolment: Enrolment) -> None:
    if enrolment.run_id != lesson.run_id or enrolment.state not in SEATED:
        raise Refused(
            _("%(name)sさんはこの開講を受講していません。受講する人だけを記録できます。")
            % {"name": enrolment.person.full_name}
        )


def guard_seen(line: MarkLine, before: AttendanceMark | None) -> None:
    """Somebody else may have written since this person looked; a record that was taken back is no record."""
    if (before.pk if before else None) == line.seen or (before and before.is_void and line.seen is None):
        return
    if before is None:
        raise Refused(_("この人の記録が見つかりません。画面を開き直してください。"))
    raise Refused(
        _("%(who)sさんが%(when)sに「%(what)s」と記録しました。確かめて、違うときだけ理由を付けて直してください。")
        % {
            "who": before.recorded_by.full_name,
            "when": f"{timezone.localtime(before.recorded_at):%H:%M}",
            "what": said(before),
        }
    )


def said(mark: AttendanceMark) -> str:
    """出席・遅刻15分 · 欠席 · 記録の取消し"""
    if mark.is_void:
        return _("記録の取消し")
    if mark.is_absence:
        return _("欠席")
    parts = [(_("遅刻%(minutes)s"), mark.late_minutes), (_("早退%(minutes)s"), mark.early_minutes)]
    told = [words % {"minutes": minutes_words(minutes)} for words, minutes in parts if minutes]
    return "・".join([_("出席"), *told])


def reason_for(line: MarkLine, before: AttendanceMark | None) -> str:
    """Why a mark replaces another: what follows a record taken back, or a signature under the same span, says so itself."""
    if before is None:
        return ""
    if line.reason.strip():
        return line.reason.strip()
    if before.is_void:
        return _("取り消された記録のあとの記録")
    if line.signature and (before.came_at, before.left_at) == (line.came_at, line.left_at):
        return _("本人の署名を受けた")
    raise Refused(_("前の記録と違います。訂正の理由を書いてください。"), field="reason")


def write_marks(marks: Collection[AttendanceMark], *, by: Acting) -> list[AttendanceMark]:
    """Writes drafted marks and tells each lesson's journal, in the caller's transaction and under the lock of the runs."""
    written = AttendanceMark.objects.bulk_create(marks)
    for own in by_key(written, lambda mark: mark.lesson_id).values():
        note(own[0].lesson, own, by=by)
    return written


@one_act()
def note(lesson: Lesson, marks: list[AttendanceMark], *, by: Acting) -> None:
    """One entry for the college and one for each firm, each with its own people alone."""
    firms = by_key(marks, firm_id_of)
    firms.pop(0, None)
    for organisation, own in {lesson.run.course.college_id: marks, **firms}.items():
        verb = "attendance.correct" if any(mark.corrects_id for mark in own) else "attendance.mark"
        record(lesson, verb, by=by, concerns=organisation, marks=[details(mark) for mark in own])


def by_key(marks: Iterable[AttendanceMark], key: Callable[[AttendanceMark], int]) -> dict[int, list[AttendanceMark]]:
    found: dict[int, list[AttendanceMark]] = {}
    for mark in marks:
        found.setdefault(key(mark), []).append(mark)
    return found


def firm_id_of(mark: AttendanceMark) -> int:
    """0 for somebody no firm sends."""
    employment = mark.enrolment.employment
    return employment.establishment.organisation_id if employment else 0


def details(mark: AttendanceMark) -> dict[str, object]:
    told: dict[str, object] = {"name": mark.enrolment.person.full_name, "minutes": mark.minutes}
    if mark.corrects:
        told |= {"before": mark.corrects.minutes, "reason": mark.reason}
    return told
