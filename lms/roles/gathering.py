"""What waits in each role of a person, from the homes of those roles."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.models import Membership, Notification, Person
from firms.queries import acting_for
from firms.words.saying import said as _
from lms.homes import home_of
from trials.models import Placement

SHOWN = 4


@dataclass(frozen=True)
class Waiting:
    """One thing to do in a role, and where."""

    title: str
    url: str
    day: date | None = None


@dataclass(frozen=True)
class RoleCard:
    """One role: what waits there, how much more, and the notices nobody has read yet."""

    acting: Acting
    waiting: list[Waiting]
    left: int
    unread: int


def cards_of(person: Person, memberships: Iterable[Membership], *, on: date) -> list[RoleCard]:
    """Each membership, and the person for themselves, where anything is theirs alone."""
    unread = unread_by_organisation(person)
    cards = [card(acting_for(person, one, on=on), unread) for one in memberships]
    own = card(acting_for(person, None, on=on), unread)
    return [*cards, *([own] if own.waiting or own.unread or not cards else [])]


def card(acting: Acting, unread: Counter[int]) -> RoleCard:
    _template, gather = home_of(acting)
    waiting = list(waiting_in(gather(acting)))
    return RoleCard(acting, waiting[:SHOWN], len(waiting[SHOWN:]), unread[acting.organisation_id])


def unread_by_organisation(person: Person) -> Counter[int]:
    """0 for those that are about no organisation."""
    rows = Notification.objects.filter(person=person, read_at=None).order_by().values_list("organisation")
    return Counter({organisation or 0: count for organisation, count in rows.annotate(count=Count("pk"))})


def waiting_in(home: dict[str, object]) -> Iterator[Waiting]:
    """The same lines the role's home shows, in its words."""
    for name, lines in READERS.items():
        if home.get(name):
            yield from lines(home[name])


def from_steps(steps: object) -> Iterator[Waiting]:
    for step in steps:  # type: ignore[attr-defined]
        yield Waiting(step.title, step.url, step.day)


def from_offers(offered: object) -> Iterator[Waiting]:
    for one in offered:  # type: ignore[attr-defined]
        title = _("席が空きました：%(title)s") % {"title": one.run.course.title}
        yield Waiting(title, reverse("courses:offer", args=[one.pk]), timezone.localdate(one.answer_until))


def from_hours(count: object) -> Iterator[Waiting]:
    yield Waiting(_("受講時間の確認を待つ記録：%(count)s件") % {"count": count}, reverse("courses:hours"))


def from_lesson(lesson: object) -> Iterator[Waiting]:
    run = lesson.run  # type: ignore[attr-defined]
    title = _("次のコマ：%(title)s") % {"title": run.course.title}
    yield Waiting(title, reverse("courses:run", args=[run.pk]), timezone.localdate(lesson.starts_at))  # type: ignore[attr-defined]


def from_placements(placements: object) -> Iterator[Waiting]:
    for one in placements:  # type: ignore[attr-defined]
        yield Waiting(title_of(one), reverse("trials:placement", args=[one.pk]), one.last_on)


def title_of(placement: Placement) -> str:
    return placement.posting.title if placement.posting else str(placement.seeker.round.title)


# What a home calls its lines → how they are read, in the order they are shown.
READERS = {
    "steps_waiting": from_steps,
    "steps_left": from_steps,
    "offered": from_offers,
    "to_confirm": from_hours,
    "next_lesson": from_lesson,
    "trial_steps": from_steps,
    "waiting": from_placements,
    "trials": from_placements,
}
