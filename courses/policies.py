"""Who may offer courses, send people to them, and keep their rosters."""

from courses.models import Course, Enrolment, Lesson, Run
from courses.states import CourseState, EnrolmentState
from firms.acting import Acting
from firms.models.organisations import Kind, Role


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


def may_propose_course(acting: Acting, course: Course) -> bool:
    """The college itself."""
    return is_coordinator_of(acting, course.college_id)


def may_list_courses(acting: Acting) -> bool:
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
    has_no_seat = enrolment.state in {EnrolmentState.REQUESTED, EnrolmentState.WAITLISTED}
    return sends(acting, enrolment) or (enrolment.person_id == acting.person.pk and has_no_seat)


def may_keep_roster(acting: Acting, lesson: Lesson) -> bool:
    """Instructors and coordinators of the college that teaches; nobody else writes minutes."""
    return acting.role in {Role.INSTRUCTOR, Role.COORDINATOR} and acting.organisation_id == lesson.run.course.college_id


def may_see_attendance(acting: Acting, run: Run) -> bool:
    """The college all of it; a firm's manager, its advisor and the trainee what `Enrolment.visible_to` gives them."""
    if acting.kind == Kind.COLLEGE:
        return run.course.college_id == acting.organisation_id
    return Enrolment.objects.visible_to(acting).accepted().filter(run=run).exists()
