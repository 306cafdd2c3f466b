"""The roster of a lesson saved at once; marks are only ever added, and a correction names the mark it corrects."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.seats import locked_run
from courses.actions.timetable import clock
from courses.minutes import attended_minutes
from courses.models import AttendanceMark, Enrolment, Lesson
from courses.models.attendance import Source
from courses.queries import current_marks
from courses.states import RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Person


@dataclass(frozen=True)
class RosterLine:
    """What someone says of one person: the span in the room, or an absence (both empty).

    `seen` is the mark they had before their eyes, so that nobody writes over what they did not see.
    """

    enrolment: Enrolment
    came_at: datetime | None = None
    left_at: datetime | None = None
    reason: str = ""
    seen: int | None = None


class RosterRefused(Refused):
    """Some lines cannot be written, so none was; `lines` holds the refusal of each, by enrolment id."""

    def __init__(self, lines: dict[int, Refused]) -> None:
        super().__init__(_("保存していません。赤い行を直して、もう一度保存してください。"))
        self.lines = lines


def line_from_minutes(
    enrolment: Enrolment, lesson: Lesson, *, late: int, early: int, reason: str = "", seen: int | None = None
) -> RosterLine:
    """Present, so many minutes late and so many gone early."""
    return RosterLine(
        enrolment=enrolment,
        came_at=lesson.starts_at + timedelta(minutes=late),
        left_at=lesson.ends_at - timedelta(minutes=early),
        reason=reason,
        seen=seen,
    )


@transaction.atomic
def save_roster(lesson: Lesson, lines: Collection[RosterLine], *, by: Acting) -> list[AttendanceMark]:
    """Writes what is new or different, all lines or none; answers with the marks written.

    Under the run's lock, so that no run is cancelled while its first minutes are written.
    """
    locked_run(lesson.run)
    lesson = Lesson.objects.select_for_update(of=("self",)).select_related("run__course__college").get(pk=lesson.pk)
    guard_held(lesson, by=by)
    pauses = list(lesson.breaks.all())
    marks = current_marks([line.enrolment for line in lines])
    refused: dict[int, Refused] = {}
    wanted = []
    for line in lines:
        try:
            if mark := mark_for(lesson, line, pauses=pauses, current=marks.get((line.enrolment.pk, lesson.pk)), by=by):
                wanted.append(mark)
        except Refused as refusal:
            refused[line.enrolment.pk] = refusal
    if refused:
        raise RosterRefused(refused)
    written = AttendanceMark.objects.bulk_create(wanted)
    if written:
        note(lesson, written, by=by)
    return written


def guard_held(lesson: Lesson, *, by: Acting) -> None:
    if lesson.run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講の出席は記録できません。"))
    if by.today < lesson.on:
        raise Refused(
            _("このコマはまだ始まっていません。出席は%(month)s月%(day)s日から記録できます。")
            % {"month": lesson.on.month, "day": lesson.on.day}
        )


def mark_for(
    lesson: Lesson, line: RosterLine, *, pauses: list, current: AttendanceMark | None, by: Acting
) -> AttendanceMark | None:
    """The mark this line asks for; None where it already stands so."""
    minutes = minutes_of(lesson, line, pauses=pauses)
    if current and (current.came_at, current.left_at) == (line.came_at, line.left_at):
        return None
    guard_seen(line, current)
    if current and not line.reason.strip():
        raise Refused(_("前の記録と違います。訂正の理由を書いてください。"), field="reason")
    return AttendanceMark(
        enrolment=line.enrolment,
        lesson=lesson,
        came_at=line.came_at,
        left_at=line.left_at,
        minutes=minutes,
        source=Source.ROSTER,
        corrects=current,
        reason=line.reason.strip() if current else "",
        recorded_by=by.person,
    )


def minutes_of(lesson: Lesson, line: RosterLine, *, pauses: list) -> int:
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
    minutes = attended_minutes(line.came_at, line.left_at, pauses=pauses)
    if not minutes:
        raise Refused(_("受講時間が0分になります。「欠席」にしてください。"), field="late")
    return minutes


def guard_seen(line: RosterLine, current: AttendanceMark | None) -> None:
    """Another instructor may have saved since this page was opened."""
    if (current.pk if current else None) == line.seen:
        return
    if current is None:
        raise Refused(_("この人の記録が見つかりません。画面を開き直してください。"))
    recorder = Person.objects.get(pk=current.recorded_by_id)
    raise Refused(
        _("%(who)sさんが%(when)sに「%(what)s」と記録しました。確かめて、違うときだけ理由を付けて直してください。")
        % {"who": recorder.full_name, "when": f"{timezone.localtime(current.recorded_at):%H:%M}", "what": said(current)}
    )


def said(mark: AttendanceMark) -> str:
    if mark.is_absence:
        return _("欠席")
    parts = [(_("遅刻%(minutes)s分"), mark.late_minutes), (_("早退%(minutes)s分"), mark.early_minutes)]
    told = [words % {"minutes": minutes} for words, minutes in parts if minutes]
    return "・".join([_("出席"), *told])


def note(lesson: Lesson, marks: list[AttendanceMark], *, by: Acting) -> None:
    """One entry for the college and one for each firm, each with its own people alone."""
    by_firm: dict[int, list[AttendanceMark]] = {}
    for mark in marks:
        if employment := mark.enrolment.employment:
            by_firm.setdefault(employment.establishment.organisation_id, []).append(mark)
    for organisation, own in {lesson.run.course.college_id: marks, **by_firm}.items():
        verb = "courses.corrected" if any(mark.corrects_id for mark in own) else "courses.marked"
        record(lesson, verb, by=by, concerns=organisation, marks=[details(mark) for mark in own])


def details(mark: AttendanceMark) -> dict[str, object]:
    told: dict[str, object] = {"name": mark.enrolment.person.full_name, "minutes": mark.minutes}
    if mark.corrects:
        told |= {"before": mark.corrects.minutes, "reason": mark.reason}
    return told
