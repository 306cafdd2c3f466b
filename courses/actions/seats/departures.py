"""Somebody leaves the firm: before the run begins the seat is freed, once it has begun the minutes so far stay."""

from datetime import date

from django.db import transaction

from courses.actions.seats.enrolment_rows import fresh_row
from courses.actions.seats.seats import locked_run
from courses.actions.seats.waiting import fill_free_seats
from courses.actions.telling import firm_of, tell_managers, tell_trainee
from courses.models import Enrolment
from courses.queries import has_begun, last_day, leavers
from courses.states import OPEN_ENROLMENTS, EnrolmentState
from firms.journal import move
from firms.words.saying import said as _


@transaction.atomic
def free_seat_of_leaver(enrolment: Enrolment, *, on: date) -> bool:
    """Whether the enrolment ended; mid-course it stays, so that what was attended can be proved."""
    run = locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    lessons = list(run.lessons.all())
    left = leavers([enrolment], until=last_day(run, lessons)).get(enrolment.pk)
    if left is None or enrolment.state not in OPEN_ENROLMENTS or has_begun(run, lessons, on=on):
        return False
    firm = firm_of(enrolment)
    reason = _("%(name)sさんは%(day)sに退職するため、受講を取り消しました。席は順番を待つ人に回ります。") % {
        "name": enrolment.person.full_name,
        "day": f"{left.year}年{left.month}月{left.day}日",
    }
    told = {"reason": reason}
    move(enrolment, EnrolmentState.CANCELLED, by=None, verb="enrolment.leave_firm", concerns=firm, told=told)
    subject = _("退職のため受講を取り消しました: %(run)s") % {"run": run}
    tell_trainee(enrolment, subject=subject, body=reason)
    if firm:
        tell_managers(firm, run, subject=subject, body=reason, by=None)
    fill_free_seats(run, on=on)
    return True
