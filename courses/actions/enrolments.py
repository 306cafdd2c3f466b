"""A firm sends its people to a run, and takes them back before it begins."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions.seats import fill_free_seats, give_seat, guard_bookable, guard_employed, has_begun, locked_run
from courses.actions.telling import firm_of, run_path, tell_college, tell_managers, tell_trainee
from courses.models import Enrolment, Run
from courses.states import OPEN_ENROLMENTS, EnrolmentState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move
from firms.models import Employment


@transaction.atomic
def enrol(run: Run, employments: Collection[Employment], *, by: Acting) -> list[Enrolment]:
    """All of them or nobody. Who holds an open enrolment through the same employment keeps it: a second click is none."""
    run = locked_run(run)
    guard_bookable(run, by=by)
    held = open_by_person(run)
    guard_choice(run, employments, held)
    enrolments = [held.get(one.person_id) or start(run, one, by=by) for one in employments]
    fresh = [enrolment for enrolment in enrolments if enrolment.state == EnrolmentState.REQUESTED]
    for enrolment in fresh:
        give_seat(enrolment, run, verb="courses.enrolled", by=by)
    if fresh:
        announce(run, fresh, by=by)
    return enrolments


def check_choice(run: Run, employments: Collection[Employment], *, by: Acting) -> None:
    """What `enrol` would refuse, said before the confirming click; writes nothing."""
    guard_bookable(run, by=by)
    guard_choice(run, employments, open_by_person(run))


def open_by_person(run: Run) -> dict[int, Enrolment]:
    held = run.enrolments.filter(state__in=OPEN_ENROLMENTS)
    return {one.person_id: one for one in held.select_related("person", "employment__establishment__organisation")}


def guard_choice(run: Run, employments: Collection[Employment], held: dict[int, Enrolment]) -> None:
    lessons = list(run.lessons.all())
    if not employments:
        raise Refused(_("受講する人を1人以上選んでください。"), field="employments")
    for employment in employments:
        guard_employed(employment, lessons, field="employments")
        enrolment = held.get(employment.person_id)
        if enrolment and enrolment.employment_id != employment.pk:
            raise Refused(
                _("%(name)sさんはすでにこの開講に申し込んでいます。選択から外してください。")
                % {"name": employment.person.full_name},
                field="employments",
            )


def start(run: Run, employment: Employment, *, by: Acting) -> Enrolment:
    return Enrolment.objects.create(
        run=run,
        person=employment.person,
        employment=employment,
        state=EnrolmentState.REQUESTED,
        applied_by=by.person,
    )


def announce(run: Run, enrolments: list[Enrolment], *, by: Acting) -> None:
    """The college learns how many came, and from which firm."""
    firm = firm_of(enrolments[0])
    accepted = sum(enrolment.state == EnrolmentState.ACCEPTED for enrolment in enrolments)
    body = _("%(firm)s: 受講決定 %(accepted)s人、キャンセル待ち %(waiting)s人") % {
        "firm": firm or "",
        "accepted": accepted,
        "waiting": len(enrolments) - accepted,
    }
    tell_college(
        run.course, subject=_("申込みがありました: %(run)s") % {"run": run}, body=body, by=by, path=run_path(run)
    )


@transaction.atomic
def cancel_enrolment(enrolment: Enrolment, *, by: Acting) -> None:
    """A seat can be given back until the day before the first lesson, a place in the queue at any time."""
    run = locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    if enrolment.state == EnrolmentState.ACCEPTED and has_begun(list(run.lessons.all()), by=by):
        raise Refused(_("最初のコマの日を迎えた受講は取り消せません。連携校にご相談ください。"))
    firm = firm_of(enrolment)
    move(enrolment, EnrolmentState.CANCELLED, by=by, verb="courses.enrolment_cancelled", concerns=firm)
    subject = _("受講が取り消されました: %(run)s") % {"run": run}
    if enrolment.person_id != by.person.pk:
        tell_trainee(
            enrolment, subject=subject, body=_("申込みは取り消されました。事情は会社の管理者にお尋ねください。")
        )
    elif firm:
        body = _("%(name)sさんが申込みを取り消しました。") % {"name": enrolment.person.full_name}
        tell_managers(firm, run, subject=subject, body=body, by=by)
    fill_free_seats(run, by=by)


def fresh_row(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it stands now that its run is locked."""
    rows = Enrolment.objects.select_related("person", "employment__establishment__organisation")
    return rows.get(pk=enrolment.pk)
