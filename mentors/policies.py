"""Who may do what in mentors/; what one may not even see is decided by `visible_to`."""

from firms.acting import Acting
from firms.models.organisations import LEADING_ROLES, Kind
from firms.policies import is_ward, leads
from mentors.models import (
    Appearance,
    Application,
    Approval,
    Certification,
    ManualVersion,
    MentoringRequest,
    Session,
    SessionMove,
    SkillManual,
    Subsidy,
)
from mentors.models.requesting.moves import side_of
from mentors.models.requesting.requests import HOST_KINDS
from mentors.states import EDITABLE, ApplicationState, ManualState, RequestState, SessionState

# --- certifying ---


def may_apply(acting: Acting) -> bool:
    """Anybody with a login for themselves; not while one acts for the ward, which decides about it."""
    return not is_ward(acting)


def may_edit_application(acting: Acting, application: Application) -> bool:
    """The applicant, until it is handed in and after it was given back."""
    return application.person_id == acting.person.pk and application.state in EDITABLE


def may_withdraw_application(acting: Acting, application: Application) -> bool:
    """The applicant, until the board has been asked; and who has passed it and will not do the trainings."""
    withdrawable = (*EDITABLE, ApplicationState.SUBMITTED, ApplicationState.PASSED)
    return application.person_id == acting.person.pk and application.state in withdrawable


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


# --- requesting ---


def may_ask(acting: Acting) -> bool:
    """Those who lead a firm or a school."""
    return acting.kind in HOST_KINDS and acting.role in LEADING_ROLES


def may_list_requests(acting: Acting) -> bool:
    """The desks that ask, and the ward."""
    return may_ask(acting) or is_ward(acting)


def may_plan(acting: Acting, request: MentoringRequest) -> bool:
    """Those who lead the host, until a plan waits for its answer or stands."""
    return leads(acting, request.host_id) and request.state == RequestState.ASKED


def may_name_learners(acting: Acting, request: MentoringRequest) -> bool:
    """Those who lead the host; the action closes the list when the first session begins."""
    return leads(acting, request.host_id) and request.state != RequestState.CANCELLED


def may_answer_plan(acting: Acting, request: MentoringRequest) -> bool:
    """The マイスター it was planned with, and nobody for them."""
    is_theirs = request.certification is not None and request.certification.person_id == acting.person.pk
    return is_theirs and request.state == RequestState.PLANNED


def may_cancel_request(acting: Acting, request: MentoringRequest) -> bool:
    """Those who lead the host."""
    return leads(acting, request.host_id) and request.state != RequestState.CANCELLED


def may_cancel_session(acting: Acting, session: Session) -> bool:
    """Either side, of a session that both have agreed on and that was not held."""
    return (
        may_take_part(acting, session)
        and session.state == SessionState.PLANNED
        and session.request.state == RequestState.AGREED
    )


def may_ask_move(acting: Acting, session: Session) -> bool:
    """Either side, like cancelling; the other has to agree."""
    return may_cancel_session(acting, session)


def may_answer_move(acting: Acting, asked: SessionMove) -> bool:
    """The side that did not ask: the マイスター themselves, or those who lead the host."""
    return may_take_part(acting, asked.session) and side_of(acting, asked.session) != asked.side


def may_take_back_move(acting: Acting, asked: SessionMove) -> bool:
    """The side that asked."""
    return may_take_part(acting, asked.session) and side_of(acting, asked.session) == asked.side


def may_take_part(acting: Acting, session: Session) -> bool:
    """The two sides of a session: the マイスター, and those who lead the host."""
    return session.mentor_id == acting.person.pk or leads(acting, session.request.host_id)


# --- sessions ---


def may_log(acting: Acting, session: Session) -> bool:
    """The マイスター who taught, of what both sides had agreed on and nobody cancelled."""
    stands = session.state != SessionState.CANCELLED and session.request.state == RequestState.AGREED
    return session.mentor_id == acting.person.pk and stands


def may_add_photo(acting: Acting, session: Session) -> bool:
    """The two sides, of what is not called off; the action asks that it has begun."""
    return may_take_part(acting, session) and session.state != SessionState.CANCELLED


def may_withdraw_consent(acting: Acting, session: Session) -> bool:
    """Whoever is on a picture tells either side or the ward, which write it down."""
    return may_take_part(acting, session) or is_ward(acting)


def may_hold_remote(acting: Acting, session: Session) -> bool:
    """The two sides, of what both have agreed on and nobody called off."""
    stands = session.state != SessionState.CANCELLED and session.request.state == RequestState.AGREED
    return may_take_part(acting, session) and stands


def may_write_message(acting: Acting, session: Session) -> bool:
    """The two sides, once both have agreed; also about what was called off."""
    return may_take_part(acting, session) and session.request.mentor_agreed_at is not None


def may_pay(acting: Acting) -> bool:
    """The ward's officers: what is owed, closing a month, and the file for the bank."""
    return is_ward(acting)


# --- manuals ---


def may_make_manual(acting: Acting) -> bool:
    """Whoever works for a firm: the one at the machine films best."""
    return acting.kind == Kind.FIRM


def may_write_manual(acting: Acting, manual: SkillManual) -> bool:
    """Its keeper while they act for the firm, and those who lead it."""
    is_keeper = manual.keeper_id == acting.person.pk and acting.organisation_id == manual.firm_id
    return is_keeper or leads(acting, manual.firm_id)


def may_answer_approval(acting: Acting, approval: Approval) -> bool:
    """The approver asked, and nobody for them; the action looks whose turn it is."""
    is_theirs = approval.approver_id == acting.person.pk and approval.said is None
    return is_theirs and approval.version.state == ManualState.REVIEWING


def may_agree_picture(acting: Acting, appearance: Appearance) -> bool:
    """Who is in the picture, for themselves alone."""
    return appearance.person_id == acting.person.pk


def may_carry_away(acting: Acting, version: ManualVersion) -> bool:
    """Those who lead a firm that sees it, and its keeper; of what is published alone."""
    is_writer = may_write_manual(acting, version.manual)
    return version.state == ManualState.PUBLISHED and (is_writer or acting.role in LEADING_ROLES)


def may_see_watchers(acting: Acting, manual: SkillManual) -> bool:
    """The writers of a manual all; those who lead another firm their own people."""
    return may_write_manual(acting, manual) or (acting.kind == Kind.FIRM and acting.role in LEADING_ROLES)


# --- subsidies ---


def may_ask_subsidy(acting: Acting) -> bool:
    """Those who lead a firm."""
    return acting.kind == Kind.FIRM and acting.role in LEADING_ROLES


def may_write_subsidy(acting: Acting, subsidy: Subsidy) -> bool:
    """Those who lead the firm it is for."""
    return leads(acting, subsidy.firm_id)


def may_decide_subsidy(acting: Acting, subsidy: Subsidy) -> bool:
    """The officers of the ward it was handed in to."""
    return is_ward(acting) and subsidy.ward_id == acting.organisation_id


def may_list_subsidies(acting: Acting) -> bool:
    """The desks of firms, and the ward."""
    return may_ask_subsidy(acting) or is_ward(acting)
