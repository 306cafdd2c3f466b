"""Who may offer courses, send people to them, and keep their rosters."""

from courses.models import Certificate, Course, CourseRevision, Enrolment, Lesson, Run, SeatQuota
from courses.models.catalogue.courses import Method
from courses.states import CourseState, EnrolmentState
from firms.acting import Acting
from firms.models.mandates import Scope
from firms.models.organisations import Kind, Role

# Where the person may still step back alone: a seat is the firm's to give back.
NO_SEAT_YET = {
    EnrolmentState.REQUESTED,
    EnrolmentState.APPLIED,
    EnrolmentState.WAITLISTED,
    EnrolmentState.OFFERED,
}


def is_officer(acting: Acting) -> bool:
    return acting.kind == Kind.WARD and acting.role == Role.OFFICER


def is_coordinator_of(acting: Acting, college_id: int) -> bool:
    return acting.role == Role.COORDINATOR and acting.organisation_id == college_id


def may_offer_courses(acting: Acting) -> bool:
    """A ward officer for any college; a college's coordinator for the own one."""
    return is_officer(acting) or (acting.kind == Kind.COLLEGE and acting.role == Role.COORDINATOR)


def may_see_own_courses(acting: Acting) -> bool:
    """The ward and every member of a college."""
    return acting.kind in {Kind.WARD, Kind.COLLEGE}


def may_edit_course(acting: Acting, course: Course) -> bool:
    """The ward always; the college while the ward is not looking at the course and has not listed it."""
    at_home = course.state in {CourseState.DRAFT, CourseState.WITHDRAWN}
    return is_officer(acting) or (is_coordinator_of(acting, course.college_id) and at_home)


def may_copy_course(acting: Acting, course: Course) -> bool:
    """Whoever may write down a new one for its college: its coordinator, or the ward."""
    return is_officer(acting) or is_coordinator_of(acting, course.college_id)


def may_revise_course(acting: Acting, course: Course) -> bool:
    """The college asks for changes of what is listed; the ward edits at once and needs no leave."""
    return is_coordinator_of(acting, course.college_id) and course.state == CourseState.LISTED


def may_decide_revision(acting: Acting) -> bool:
    """Accepting and returning is the ward's."""
    return is_officer(acting)


def may_take_back_revision(acting: Acting, revision: CourseRevision) -> bool:
    """The college whose course it is, whoever of its desk asked for it."""
    return is_coordinator_of(acting, revision.course.college_id)


def may_propose_course(acting: Acting, course: Course) -> bool:
    """The college itself."""
    return is_coordinator_of(acting, course.college_id)


def may_publish_courses(acting: Acting) -> bool:
    """Listing and returning is the ward's."""
    return is_officer(acting)


def may_withdraw_course(acting: Acting, course: Course) -> bool:
    """The ward, or the college itself."""
    return is_officer(acting) or is_coordinator_of(acting, course.college_id)


def may_manage_run(acting: Acting, course: Course) -> bool:
    """Runs and lessons: the college's coordinator, or the ward for it."""
    return is_officer(acting) or is_coordinator_of(acting, course.college_id)


def may_enrol(acting: Acting) -> bool:
    """A firm's manager sends the firm's people."""
    return acting.kind == Kind.FIRM and acting.role == Role.MANAGER


def may_apply(acting: Acting) -> bool:
    """A firm's employee asks for a seat; the firm answers."""
    return acting.kind == Kind.FIRM and acting.role == Role.EMPLOYEE


def sends(acting: Acting, enrolment: Enrolment) -> bool:
    """Acts as manager of the firm through whose employment the person takes part."""
    employment = enrolment.employment
    return (
        may_enrol(acting)
        and employment is not None
        and employment.establishment.organisation_id == acting.organisation_id
    )


def may_answer_request(acting: Acting, enrolment: Enrolment) -> bool:
    """Approving and declining: a manager of the firm that would send the person."""
    return sends(acting, enrolment)


def may_cancel_enrolment(acting: Acting, enrolment: Enrolment) -> bool:
    """The firm that sends the person; the person too, as long as no seat is theirs yet."""
    has_no_seat = enrolment.state in NO_SEAT_YET
    return sends(acting, enrolment) or (enrolment.person_id == acting.person.pk and has_no_seat)


def may_take_back_seat(acting: Acting, enrolment: Enrolment) -> bool:
    """After the last day to cancel the firm asks the college: its coordinator decides."""
    return is_coordinator_of(acting, enrolment.run.course.college_id)


def may_choose_people(acting: Acting, run: Run) -> bool:
    """Names and motives are read, and decided on, by the college's coordinator; the ward sees neither."""
    return is_coordinator_of(acting, run.course.college_id)


def may_answer_offer(acting: Acting, enrolment: Enrolment) -> bool:
    """The firm that sends the person, and the person, whose firm has approved before they could wait."""
    return sends(acting, enrolment) or enrolment.person_id == acting.person.pk


def may_name_people(acting: Acting, quota: SeatQuota) -> bool:
    """Naming people for reserved seats and giving them back: a manager of the firm that reserved them."""
    return may_enrol(acting) and quota.firm_id == acting.organisation_id


def may_see_link(acting: Acting, run: Run) -> bool:
    """The door of an online room: the college's staff, the ward, and those with a seat; not those who wait."""
    if is_officer(acting) or (acting.kind == Kind.COLLEGE and acting.organisation_id == run.course.college_id):
        return True
    return run.enrolments.accepted().filter(person=acting.person).exists()


def may_keep_roster(acting: Acting, lesson: Lesson) -> bool:
    """Instructors and coordinators of the college that teaches; nobody else writes minutes."""
    return acting.role in {Role.INSTRUCTOR, Role.COORDINATOR} and acting.organisation_id == lesson.run.course.college_id


def may_import_attendance(acting: Acting) -> bool:
    """Whoever keeps rosters of a college, for all runs of that college."""
    return acting.kind == Kind.COLLEGE and acting.role in {Role.INSTRUCTOR, Role.COORDINATOR}


def may_confirm_hours(acting: Acting, enrolment: Enrolment) -> bool:
    """The trainee alone gives their word on their own hours."""
    return enrolment.person_id == acting.person.pk


def may_see_attendance(acting: Acting, run: Run) -> bool:
    """The college all of it; a firm's manager, its advisor and the trainee what `Enrolment.visible_to` gives them."""
    if acting.kind == Kind.COLLEGE:
        return run.course.college_id == acting.organisation_id
    return Enrolment.objects.visible_to(acting).accepted().filter(run=run).exists()


def may_write_to_run(acting: Acting, run: Run) -> bool:
    """Coordinators and instructors of the college that teaches it; who sees the attendance reads what they wrote."""
    return acting.role in {Role.INSTRUCTOR, Role.COORDINATOR} and acting.organisation_id == run.course.college_id


def may_invoice(acting: Acting) -> bool:
    """A college's coordinator asks firms for the fees."""
    return acting.kind == Kind.COLLEGE and acting.role == Role.COORDINATOR


def may_invoice_run(acting: Acting, run: Run) -> bool:
    """The coordinator of the college that teaches it; the ward is no party to the bill."""
    return may_invoice(acting) and run.course.college_id == acting.organisation_id


def may_see_invoices(acting: Acting) -> bool:
    """Whoever may have some: a college, a firm's manager, an office with mandates. The rows follow `visible_to`."""
    if acting.kind == Kind.FIRM:
        return acting.role == Role.MANAGER
    return acting.kind in {Kind.COLLEGE, Kind.OFFICE}


def may_see_schedule(acting: Acting) -> bool:
    """Everybody of a college sees who teaches when."""
    return acting.kind == Kind.COLLEGE


def may_see_run_log(acting: Acting, run: Run) -> bool:
    """Of runs learned online: whoever may see the attendance of a run sees what was learned of it."""
    return run.course.method in {Method.E_LEARNING, Method.CORRESPONDENCE} and may_see_attendance(acting, run)


def may_see_firm_skills(acting: Acting, firm_id: int) -> bool:
    """What a firm's people learned through it: the firm's managers, and its office under a mandate for training grants."""
    return may_set_skill_targets(acting, firm_id) or firm_id in acting.clients_for(Scope.TRAINING_GRANTS)


def may_set_skill_targets(acting: Acting, firm_id: int) -> bool:
    """The firm's managers."""
    return may_enrol(acting) and acting.organisation_id == firm_id


def may_give_word(acting: Acting, run: Run) -> bool:
    """Those who keep the rosters: instructors of the college that teaches, and its coordinators for them."""
    return acting.role in {Role.INSTRUCTOR, Role.COORDINATOR} and acting.organisation_id == run.course.college_id


def may_decide_completion(acting: Acting, run: Run) -> bool:
    """The coordinator of the college that teaches: it gives the certificate in its own name."""
    return is_coordinator_of(acting, run.course.college_id)


def may_revoke_certificate(acting: Acting, certificate: Certificate) -> bool:
    """Taking back and giving anew: a coordinator of the college that gave it."""
    return is_coordinator_of(acting, certificate.enrolment.run.course.college_id)


def may_see_survey(acting: Acting, run: Run) -> bool:
    """The ward, and everybody of the college that teaches; firms do not see what their people said."""
    return is_officer(acting) or (acting.kind == Kind.COLLEGE and acting.organisation_id == run.course.college_id)


def may_author_units(acting: Acting, course: Course) -> bool:
    """What a course teaches online is written by the college that teaches it: its coordinators and instructors."""
    return acting.role in {Role.COORDINATOR, Role.INSTRUCTOR} and acting.organisation_id == course.college_id


def may_try_units(acting: Acting, course: Course) -> bool:
    """Staff look at a unit as a learner would, in the sandbox: who writes it, and the ward's officers."""
    return may_author_units(acting, course) or is_officer(acting)
