"""Who may do what in mentors/; what one may not even see is decided by `visible_to`."""

from firms.acting import Acting
from firms.policies import is_ward
from mentors.models import Application, Certification
from mentors.states import EDITABLE, ApplicationState

# --- certifying ---


def may_apply(acting: Acting) -> bool:
    """Anybody with a login for themselves; not while one acts for the ward, which decides about it."""
    return not is_ward(acting)


def may_edit_application(acting: Acting, application: Application) -> bool:
    """The applicant, until it is handed in and after it was given back."""
    return application.person_id == acting.person.pk and application.state in EDITABLE


def may_withdraw_application(acting: Acting, application: Application) -> bool:
    """The applicant, until the board has been asked."""
    return may_edit_application(acting, application) or (
        application.person_id == acting.person.pk and application.state == ApplicationState.SUBMITTED
    )


def may_review(acting: Acting, application: Application) -> bool:
    """The officers of the ward it was handed in to, but never about themselves."""
    is_own = application.person_id == acting.person.pk
    return is_ward(acting) and application.ward_id == acting.organisation_id and not is_own


def may_keep_board(acting: Acting) -> bool:
    """The ward's officers: who sits on the board, and who is invited to apply."""
    return is_ward(acting)


def may_stop(acting: Acting, certification: Certification) -> bool:
    """Suspending, lifting and withdrawing: the ward that gave it, and no officer about themselves."""
    is_own = certification.person_id == acting.person.pk
    return is_ward(acting) and certification.ward_id == acting.organisation_id and not is_own


def may_choose_listing(acting: Acting, certification: Certification) -> bool:
    """The holder alone: nobody else agrees for them."""
    return certification.person_id == acting.person.pk
