"""Who could teach what is asked for, and why; how often a host was visited in a year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet

from firms.models import Employment, Person
from firms.rules.calendar import fiscal_year
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.models import Booking, Certification, MentoringRequest, Session, SessionMove
from mentors.models.requesting.moves import SessionMoveQuerySet, Side
from mentors.models.requesting.plans import midnight
from mentors.models.requesting.requests import MentoringRequestQuerySet
from mentors.places import Town, kilometres, place, place_of
from mentors.states import RequestState, SessionState
from mentors.teachings import AREA, MACHINE, apart

SHOWN = 5
APRIL = 4
# How much each reason weighs, beside one for every session held before; of NEAR each kilometre takes one away.
NEAR, FREE, SAME_MACHINE, COMES_HERE, MOST_RESULTS = 20, 10, 15, 5, 9


@dataclass(frozen=True)
class Suggestion:
    """A certification that fits, and why in sentences; `km` between the offices of both wards, where both are known."""

    certification: Certification
    reasons: tuple[str, ...]
    weight: int
    km: int | None

    @property
    def order(self) -> tuple[bool, int, str]:
        """Whose distance is known comes first, however well the others fit: it is not guessed."""
        return self.km is None, -self.weight, self.certification.number


def suggestions(request: MentoringRequest, *, on: date) -> list[Suggestion]:
    """The best few of the same occupation who stand in the public register; four queries however many there are."""
    listed = Certification.objects.listed_on(on).filter(occupation=request.occupation)
    found = list(listed.select_related("person").prefetch_related("tags"))
    people = [one.person_id for one in found]
    day = midnight(request.wanted_on), midnight(request.wanted_on + timedelta(days=1))
    taken = Booking.objects.filter(mentor__in=people, piece__gte=day[0], piece__lt=day[1])
    busy = set(taken.order_by().values_list("mentor", flat=True).distinct())
    held = Session.objects.standing().filter(mentor__in=people, ends_at__lt=midnight(on)).order_by()
    results = dict(held.values_list("mentor").annotate(n=Count("pk")))
    here = place_of(request.place, prefecture=request.prefecture, on=on)
    rows = [
        suggestion(one, request, here, is_busy=one.person_id in busy, held=results.get(one.person_id, 0))
        for one in found
    ]
    return sorted(rows, key=lambda row: row.order)[:SHOWN]


def suggestion(
    one: Certification, request: MentoringRequest, here: Town | None, *, is_busy: bool, held: int
) -> Suggestion:
    km = distance(one, here)
    weighed = [
        (0, _("職種が同じです（%(occupation)s）。") % {"occupation": one.occupation_label}),
        (0 if km is None else max(NEAR - km, 0), distance_words(one, here, km)),
        (COMES_HERE, comes_here(one, request, here)),
        (SAME_MACHINE, knows_machine(one, request)),
        (0 if is_busy else FREE, day_free(request, is_busy=is_busy)),
        (min(held, MOST_RESULTS), _("これまでに%(n)s回の指導をしています。") % {"n": held} if held else ""),
    ]
    told = [(weight, reason) for weight, reason in weighed if reason]
    return Suggestion(one, tuple(reason for _weight, reason in told), sum(weight for weight, _reason in told), km)


def distance(one: Certification, here: Town | None) -> int | None:
    base = place(one.base)
    return kilometres(base, here) if base and here else None


def distance_words(one: Certification, here: Town | None, km: int | None) -> str:
    if km == 0:
        return _("同じ区市です（%(place)s）。") % {"place": one.base_label}
    if km is not None and here:
        return _("約 %(km)s km（%(base)sと%(here)s。役所どうしの直線）。") % {
            "km": km,
            "base": one.base_label,
            "here": here.name,
        }
    if here is None:
        return _("距離は分かりません（派遣先の場所が、区市の位置の一覧にありません）。")
    return _("距離は分かりません（お住まいか仕事場の区市を、まだ聞いていません）。")


def comes_here(one: Certification, request: MentoringRequest, here: Town | None) -> str:
    """By a tick of the place's ward or city, or by a name in own words that the address has."""
    ticked = [name for name in one.told.get(AREA, []) if here and here.name.startswith(name)]
    named = ticked or [name for name in apart(one.lifted["area"]) if name in request.place]
    return _("%(place)sで指導できます。") % {"place": named[0]} if named else ""


def knows_machine(one: Certification, request: MentoringRequest) -> str:
    machine = request.machine
    told = "".join([one.lifted["machines"], one.lifted["teaches"], one.best, one.also, *one.told.get(MACHINE, [])])
    return _("「%(machine)s」を教えられます。") % {"machine": machine} if machine and machine in told else ""


def day_free(request: MentoringRequest, *, is_busy: bool) -> str:
    day = day_words(request.wanted_on)
    said = _("%(day)sは、ほかの指導が入っています。") if is_busy else _("%(day)sは空いています。")
    return said % {"day": day}


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
