"""An employee asks for a seat; the firm's manager approves or declines."""

from django.db import transaction
from django.urls import reverse

from courses.actions.seats.enrolment_rows import fresh_row, open_by_person, start
from courses.actions.seats.enrolments import announce, guard_motive, guard_terms
from courses.actions.seats.seats import give_seat, guard_bookable, guard_employed, guard_staying, locked_run
from courses.actions.telling import firm_of, tell_managers, tell_trainee
from courses.models import Enrolment, Run
from courses.queries import days_not_employed, has_begun, needed_days
from courses.states import EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Employment
from firms.words.saying import said as _

# What an approved request may have become meanwhile: approving it again is approving it once.
APPROVED = {EnrolmentState.APPLIED, EnrolmentState.WAITLISTED, EnrolmentState.OFFERED, EnrolmentState.ACCEPTED}


@transaction.atomic
def request_seat(run: Run, *, by: Acting, motive: str = "", seen: str = "") -> Enrolment:
    """Asking twice is asking once. `seen` is the fingerprint of the terms on the page, as for `enrol`."""
    run = locked_run(run)
    guard_bookable(run, by=by)
    guard_motive(run, motive)
    if held := open_by_person(run).get(by.person.pk):
        return held
    guard_terms(run, seen)
    employment = own_employment(run, by=by)
    enrolment = start(run, employment, by=by, motive=motive)
    firm = employment.establishment.organisation
    record(enrolment, "enrolment.request", by=by, concerns=firm, to_state=EnrolmentState.REQUESTED)
    subject = _("受講の希望: %(name)sさん") % {"name": by.person.full_name}
    body = _("「%(run)s」の受講を希望しています。費用と助成金の見込みを確かめて、承認か見送りを答えてください。") % {
        "run": run
    }
    path = reverse("courses:enrolment_approve", args=[enrolment.pk])
    tell_managers(firm, run, subject=subject, body=body, by=by, path=path)
    return enrolment


def own_employment(run: Run, *, by: Acting) -> Employment:
    """The employment at the organisation acted for that lasts through the run."""
    days = needed_days(run, run.lessons.all())
    own = Employment.objects.filter(person=by.person, establishment__organisation=by.organisation_id).on(by.today)
    employments = list(own.select_related("person", "establishment__organisation"))
    if not employments:
        raise Refused(_("あなたの雇用がまだ登録されていません。会社の管理者に登録を頼んでください。"))
    able = [employment for employment in employments if not days_not_employed(employment, days)]
    if not able:
        guard_employed(employments[0], run)
    return able[0]


@transaction.atomic
def approve_request(enrolment: Enrolment, *, by: Acting) -> Enrolment:
    """The firm bears the fee from here on; a seat is given if one is left."""
    run = locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    if enrolment.state in APPROVED:
        return enrolment
    if run.state != RunState.OPEN or has_begun(run, list(run.lessons.all()), on=by.today):
        raise Refused(_("この開講はもう申し込めません。希望を見送り、ほかの開講をお選びください。"))
    guard_staying(enrolment, run)
    give_seat(enrolment, run, verb="enrolment.approve", by=by)
    announce(run, [enrolment], by=by)
    return enrolment


@transaction.atomic
def decline_request(enrolment: Enrolment, *, by: Acting) -> None:
    locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    if enrolment.state == EnrolmentState.DECLINED:
        return
    move(enrolment, EnrolmentState.DECLINED, by=by, verb="enrolment.decline", concerns=firm_of(enrolment))
    tell_trainee(
        enrolment,
        subject=_("受講の希望は見送られました: %(run)s") % {"run": enrolment.run},
        body=_("会社の判断で今回は見送りとなりました。事情は会社の管理者にお尋ねください。"),
    )
