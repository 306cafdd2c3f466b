"""A run: created, edited, opened for applications, cancelled."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions.seats import fill_free_seats, locked_run, seats_taken
from courses.actions.telling import open_enrolments, tell_everyone
from courses.actions.timetable import guard_application_day
from courses.models import AttendanceMark, Course, Run
from courses.states import CourseState, EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record


@transaction.atomic
def create_run(course: Course, facts: dict[str, Any], *, by: Acting) -> Run:
    """The code counts the runs of the course, under the course's lock."""
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if course.state == CourseState.WITHDRAWN:
        raise Refused(_("掲載を終了した講座には開講を登録できません。先に講座をもう一度掲載してください。"))
    run = Run.objects.create(course=course, code=next_code(course), **facts)
    record(run, "courses.run_created", by=by, concerns=course.college_id)
    return run


def next_code(course: Course) -> str:
    return f"K{course.pk:04d}-{course.runs.count() + 1:02d}"


@transaction.atomic
def edit_run(run: Run, facts: dict[str, Any], *, by: Acting) -> Run:
    """More seats move the queue up; what people agreed to when they applied is not changed under them."""
    run = locked_run(run)
    guard_edit(run, facts)
    changes = {name: [str(getattr(run, name)), str(new)] for name, new in facts.items() if getattr(run, name) != new}
    if changes:
        for name, new in facts.items():
            setattr(run, name, new)
        run.save(update_fields=list(facts))
        record(run, "courses.run_edited", by=by, concerns=run.course.college_id, changes=changes)
        fill_free_seats(run, by=by)
    return run


def guard_edit(run: Run, facts: dict[str, Any]) -> None:
    taken = seats_taken(run)
    if run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講は変更できません。新しい開講を登録してください。"))
    if facts["seats"] < taken:
        raise Refused(
            _("すでに%(taken)s人の受講が決まっています。定員は%(taken)s人以上にしてください。") % {"taken": taken},
            field="seats",
        )
    if facts["fee_yen"] != run.fee_yen and open_enrolments(run):
        raise Refused(
            _("申込みがある開講の受講料は変えられません。新しい受講料の開講を別に登録してください。"), field="fee_yen"
        )
    if run.state == RunState.OPEN:
        guard_application_day(facts["apply_until"], list(run.lessons.all()), field="apply_until")


@transaction.atomic
def open_run(run: Run, *, by: Acting) -> None:
    run = locked_run(run)
    lessons = list(run.lessons.all())
    if run.course.state != CourseState.LISTED:
        raise Refused(_("募集を始められるのは、掲載中の講座だけです。先に講座を掲載してください。"))
    if not lessons:
        raise Refused(_("コマが1つもありません。日時を登録してから募集を始めてください。"))
    guard_application_day(run.apply_until, lessons)
    move(run, RunState.OPEN, by=by, verb="courses.run_opened", concerns=run.course.college_id)


@transaction.atomic
def cancel_run(run: Run, *, reason: str, by: Acting) -> None:
    """Everybody is told, every open enrolment ends. A run that was taught cannot be unmade."""
    run = locked_run(run)
    if not reason.strip():
        raise Refused(_("中止の理由を書いてください。受講者と企業にこの文が届きます。"), field="reason")
    if AttendanceMark.objects.filter(lesson__run=run).exists():
        raise Refused(_("出席が記録された開講は中止できません。残りのコマの日時を変更してください。"))
    subject = _("開講中止: %(run)s") % {"run": run}
    firms = tell_everyone(run, subject=subject, body=reason, by=by)
    move(run, RunState.CANCELLED, by=by, verb="courses.run_cancelled", concerns=run.course.college_id)
    for enrolment in open_enrolments(run):
        move(
            enrolment,
            EnrolmentState.CANCELLED,
            by=by,
            verb="courses.enrolment_cancelled",
            concerns=run.course.college_id,
        )
    for concerned in [run.course.college, *firms]:
        record(run, "courses.run_cancel_reason", by=by, concerns=concerned, reason=reason)
