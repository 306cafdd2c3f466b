"""Who could teach what is asked for, and why; how often a host was visited in a year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from firms.models import Employment, Person
from firms.rules.calendar import fiscal_year
from firms.words.days import day_words
from mentors.models import Booking, Certification, MentoringRequest, Session, SessionMove
from mentors.models.requesting.moves import SessionMoveQuerySet, Side
from mentors.models.requesting.plans import midnight
from mentors.models.requesting.requests import MentoringRequestQuerySet
from mentors.states import RequestState, SessionState

SHOWN = 5
APRIL = 4
# How much each reason weighs, beside one for every session held before.
NEAR, FREE, SAME_MACHINE, MOST_RESULTS = 20, 10, 15, 9


@dataclass(frozen=True)
class Suggestion:
    """A certification that fits, and why in sentences."""

    certification: Certification
    reasons: tuple[str, ...]
    weight: int


def suggestions(request: MentoringRequest, *, on: date) -> list[Suggestion]:
    """The best few of the same occupation who stand in the public register; three queries however many there are."""
    found = list(Certification.objects.listed_on(on).filter(occupation=request.occupation).select_related("person"))
    people = [one.person_id for one in found]
    day = midnight(request.wanted_on), midnight(request.wanted_on + timedelta(days=1))
    taken = Booking.objects.filter(mentor__in=people, piece__gte=day[0], piece__lt=day[1])
    busy = set(taken.order_by().values_list("mentor", flat=True).distinct())
    held = Session.objects.standing().filter(mentor__in=people, ends_at__lt=midnight(on)).order_by()
    results = dict(held.values_list("mentor").annotate(n=Count("pk")))
    rows = [
        suggestion(one, request, is_busy=one.person_id in busy, held=results.get(one.person_id, 0)) for one in found
    ]
    return sorted(rows, key=lambda row: (-row.weight, row.certification.number))[:SHOWN]


def suggestion(one: Certification, request: MentoringRequest, *, is_busy: bool, held: int) -> Suggestion:
    reasons, weight = (
        [_("職種が同じです（%(occupation)s）。") % {"occupation": one.occupation_label}],
        min(held, MOST_RESULTS),
    )
    if near := [place for place in places(one.lifted["area"]) if place in request.place]:
        reasons.append(_("%(place)sで指導できます。") % {"place": near[0]})
        weight += NEAR
    if request.machine and request.machine in one.lifted["machines"] + one.lifted["teaches"]:
        reasons.append(_("「%(machine)s」を教えられます。") % {"machine": request.machine})
        weight += SAME_MACHINE
    day = day_words(request.wanted_on)
    if is_busy:
        reasons.append(_("%(day)sは、ほかの指導が入っています。") % {"day": day})
    else:
        reasons.append(_("%(day)sは空いています。") % {"day": day})
        weight += FREE
    if held:
        reasons.append(_("これまでに%(n)s回の指導をしています。") % {"n": held})
    return Suggestion(one, tuple(reasons), weight)


def places(area: str) -> list[str]:
    return [place for place in area.replace("・", "、").replace(",", "、").replace(" ", "、").split("、") if place]


def visits_in_year(host_id: int, *, of: date, but: MentoringRequest) -> int:
    """Sessions of a host that were held or stand planned in the fiscal year, but for those of one request."""
    year = fiscal_year(of)
    days = date(year, APRIL, 1), date(year + 1, APRIL, 1) - timedelta(days=1)
    return Session.objects.standing().between(*days).filter(request__host=host_id).exclude(request=but).count()


def employees_of(host_id: int, *, on: date) -> QuerySet[Person]:
    """Whom a host employs that day: among them it may choose who is taught."""
    employed = Employment.objects.on(on).filter(establishment__organisation=host_id)
    return Person.objects.filter(pk__in=employed.values("person")).order_by("family_kana", "given_kana", "pk")


def requests_shown(requests: MentoringRequestQuerySet) -> MentoringRequestQuerySet:
    return requests.select_related("host", "certification__person").annotate(planned=Count("sessions"))


def sessions_unlogged(person_id: int, *, now: datetime) -> tuple[list[Session], list[Session]]:
    """What a マイスター has agreed to: held and not written down yet, and still ahead; the oldest first, one query."""
    agreed = Session.objects.filter(mentor=person_id, state=SessionState.PLANNED, request__state=RequestState.AGREED)
    rows = list(agreed.select_related("request__host").order_by("starts_at"))
    return [one for one in rows if one.ends_at < now], [one for one in rows if one.ends_at >= now]


def moves_to_answer(person_id: int) -> SessionMoveQuerySet:
    """What hosts have asked to move, and a マイスター has not answered."""
    asked = SessionMove.objects.open().filter(session__mentor=person_id, side=Side.HOST)
    return asked.select_related("session__request__host").order_by("pk")


def waiting_for(person_id: int) -> MentoringRequestQuerySet:
    """Plans that wait for a マイスター's answer."""
    waiting = MentoringRequest.objects.filter(certification__person=person_id, state=RequestState.PLANNED)
    return waiting.select_related("host").order_by("pk")
