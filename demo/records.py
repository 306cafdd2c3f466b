"""Attendance of the demo that came by QR and by file, and what trainees say of their hours."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.actions.attendance.check_in import check_in
from courses.actions.attendance.desk import close_desk, open_desk
from courses.actions.attendance.hours import confirm_all, confirm_mark
from courses.actions.attendance.imports.taking import drop, take_in
from courses.actions.attendance.imports.undoing import take_back
from courses.actions.attendance.imports.writing import write_whole
from courses.desk_code import code_at, step_at
from courses.models import AttendanceImport, AttendanceMark, CheckInDesk, Enrolment, Lesson, Run
from courses.models.attendance.attendance import FileKind
from demo.clock import as_of
from demo.world import World
from firms.post.jobs import claim, work

HEADINGS = "開講番号,回,氏名,出欠,入室,退室"
# Minutes after the lesson's begin and after its end at which each scans the room's code.
SCANS = ((-9, 3), (6, 2), (-4, -2), (-15, 5))
DISAGREES = ("石川", "6分の遅刻とありますが、受付が混んでいて、部屋には10時前に入りました。")


def build(world: World) -> None:
    by_code(world, world.runs["cobot_now"].lessons.get(number=1))
    for key in ("printer_past", "plc_past"):
        by_table(world, world.runs[key], is_first_wrong=key == "plc_past")
    meeting_list(world, world.runs["gx_past"].lessons.get())
    waiting(world)
    confirm(world)


def by_code(world: World, lesson: Lesson) -> None:
    """The room screen is opened before the lesson, everybody scans twice, and the instructor closes it."""
    opens, closes = lesson.starts_at - timedelta(minutes=25), lesson.ends_at + timedelta(minutes=10)
    teacher = world.acting_for(lesson.instructor, on=lesson.on)
    with as_of(lesson.on, clock(opens)):
        desk = open_desk(lesson, by=teacher)
    enrolments = list(lesson.run.enrolments.select_related("person").order_by("pk"))
    for place, edge in enumerate(("starts_at", "ends_at")):
        for enrolment, minutes in zip(enrolments, SCANS, strict=False):
            scan(world, desk, enrolment, minutes=minutes[place], edge=edge)
    with as_of(lesson.on, clock(closes)):
        close_desk(lesson, by=teacher)


def scan(world: World, desk: CheckInDesk, enrolment: Enrolment, *, minutes: int, edge: str) -> None:
    lesson = desk.lesson
    moment = getattr(lesson, edge) + timedelta(minutes=minutes)
    code = code_at(desk.secret, lesson.pk, step_at(moment))
    with as_of(lesson.on, clock(moment)):
        by = world.acting_for(enrolment.person, on=lesson.on)
        check_in(lesson, code, at=moment, device=f"demo-{enrolment.pk}", by=by)


def clock(moment: Any) -> str:
    return f"{timezone.localtime(moment):%H:%M:%S}"


def by_table(world: World, run: Run, *, is_first_wrong: bool) -> None:
    """An Excel sheet exported as CSV the evening of the last day; the first one may have been last year's list."""
    last = run.lessons.latest("starts_at").on
    if is_first_wrong:
        batch = written(world, run, table(run, came="13:00", left="17:00"), name="出席_昨年度の時刻.csv", day=last)
        with as_of(last, "18:05"):
            run_job(take_back(batch, by=world.acting("tech", "coordinator", on=last)))
    written(world, run, table(run, came="10:00", left="17:00"), name="出席.csv", day=last)


def table(run: Run, *, came: str, left: str) -> str:
    names = [one.person.full_name for one in run.enrolments.accepted().select_related("person").order_by("pk")]
    rows = [f"{run.code},{lesson.number},{name},出席,{came},{left}" for lesson in run.lessons.all() for name in names]
    return "\r\n".join([HEADINGS, *rows, ""])


def written(world: World, run: Run, text: str, *, name: str, day: Any) -> AttendanceImport:
    batch = taken(world, text, name=name, day=day)
    with as_of(day, "17:50"):
        by = world.acting("tech", "coordinator", on=day)
        return run_job(write_whole(batch, seen=batch.found["seen"], reason="", by=by))


def taken(
    world: World,
    text: str,
    *,
    name: str,
    day: Any,
    lesson: Lesson | None = None,
    key: str = "tech",
    at: str = "17:40",
) -> AttendanceImport:
    """Read by its job at once: nobody waits in a story."""
    kind = FileKind.MEETING if lesson else FileKind.TABLE
    upload = SimpleUploadedFile(name, text.encode("cp932"), content_type="text/csv")
    with as_of(day, at):
        return run_job(take_in(upload, kind=kind, lesson=lesson, by=world.acting(key, "coordinator", on=day)))


def run_job(batch: AttendanceImport) -> AttendanceImport:
    job = claim(batch.found["job"])
    assert job
    work(job)
    return AttendanceImport.objects.get(pk=batch.pk)


def meeting_list(world: World, lesson: Lesson) -> None:
    """The online evening's list of participants, with one who lost the line for a while."""
    people = list(lesson.run.enrolments.accepted().select_related("person").order_by("pk"))
    day = f"{lesson.on:%Y/%m/%d}"
    rows = [f"{people[0].person.full_name},{people[0].person.email},{day} 18:24:10,{day} 19:20:31"]
    rows += [f"{one.person.full_name},{one.person.email},{day} 18:28:02,{day} 21:31:40" for one in people]
    rows[1] = f"{people[0].person.full_name},{people[0].person.email},{day} 19:26:05,{day} 21:31:12"
    text = "\r\n".join(["名前,メールアドレス,参加時刻,退出時刻", *rows, ""])
    batch = taken(
        world, text, name="meeting_participants.csv", day=lesson.on, lesson=lesson, key="university", at="21:45"
    )
    with as_of(lesson.on, "21:50"):
        by = world.acting("university", "coordinator", on=lesson.on)
        run_job(write_whole(batch, seen=batch.found["seen"], reason="", by=by))


def waiting(world: World) -> None:
    """One file to look at, one given up, and one nobody can read."""
    run, day = world.runs["raspi_now"], world.day(-1)
    lesson = next(one for one in run.lessons.order_by("-starts_at") if one.on < day)
    rows = [f"{run.code},{lesson.number},{one.person.full_name},出席,10:00,17:00" for one in run.enrolments.all()]
    rows.append(f"{run.code},{lesson.number},架空 名無し,出席,10:00,17:00")
    taken(world, "\r\n".join([HEADINGS, *rows, ""]), name="停止記録_出席.csv", day=day)
    given_up = taken(world, table(run, came="10:00", left="16:00"), name="下書き.csv", day=day)
    with as_of(day, "17:58"):
        drop(given_up, by=world.acting("tech", "coordinator", on=day))
    taken(world, "出席のご報告\r\n今月も全員が出席しました。\r\n", name="報告文.csv", day=day)


def confirm(world: World) -> None:
    """Whoever attended the closed IoT run said yes; one of the robot course disagrees, the others are still asked."""
    for enrolment in world.runs["iot_closed"].enrolments.accepted().select_related("person"):
        day = world.runs["iot_closed"].lessons.latest("starts_at").on + timedelta(days=1)
        with as_of(day, "08:20"):
            confirm_all(enrolment, by=world.acting_for(enrolment.person, on=day))
    name, words = DISAGREES
    marks = AttendanceMark.objects.current().filter(lesson__run=world.runs["cobot_now"])
    mark = marks.select_related("lesson", "enrolment__person", "enrolment__run__course").get(
        enrolment__person__family_name=name
    )
    day = mark.lesson.on + timedelta(days=1)
    with as_of(day, "12:35"):
        by = world.acting_for(mark.enrolment.person, on=day)
        confirm_mark(mark, agrees=False, comment=words, by=by)
