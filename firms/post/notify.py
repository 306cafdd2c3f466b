"""Notifications: a message to a person, shown in the page and sent by mail through a job."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from firms.models import Job, LetterWishes, Notification, Organisation, Person
from firms.models.letters import LetterKind, LetterWay
from firms.post.jobs import enqueue, enqueue_all, enqueue_new
from firms.post.quiet import leaves_at


def notify(
    person: Person,
    *,
    subject: str,
    body: str,
    path: str = "",
    organisation: Organisation | None = None,
    kind: str = "",
    is_urgent: bool = False,
) -> Notification:
    """Write the notification and its mail job in the caller's transaction; who has no address finds it after joining.

    Without a kind it is what its page is about. What is urgent leaves at once, whatever its receiver wishes.
    """
    letter = (person.pk, subject, body)
    if (told := told_already(letter)) is not None:
        return told
    wishes, known = wishes_of(person), kind or kind_of(path)
    way = LetterWay.AT_ONCE if is_urgent else wishes.way_of(known)
    notification = Notification.objects.create(
        person=person, subject=subject[:120], body=body, path=path, organisation=organisation, kind=known, way=way
    )
    transaction.on_commit(Told(letter, notification))
    if person.email and way != LetterWay.PAGE:
        post(notification, wishes, is_urgent=is_urgent or known == LetterKind.ACCOUNTS)
    return notification


@dataclass(frozen=True)
class Tidings:
    """What one of many is told."""

    person: Person
    subject: str
    body: str
    path: str = ""


def notify_all(letters: Sequence[Tidings]) -> None:
    """As `notify` of each, in four queries however many there are; whose letters of the day go together has more."""
    rows = LetterWishes.objects.filter(person__in={one.person.pk for one in letters})
    known = {one.person_id: one for one in rows}
    wishes = {one.person.pk: known.get(one.person.pk) or LetterWishes(person=one.person) for one in letters}
    fresh = [one for one in letters if told_already(key_of(one)) is None]
    made = Notification.objects.bulk_create(unsent(one, wishes[one.person.pk]) for one in fresh)
    at_once = []
    for letter, notification in zip(fresh, made, strict=True):
        transaction.on_commit(Told(key_of(letter), notification))
        if not letter.person.email or notification.way == LetterWay.PAGE:
            continue
        if notification.way == LetterWay.DAILY:
            post(notification, wishes[letter.person.pk], is_urgent=False)
        else:
            at_once.append(mail_of(notification, wishes[letter.person.pk]))
    enqueue_all(at_once)


def key_of(letter: Tidings) -> tuple[int, str, str]:
    return letter.person.pk, letter.subject, letter.body


def unsent(letter: Tidings, wishes: LetterWishes) -> Notification:
    kind = kind_of(letter.path)
    told = {"subject": letter.subject[:120], "body": letter.body, "path": letter.path}
    return Notification(person=letter.person, kind=kind, way=wishes.way_of(kind), **told)


def mail_of(notification: Notification, wishes: LetterWishes) -> Job:
    """At once, but for the quiet hours of who is told; what is about one's own account waits for none."""
    now = timezone.now()
    is_urgent = notification.kind == LetterKind.ACCOUNTS
    moment = now if is_urgent else leaves_at(wishes, notification.way, now=now)
    payload, key = {"notification": notification.pk}, f"mail:{notification.pk}"
    return Job(kind="mail", payload=payload, once_key=key, due_at=moment)


def post(notification: Notification, wishes: LetterWishes, *, is_urgent: bool) -> None:
    """A job for this letter, or for all of the day together."""
    now = timezone.now()
    moment = now if is_urgent else leaves_at(wishes, notification.way, now=now)
    due_at = None if moment == now else moment
    if notification.way == LetterWay.DAILY:
        once = f"digest:{notification.person_id}:{moment:%Y-%m-%dT%H:%M}"
        enqueue("digest", {"person": notification.person_id}, once_key=once, due_at=due_at)
    else:
        enqueue_new("mail", {"notification": notification.pk}, once_key=f"mail:{notification.pk}", due_at=due_at)


def wishes_of(person: Person) -> LetterWishes:
    """Their row, or what somebody without one gets."""
    return LetterWishes.objects.filter(person=person).first() or LetterWishes(person=person)


def kind_of(path: str) -> str:
    """By the first word of the address."""
    first = path.split("/")[1] if path.startswith("/") else ""
    return first if first in LetterKind.values else LetterKind.ORGANISATIONS


@dataclass(frozen=True)
class Told:
    """A letter of this transaction, kept with it: whoever is concerned in two roles gets it once."""

    letter: tuple[int, str, str]
    notification: Notification

    def __call__(self) -> None:
        """The transaction stands; the next one may say the same again."""


def told_already(letter: tuple[int, str, str]) -> Notification | None:
    hooks = (waiting[1] for waiting in connection.run_on_commit)
    return next((one.notification for one in hooks if isinstance(one, Told) and one.letter == letter), None)


def show(
    person: Person, *, subject: str, body: str, path: str = "", organisation: Organisation | None = None
) -> Notification:
    """A notification in the page alone, for when the mail itself is what fails."""
    return Notification.objects.create(
        person=person,
        subject=subject[:120],
        body=body,
        path=path,
        organisation=organisation,
        kind=kind_of(path),
        way=LetterWay.PAGE,
    )
