"""What an organisation that is deregistered has asked of マイスター: visits ahead are cancelled, what was taught stays."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from firms.acting import Acting
from firms.models import Organisation
from mentors.actions.requesting.planning import cancel_request, cancel_session
from mentors.models import MentoringRequest, Session
from mentors.models.requesting.plans import midnight
from mentors.states import RequestState, SessionState

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


@transaction.atomic
def end_mentoring(host: Organisation, *, by: Acting) -> None:
    """Twice is once. The マイスター hears of each visit that falls away."""
    reason, day = host.deregistered_because, host.deregistered_on
    assert day is not None
    for request in requests_left(host, day):
        cancel_request(request, because=reason[:400], by=by)
    for session in sessions_ahead(host, day):
        cancel_session(session, because=reason[:400], by=by)
