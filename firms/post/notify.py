"""Notifications: a message to a person, shown in the page and sent by mail through a job."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.models import Job, Notification, Organisation, Person
from firms.post.jobs import enqueue, finishing


def notify(
    person: Person, *, subject: str, body: str, path: str = "", organisation: Organisation | None = None
) -> Notification:
    """Write the notification and its mail job in the caller's transaction; who has no address finds it after joining."""
    letter = (person.pk, subject, body)
    if (told := told_already(letter)) is not None:
        return told
    notification = show(person, subject=subject, body=body, path=path, organisation=organisation)
    transaction.on_commit(Told(letter, notification))
    if not person.email:
        return notification
    enqueue("mail", {"notification": notification.pk}, once_key=f"mail:{notification.pk}")
    return notification


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
        person=person, subject=subject[:120], body=body, path=path, organisation=organisation
    )


def mail_notification(job: Job) -> None:
    """Send one notification; people who cannot sign in any more get none."""
    notification = Notification.objects.select_related("person").get(pk=job.payload["notification"])
    if notification.mailed_at is None and notification.person.is_active and notification.person.email:
        link = f"{settings.SITE_URL}{notification.path}" if notification.path else ""
        text = "\n\n".join(filter(None, [notification.body, link, signature()]))
        send(
            to=notification.person.email,
            subject=notification.subject,
            text=text,
            message_id=f"notification-{notification.pk}",
        )
    with finishing(job):
        Notification.objects.filter(pk=notification.pk, mailed_at=None).update(mailed_at=timezone.now())


def signature() -> str:
    return _("Takumi（人材育成・トライアル就労支援）\nこのメールには返信できません。")


def send(*, to: str, subject: str, text: str, message_id: str) -> None:
    """The same letter carries the same Message-ID, so that one sent again after a crash is known as the same."""
    EmailMessage(
        subject="".join(subject.splitlines()),
        body=text,
        to=[to],
        headers={"Message-ID": f"<{message_id}@takumi.invalid>"},
    ).send()
