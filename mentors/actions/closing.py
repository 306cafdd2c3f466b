"""What an organisation that is deregistered leaves with マイスター: visits ahead are cancelled, its manuals are shown no more,
what was taught stays.
"""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from firms.acting import Acting
from firms.models import Organisation
from firms.words.saying import said as _
from mentors.actions.manuals.approving import withdraw_manual
from mentors.actions.manuals.sharing import end_share
from mentors.actions.requesting.planning import cancel_request, cancel_session
from mentors.actions.subsidies.asking import withdraw_subsidy
from mentors.models import ManualShare, ManualVersion, MentoringRequest, Session, SkillManual, Subsidy
from mentors.models.requesting.plans import midnight
from mentors.states import OPEN_VERSIONS, ManualState, RequestState, SessionState, SubsidyState

WAITING = (RequestState.ASKED, RequestState.PLANNED)


def sessions_ahead(host: Organisation, day: date) -> QuerySet[Session]:
    """Agreed on, and from that day on."""
    planned = Session.objects.filter(request__host=host, state=SessionState.PLANNED, starts_at__gte=midnight(day))
    agreed = planned.filter(request__state=RequestState.AGREED)
    return agreed.select_related("request__host", "request__certification", "mentor")


def sessions_to_finish(host: Organisation, day: date) -> QuerySet[Session]:
    """Before that day and not written up yet, or not countersigned: the rules settle them without the host."""
    unsaid = Q(state=SessionState.LOGGED) | Q(
        state=SessionState.PLANNED, request__state=RequestState.AGREED, starts_at__lt=midnight(day)
    )
    return Session.objects.filter(unsaid, request__host=host).select_related("request")


def requests_left(host: Organisation, day: date) -> QuerySet[MentoringRequest]:
    """Not agreed on, or agreed on and nothing of it held before that day."""
    standing = Session.objects.standing().filter(request=OuterRef("pk"))
    begun, ahead = standing.filter(starts_at__lt=midnight(day)), standing.filter(starts_at__gte=midnight(day))
    untouched = Q(state=RequestState.AGREED) & Exists(ahead) & ~Exists(begun)
    theirs = MentoringRequest.objects.filter(Q(state__in=WAITING) | untouched, host=host)
    return theirs.select_related("host", "certification__person")


def manuals_shown(firm: Organisation) -> QuerySet[SkillManual]:
    """Published, or being written."""
    living = ManualVersion.objects.filter(Q(state=ManualState.PUBLISHED) | Q(state__in=OPEN_VERSIONS))
    return SkillManual.objects.filter(Exists(living.filter(manual=OuterRef("pk"))), firm=firm).select_related("firm")


def shares_with(firm: Organisation) -> QuerySet[ManualShare]:
    """Manuals of others it was named to see."""
    return ManualShare.objects.filter(firm=firm, ended_on=None).select_related("manual", "firm")


def subsidies_undecided(firm: Organisation) -> QuerySet[Subsidy]:
    """What was decided the ward settles or takes back itself."""
    return Subsidy.objects.filter(firm=firm, state__in=[SubsidyState.DRAFT, SubsidyState.APPLIED])


def subsidies_settled_by_ward(firm: Organisation) -> QuerySet[Subsidy]:
    return Subsidy.objects.filter(
        firm=firm, state__in=[SubsidyState.DECIDED, SubsidyState.REPORTED, SubsidyState.FIXED]
    )


@transaction.atomic
def end_manuals(firm: Organisation, *, by: Acting) -> None:
    """Nobody is left who could answer for them, renew a consent or look at them again; the rows and the films stay."""
    because = _("企業の登録が抹消されたため、取り下げました。%(reason)s") % {"reason": firm.deregistered_because}
    for manual in manuals_shown(firm):
        withdraw_manual(manual, because=because[:400], by=by)
    for share in shares_with(firm):
        end_share(share, by=by)
    for subsidy in subsidies_undecided(firm):
        withdraw_subsidy(subsidy, because=because[:400], by=by)


@transaction.atomic
def end_mentoring(host: Organisation, *, by: Acting) -> None:
    """Twice is once. The マイスター hears of each visit that falls away."""
    reason, day = host.deregistered_because, host.deregistered_on
    assert day is not None
    for request in requests_left(host, day):
        cancel_request(request, because=reason[:400], by=by)
    for session in sessions_ahead(host, day):
        cancel_session(session, because=reason[:400], by=by)
    end_manuals(host, by=by)
