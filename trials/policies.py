"""Who may do what in trials/; what one may not even see is decided by `visible_to`."""

from firms.acting import Acting
from firms.models import Person
from firms.models.organisations import LEADING_ROLES, Kind
from firms.policies import is_ward
from trials.models import Deputy, DirectTrial, JobSeeker, Placement, Posting, Visit
from trials.models.advising import is_desk_of_agency, works_at_agency
from trials.models.visits import asks_for_visits
from trials.states import BY_CODE, Party, PostingState


def party_of(acting: Acting, placement: Placement) -> Party | None:
    """One party alone: whoever is the trialist acts as nothing else in their own trial."""
    if placement.person_id == acting.person.pk:
        return Party.WORKER
    if may_advise(acting, placement.seeker):
        return Party.AGENCY
    if acting.kind == Kind.FIRM and acting.role in LEADING_ROLES and placement.host_id == acting.organisation_id:
        return Party.HOST
    return None


def may_take(acting: Acting, placement: Placement, code: str) -> bool:
    """The parties the table names for the event."""
    return party_of(acting, placement) in BY_CODE[code].by


def may_see_rounds(acting: Acting) -> bool:
    """The ward, and those who work at agencies."""
    return is_ward(acting) or works_at_agency(acting)


def may_report_results(acting: Acting) -> bool:
    """Who leads an agency, of its own people."""
    return is_desk_of_agency(acting)


def may_open_round(acting: Acting) -> bool:
    """The ward."""
    return is_ward(acting)


def may_keep_licences(acting: Acting) -> bool:
    """The ward, which has seen the licence itself."""
    return is_ward(acting)


def may_invite_seeker(acting: Acting) -> bool:
    """Those who work at an agency; who invites, advises."""
    return works_at_agency(acting)


def may_advise(acting: Acting, seeker: JobSeeker) -> bool:
    """The desk of the agency they came through, their adviser, and who deputises for the adviser today."""
    if not works_at_agency(acting) or seeker.agency_id != acting.organisation_id:
        return False
    if is_desk_of_agency(acting) or seeker.adviser_id == acting.person.pk:
        return True
    theirs = Deputy.objects.on(acting.today).filter(agency=seeker.agency_id, adviser=seeker.adviser_id)
    return theirs.filter(deputy=acting.person).exists()


def may_see_advisers(acting: Acting) -> bool:
    """Those who work at an agency."""
    return works_at_agency(acting)


def may_arrange(acting: Acting, adviser: Person) -> bool:
    """The desk for everybody's people, an adviser for their own: hand over all of them, appoint a deputy."""
    return is_desk_of_agency(acting) or (works_at_agency(acting) and adviser.pk == acting.person.pk)


def may_consent(acting: Acting, seeker: JobSeeker) -> bool:
    """The person alone, and nobody in their place."""
    return seeker.person_id == acting.person.pk


def may_see_placements(acting: Acting) -> bool:
    """Agencies and those who lead a firm."""
    return works_at_agency(acting) or may_post(acting)


def may_post(acting: Acting) -> bool:
    """Those who lead a firm."""
    return acting.kind == Kind.FIRM and acting.role in LEADING_ROLES


def may_run_direct(acting: Acting, trial: DirectTrial) -> bool:
    """Those who lead the firm that hired; whoever is hired themselves reads and no more."""
    is_own = trial.employment.person_id == acting.person.pk
    return may_post(acting) and not is_own and trial.firm.pk == acting.organisation_id


def may_see_visits(acting: Acting) -> bool:
    """Those who lead a firm, the desks of schools, and those who work at agencies."""
    return may_post(acting) or asks_for_visits(acting)


def may_keep_visit(acting: Acting, visit: Visit) -> bool:
    """Those who lead the firm that offers it."""
    return may_post(acting) and visit.firm.pk == acting.organisation_id


def may_ask_visit(acting: Acting, visit: Visit) -> bool:
    """The desks of schools, and those who work at agencies, while it is open."""
    return asks_for_visits(acting) and visit.state == PostingState.OPEN and visit.day > acting.today


def may_keep_posting(acting: Acting, posting: Posting) -> bool:
    """Those who lead the firm whose posting it is."""
    return may_post(acting) and posting.establishment.organisation_id == acting.organisation_id


def may_clear_up(acting: Acting, placement: Placement) -> bool:
    """The host, after the trial."""
    return party_of(acting, placement) == Party.HOST


def may_tell_day(acting: Acting, placement: Placement) -> bool:
    """The trialist, of their own days."""
    return party_of(acting, placement) == Party.WORKER


def may_enter_paper(acting: Acting, placement: Placement) -> bool:
    """The desk of their agency, from paper."""
    return party_of(acting, placement) == Party.AGENCY


def may_approve_days(acting: Acting, placement: Placement) -> bool:
    """The host; whoever is the trialist themselves acts as nothing else, also where they lead the firm."""
    return party_of(acting, placement) == Party.HOST


def may_close_month(acting: Acting, placement: Placement) -> bool:
    """The host, whose notice it is, and the agency, which waits for it."""
    return party_of(acting, placement) in (Party.HOST, Party.AGENCY)


def may_reopen_month(acting: Acting, placement: Placement) -> bool:
    """The desk of the agency."""
    return party_of(acting, placement) == Party.AGENCY


def may_keep_agreements(acting: Acting) -> bool:
    """The desk of an agency, its own."""
    return is_desk_of_agency(acting)


def side_of(acting: Acting, placement: Placement) -> Party | None:
    """The desk that keeps records of a trial: the host's or the agency's."""
    party = party_of(acting, placement)
    return party if party in (Party.HOST, Party.AGENCY) else None


def may_keep_records(acting: Acting, placement: Placement) -> bool:
    """The two desks: notes of the ledgers, answers to complaints, steps after an accident."""
    return side_of(acting, placement) is not None


def may_tell_pay(acting: Acting, placement: Placement) -> bool:
    """The host, whose pay it is."""
    return party_of(acting, placement) == Party.HOST


def may_evaluate(acting: Acting, placement: Placement) -> bool:
    """The three parties, each for itself."""
    return party_of(acting, placement) is not None


def may_notify_end(acting: Acting, placement: Placement) -> bool:
    """The agency, which employs."""
    return party_of(acting, placement) == Party.AGENCY


def may_call_on_host(acting: Acting, placement: Placement) -> bool:
    """Whose hands the trialist is in."""
    return party_of(acting, placement) == Party.AGENCY


def may_assign_learning(acting: Acting, placement: Placement) -> bool:
    """Whose hands they are in."""
    return party_of(acting, placement) == Party.AGENCY


def may_complain(acting: Acting, placement: Placement) -> bool:
    """The trialist; and the desk they have spoken to, which writes it down."""
    return party_of(acting, placement) is not None


def may_print(acting: Acting, placement: Placement, sides: tuple[Party, ...]) -> bool:
    """The sides a paper is for."""
    return party_of(acting, placement) in sides
