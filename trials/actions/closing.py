"""What an organisation that is deregistered has open in trials, as host or as agency: what ends with it, and what must be settled."""

from django.db import transaction
from django.db.models import Q, QuerySet

from firms.acting import Acting
from firms.actions.links import end_link
from firms.models import ActionLink, Organisation
from firms.words.saying import said as _
from trials.actions.matching.postings import close_posting
from trials.actions.matching.proposals import decline
from trials.actions.matching.seekers import JOIN
from trials.actions.matching.visits import close_visit
from trials.actions.outcome.ending import close, withdraw
from trials.actions.outcome.taking_back import back_out, call_off
from trials.actions.telling import tell
from trials.models import JobSeeker, Placement, Posting, Visit
from trials.states import BY_CODE, HIRED, Party, PlacementState, PostingState

S = PlacementState
WITHDRAWABLE, CLOSABLE = BY_CODE["withdraw"].sources, BY_CODE["close"].sources
LASTING = tuple(state for state in HIRED if state not in CLOSABLE)
# From the proposal to the hire: both sides are bound, or about to be. Where a contract stands, one side ends it with its guard,
# by the events of the table; what binds nobody yet ends with whoever leaves.
BOUND = tuple(state for state in S if state not in (*WITHDRAWABLE, *CLOSABLE, *LASTING, S.CLOSED))


def postings_left(host: Organisation) -> QuerySet[Posting]:
    return Posting.objects.filter(establishment__organisation=host).exclude(state=PostingState.CLOSED)


def visits_left(host: Organisation) -> QuerySet[Visit]:
    """Tours and internships schools may still ask for."""
    return Visit.objects.filter(establishment__organisation=host).exclude(state=PostingState.CLOSED)


def placements_of(host_or_agency: Organisation) -> QuerySet[Placement]:
    side = Q(posting__establishment__organisation=host_or_agency) | Q(seeker__agency=host_or_agency)
    return Placement.objects.filter(side).with_sides().order_by("pk")


def proposals_to_decline(host: Organisation) -> QuerySet[Placement]:
    """Put before it and not answered by it yet: its leaving is its answer."""
    answered = Q(proposals__ended_at=None, proposals__answers__side=Party.HOST)
    asked = placements_of(host).filter(state=S.MATCHING, posting__establishment__organisation=host)
    return asked.exclude(pk__in=Placement.objects.filter(answered).values("pk"))


def placements_to_take_back(organisation: Organisation) -> QuerySet[Placement]:
    """Terms that are still being made, with either; and a wish to hire that no offer has followed, with the host."""
    host = Q(state=S.MUTUAL_AGREED, posting__establishment__organisation=organisation)
    return placements_of(organisation).filter(Q(state=S.TERMS_PENDING) | host)


def placements_to_settle(organisation: Organisation) -> QuerySet[Placement]:
    ends = placements_to_take_back(organisation).values("pk")
    bound = placements_of(organisation).filter(state__in=BOUND).exclude(pk__in=proposals_to_decline(organisation))
    return bound.exclude(pk__in=ends)


def placements_to_end(agency: Organisation) -> QuerySet[Placement]:
    """Not proposed to anybody yet, or over: its adviser takes people out, or closes what there is to close."""
    return placements_of(agency).filter(seeker__agency=agency, state__in=[*WITHDRAWABLE, *CLOSABLE])


def placements_lasting(organisation: Organisation) -> QuerySet[Placement]:
    """Hired: whether the job lasts is still told by whoever is left."""
    return placements_of(organisation).filter(state__in=LASTING)


def seekers_invited(agency: Organisation) -> QuerySet[ActionLink]:
    """The links of those who have not joined yet."""
    waiting = JobSeeker.objects.filter(agency=agency, joined_at=None).values("pk")
    return ActionLink.objects.open().filter(owner=agency, purpose=JOIN, subject_id__in=waiting)


@transaction.atomic
def end_trials(organisation: Organisation, *, by: Acting) -> None:
    """Twice is once; what binds both sides by now is left to them."""
    reason = organisation.deregistered_because
    for posting in postings_left(organisation):
        close_posting(posting, by=by)
    for visit in visits_left(organisation):
        close_visit(visit, by=by)
    for placement in proposals_to_decline(organisation):
        decline(placement, side=Party.HOST, reason=reason, by=by)
    for placement in placements_to_take_back(organisation):
        side = Party.HOST if placement.host_id == organisation.pk else Party.AGENCY
        (call_off if placement.state == S.TERMS_PENDING else back_out)(placement, side=side, reason=reason, by=by)
    for placement in placements_to_end(organisation):
        (withdraw if placement.state in WITHDRAWABLE else close)(placement, by=by)
        subject = _("トライアル就労を終えました: %(agency)s") % {"agency": organisation}
        body = _("派遣元の登録が抹消されたためです。続けたいときは区に相談してください。\n理由: %(reason)s")
        tell(placement, Party.WORKER, subject=subject, body=body % {"reason": reason})
    because = _("この派遣元の登録が抹消されたため、このリンクは使えません。区にお尋ねください。")
    for link in seekers_invited(organisation):
        end_link(link, because=because, by=by)
