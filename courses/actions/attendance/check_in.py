"""One scan of the room's code by one person, at the server's clock: the first is coming, a later one is going."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.actions.attendance.attendance import locked_lesson
from courses.actions.attendance.marking import MarkLine, clipped, lock_runs, mark_for, write_marks
from courses.desk_code import as_typed, is_fresh, step_of
from courses.models import AttendanceMark, CheckIn, CheckInDesk, Enrolment, Lesson
from courses.models.attendance.attendance import MarkSource
from courses.queries import newest_marks
from courses.states import SEATED, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.saying import said as _

# The desk takes people this long before the lesson and lets them go this long after it.
AROUND = timedelta(minutes=30)
# A second scan sooner than this is a slip of the hand, not somebody going home.
GOING_AFTER = timedelta(minutes=10)

Direction = CheckIn.Direction


@dataclass(frozen=True)
class Scan:
    """What a scan did: the row of it, the mark it led to, and whether an instructor's own mark stands above it."""

    check_in: CheckIn
    mark: AttendanceMark | None = None
    stands_by_hand: bool = False


@transaction.atomic
def check_in(lesson: Lesson, code: str, *, at: datetime, device: str, by: Acting) -> Scan:
    """Records that this person is here at `at`, the server's clock; going writes the minutes too."""
    lock_runs([lesson.run_id])
    lesson = locked_lesson(lesson.pk)
    enrolment = own_enrolment(lesson, by=by)
    step = checked_step(lesson, code, at=at)
    before = list(CheckIn.objects.filter(lesson=lesson, enrolment=enrolment).order_by("pk"))
    direction = direction_of(lesson, before, step=step, at=at)
    row = CheckIn.objects.create(
        lesson=lesson, enrolment=enrolment, direction=direction, step=step, address_hash=device, at=at
    )
    verb = "check_in.enter" if direction == Direction.IN else "check_in.leave"
    record(lesson, verb, by=by, concerns=lesson.run.course.college_id)
    return Scan(row) if direction == Direction.IN else with_mark(row, came_at=before[0].at, by=by)


def own_enrolment(lesson: Lesson, *, by: Acting) -> Enrolment:
    """The seat of the one who scans; who has none is told why."""
    mine = Enrolment.objects.filter(run=lesson.run_id, person=by.person)
    enrolment = mine.select_related("person", "employment__establishment").order_by("-pk").first()
    if enrolment is None:
        raise Refused(
            _("この講座の受講者ではありません。部屋とコマを確かめて、合っているときは講師に声をかけてください。")
        )
    if enrolment.state not in SEATED:
        raise Refused(
            _("あなたの申込みは「%(state)s」です。受講が決まっていないため記録できません。講師に声をかけてください。")
            % {"state": enrolment.get_state_display()}
        )
    return enrolment


def checked_step(lesson: Lesson, code: str, *, at: datetime) -> int:
    """The number of the code, if the desk is open, the lesson is on, and the code is the one of this half minute or the last."""
    guard_window(lesson, at=at)
    desk = CheckInDesk.objects.filter(lesson=lesson, closed_at=None).first()
    if desk is None:
        raise Refused(_("このコマの受付は開いていません。講師に声をかけてください。"))
    step = step_of(desk.secret, lesson.pk, as_typed(code), at=at)
    if step is None:
        raise Refused(
            _("コードが違います。教室の画面に出ている8文字を、もう一度読み取るか入力してください。"), field="code"
        )
    if not is_fresh(step, at=at):
        raise Refused(
            _("このコードは期限が切れています。写真ではなく、教室の画面にいま出ているコードを読み取ってください。"),
            field="code",
        )
    return step


def guard_window(lesson: Lesson, *, at: datetime) -> None:
    if lesson.run.state == RunState.CANCELLED:
        raise Refused(_("この開講は中止になりました。記録はしていません。"))
    if at < lesson.starts_at - AROUND:
        raise Refused(
            _("受付は%(at)sからです。コマの30分前になったら、もう一度読み取ってください。")
            % {"at": clock_of(lesson.starts_at - AROUND)}
        )
    if at > lesson.ends_at + AROUND:
        raise Refused(
            _("このコマの受付は%(at)sに終わりました。講師に声をかけてください。")
            % {"at": clock_of(lesson.ends_at + AROUND)}
        )


def direction_of(lesson: Lesson, before: list[CheckIn], *, step: int, at: datetime) -> str:
    if used := next((row for row in before if row.step == step), None):
        raise Refused(
            _("このコードは%(at)sに使いました。%(way)sはもう記録されています。")
            % {"at": clock_of(used.at), "way": used.get_direction_display()}
        )
    if not before:
        if at >= lesson.ends_at:
            raise Refused(
                _("このコマは%(at)sに終わりました。入室は記録できません。") % {"at": clock_of(lesson.ends_at)}
            )
        return Direction.IN
    if at < before[0].at + GOING_AFTER:
        raise Refused(
            _("入室は%(at)sに記録してあります。退室は%(from)sから記録できます。")
            % {"at": clock_of(before[0].at), "from": clock_of(before[0].at + GOING_AFTER)}
        )
    return Direction.OUT


def with_mark(row: CheckIn, *, came_at: datetime, by: Acting) -> Scan:
    """The minutes between the first coming and this going; a mark made by hand stays as it is."""
    lesson, enrolment = row.lesson, row.enrolment
    newest = newest_marks([lesson.pk], [enrolment.pk])
    before = newest.get((enrolment.pk, lesson.pk))
    if before and not before.is_void and before.source != MarkSource.QR:
        return Scan(row, mark=before, stands_by_hand=True)
    span = clipped(lesson, came_at, row.at)
    if span is None:
        return Scan(row)
    line = MarkLine(
        enrolment=enrolment,
        came_at=span[0],
        left_at=span[1],
        reason=_("あとの退室の読取り") if before and not before.is_void else "",
        seen=before.pk if before else None,
        source=MarkSource.QR,
    )
    mark = mark_for(lesson, line, newest=newest, by=by)
    return Scan(row, mark=write_marks([mark], by=by)[0] if mark else before)


def clock_of(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def lesson_of(code: str, *, at: datetime, by: Acting) -> Lesson:
    """The lesson whose screen shows a typed code now; the person's own lessons are looked through first."""
    open_now = CheckInDesk.objects.filter(
        closed_at=None, lesson__starts_at__lte=at + AROUND, lesson__ends_at__gte=at - AROUND
    )
    desks = list(open_now.select_related("lesson").order_by("pk"))
    runs = set(Enrolment.objects.filter(person=by.person).values_list("run", flat=True))
    typed = as_typed(code)
    for desk in sorted(desks, key=lambda desk: desk.lesson.run_id not in runs):
        if step_of(desk.secret, desk.lesson_id, typed, at=at) is not None:
            return desk.lesson
    raise Refused(
        _("コードが違います。教室の画面に出ている8文字を、もう一度読み取るか入力してください。"), field="code"
    )


def expected(lesson: Lesson, code: str, *, at: datetime, by: Acting) -> str:
    """What the button would record now, or the sentence that says why it would not; writes nothing."""
    enrolment = own_enrolment(lesson, by=by)
    step = checked_step(lesson, code, at=at)
    before = list(CheckIn.objects.filter(lesson=lesson, enrolment=enrolment).order_by("pk"))
    return direction_of(lesson, before, step=step, at=at)
