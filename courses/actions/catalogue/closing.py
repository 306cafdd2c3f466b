"""What a deregistered organisation leaves behind is ended with the reason of the ward, and everybody concerned is told."""

from django.db import transaction

from courses.actions.catalogue.courses import withdraw_course
from courses.actions.catalogue.runs import cancel_run
from courses.actions.seats.enrolment_rows import fresh_row
from courses.actions.seats.quotas import give_back
from courses.actions.seats.seats import locked_run
from courses.actions.seats.waiting import fill_free_seats
from courses.actions.telling import run_path, tell_college, tell_trainee
from courses.models import Course, Enrolment
from courses.queries.seats.closing import courses_shown, quotas_reaching, runs_begun, runs_reaching, seats_reaching
from courses.states import CourseState, EnrolmentState
from firms.acting import Acting
from firms.journal import move
from firms.models import Organisation
from firms.words.saying import said as _


@transaction.atomic
def end_seats(firm: Organisation, *, by: Acting) -> None:
    """Seats of its people that are not begun, and those it holds without a name, go to who waits."""
    for quota in quotas_reaching(firm):
        give_back(quota, quota.unnamed, by=by)
    assert firm.deregistered_on is not None
    for enrolment in seats_reaching(firm, firm.deregistered_on):
        end_seat(enrolment, firm, by=by)


def end_seat(enrolment: Enrolment, firm: Organisation, *, by: Acting) -> None:
    run, reason = locked_run(enrolment.run), firm.deregistered_because
    enrolment = fresh_row(enrolment)
    if not enrolment.is_open:
        return
    told = {"reason": reason}
    move(enrolment, EnrolmentState.CANCELLED, by=by, verb="enrolment.end_with_firm", concerns=firm, told=told)
    subject = _("受講を取り消しました: %(run)s") % {"run": run}
    body = _("「%(firm)s」の登録が抹消されたためです。\n理由: %(reason)s") % {"firm": firm, "reason": reason}
    tell_trainee(enrolment, subject=subject, body=body)
    about = _("%(name)sさん: ") % {"name": enrolment.person.full_name}
    tell_college(run.course, subject=subject, body=about + body, by=by, path=run_path(run))
    fill_free_seats(run, on=by.today)


@transaction.atomic
def end_courses(college: Organisation, *, by: Acting) -> None:
    """Runs that have not begun are cancelled, and its courses leave the catalogue; what was taught stays as it is."""
    assert college.deregistered_on is not None
    day = college.deregistered_on
    for run in runs_reaching(college, day).exclude(pk__in=runs_begun(college, day).values("pk")):
        cancel_run(run, reason=college.deregistered_because, by=by)
    for course in courses_shown(college):
        leave_catalogue(course, by=by)


def leave_catalogue(course: Course, *, by: Acting) -> None:
    """What still waits for the ward is a draft again."""
    if course.state == CourseState.PROPOSED:
        move(course, CourseState.DRAFT, by=by, verb="course.return", concerns=course.college_id)
    else:
        withdraw_course(course, by=by)
