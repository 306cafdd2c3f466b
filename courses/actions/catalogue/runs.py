"""A run: created, edited, opened for applications, cancelled."""

from datetime import date
from typing import Any

from django.db import transaction

from courses.actions.catalogue.run_promises import TOLD, guard_promises, has_people, lines_of, tell_changes
from courses.actions.catalogue.timetable import guard_application_day, guard_cancel_until
from courses.actions.elearning.run_units import offered_now
from courses.actions.seats.quotas import end_quotas, shorten_quotas
from courses.actions.seats.seats import locked_run, seats_taken
from courses.actions.seats.waiting import fill_free_seats, shorten_offers
from courses.actions.telling import firm_of, open_enrolments, tell_advisors, tell_everyone, tell_managers
from courses.hooks import funded_days
from courses.models import AttendanceMark, Course, Enrolment, LearningEvent, Run
from courses.models.catalogue.courses import Method
from courses.queries import first_day
from courses.states import CourseState, EnrolmentState, RunState
from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, one_act, record
from firms.models import Organisation
from firms.words.saying import said as _

# Taught without anybody standing before a class at a set hour.
LEARNED_ALONE = {Method.E_LEARNING, Method.CORRESPONDENCE}

Changes = dict[str, list[str]]


@transaction.atomic
def create_run(course: Course, facts: dict[str, Any], *, by: Acting) -> Run:
    """The code counts the runs of the course, under the course's lock."""
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    refuse_deregistered(course.college, on=by.today)
    if course.state == CourseState.WITHDRAWN:
        raise Refused(_("掲載を終了した講座には開講を登録できません。先に講座をもう一度掲載してください。"))
    run = Run.objects.create(course=course, code=next_code(course), **facts)
    record(run, "run.create", by=by, concerns=course.college_id)
    return run


def next_code(course: Course) -> str:
    return f"{course.code}-{course.runs.count() + 1:02d}"


@transaction.atomic
def edit_run(run: Run, facts: dict[str, Any], *, by: Acting) -> Run:
    """More seats move the queue up; what people agreed to when they applied is not changed under them."""
    run = locked_run(run)
    guard_edit(run, facts, on=by.today)
    changes = {name: [str(getattr(run, name)), str(new)] for name, new in facts.items() if getattr(run, name) != new}
    if changes:
        before = {name: getattr(run, name) for name in TOLD}
        for name, new in facts.items():
            setattr(run, name, new)
        if {"apply_until", "min_seats", "seats"} & changes.keys():
            # Whether too few came is looked at again from here on.
            run.min_missed_at = None
        run.save(update_fields=[*facts, "min_missed_at"])
        firms = tell_changes(run, before, by=by)
        note_changes(run, changes, before=before, firms=firms, by=by)
        shorten_offers(run)
        shorten_quotas(run)
        fill_free_seats(run, on=by.today)
    return run


@one_act()
def note_changes(run: Run, changes: Changes, *, before: dict[str, Any], firms: list[Organisation], by: Acting) -> None:
    """One entry for each reader: the college reads everything, a firm what it was promised."""
    moved = [name for name in changes if name in TOLD]
    if not moved or not has_people(run):
        record(run, "run.edit", by=by, concerns=run.course.college_id, changes=changes)
        return
    told = {"change": "、".join(lines_of(run, before))}
    rest = {name: change for name, change in changes.items() if name not in moved}
    record(run, "run.move", by=by, concerns=run.course.college_id, changes=rest, **told)
    for firm in firms:
        record(run, "run.move", by=by, concerns=firm, **told)


def guard_edit(run: Run, facts: dict[str, Any], *, on: date) -> None:
    taken = seats_taken(run)
    if run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講は変更できません。新しい開講を登録してください。"))
    if facts["seats"] < taken:
        raise Refused(
            _("すでに%(taken)s人の受講が決まっています。定員は%(taken)s人以上にしてください。") % {"taken": taken},
            field="seats",
        )
    guard_promises(run, facts, on=on)
    if run.state == RunState.OPEN:
        guard_days(run, facts)


def guard_days(run: Run, facts: dict[str, Any]) -> None:
    lessons = list(run.lessons.all())
    wished = Run(**{name: facts.get(name, getattr(run, name)) for name in ("learn_from", "learn_until")})
    first = first_day(wished, lessons)
    if first is None:
        raise Refused(_("コマのない開講には、学習を始められる日と終える日が必要です。"), field="learn_from")
    guard_application_day(facts["apply_until"], first, field="apply_until")
    guard_cancel_until(facts.get("cancel_until", run.cancel_until), first, field="cancel_until")


@transaction.atomic
def open_run(run: Run, *, by: Acting) -> None:
    """A run to be learned alone needs no lesson where its days of learning are set."""
    run = locked_run(run)
    lessons = list(run.lessons.all())
    refuse_deregistered(run.course.college, on=by.today)
    if run.course.state != CourseState.LISTED:
        raise Refused(_("募集を始められるのは、掲載中の講座だけです。先に講座を掲載してください。"))
    if not lessons and not may_go_without_lessons(run):
        raise Refused(_("コマが1つもありません。日時を登録してから募集を始めてください。"))
    first = first_day(run, lessons)
    guard_application_day(run.apply_until, first)
    guard_cancel_until(run.cancel_until, first)
    units = offered_now(run)
    move(run, RunState.OPEN, by=by, verb="run.open", concerns=run.course.college_id, kept_units=units)


def may_go_without_lessons(run: Run) -> bool:
    return run.course.method in LEARNED_ALONE and run.learn_from is not None


@transaction.atomic
@one_act()
def cancel_run(run: Run, *, reason: str, by: Acting) -> None:
    """Everybody is told, every open enrolment ends, reserved seats with them. A run that was taught cannot be unmade."""
    run = locked_run(run)
    if not reason.strip():
        raise Refused(_("中止の理由を書いてください。受講者と企業にこの文が届きます。"), field="reason")
    if AttendanceMark.objects.filter(lesson__run=run).exists():
        raise Refused(_("出席が記録された開講は中止できません。残りのコマの日時を変更してください。"))
    if LearningEvent.objects.filter(enrolment__run=run).exists():
        raise Refused(_("学習が始まった開講は中止できません。学習を終える日を変更してください。"))
    subject = _("開講中止: %(run)s") % {"run": run}
    held = open_enrolments(run)
    filed = funded_days(held)
    planned = [one for one in held if one.pk in filed]
    firms = tell_everyone(run, subject=subject, body=reason, by=by)
    move(run, RunState.CANCELLED, by=by, verb="run.cancel", concerns=run.course.college_id)
    for enrolment in held:
        move(
            enrolment,
            EnrolmentState.CANCELLED,
            by=by,
            verb="enrolment.cancel",
            concerns=run.course.college_id,
        )
    firms += end_quotas(run, besides=firms, subject=subject, body=reason, by=by)
    tell_of_plans(run, planned, by=by)
    for concerned in [run.course.college, *firms]:
        record(run, "run.cancel_reason", by=by, concerns=concerned, reason=reason)


def tell_of_plans(run: Run, planned: list[Enrolment], *, by: Acting) -> None:
    """Firms whose plan is filed, and their advisors, hear that the plan has to follow the run."""
    firms = list({firm.pk: firm for one in planned if (firm := firm_of(one))}.values())
    subject = _("計画届の取下げか変更が必要です: %(run)s") % {"run": run}
    body = _(
        "この開講は中止されました。労働局に出した計画届は、取り下げるか、別の開講に変更する届を出してください。手続きは助成金の案件の画面で確かめられます。"
    )
    for firm in firms:
        tell_managers(firm, run, subject=subject, body=body, by=by)
    tell_advisors(firms, run, subject=subject, body=body, by=by)
