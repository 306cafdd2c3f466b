"""Letters as they leave: plain text and HTML of the same words, each with its link."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from firms.models import Job, Notification
from firms.models.letters import LetterWay
from firms.post.jobs import finishing
from firms.words.saying import said as _


@dataclass(frozen=True)
class Item:
    """One message of a letter; a letter of one carries its subject in the head alone."""

    heading: str
    body: str
    link: str


def mail_notification(job: Job) -> None:
    """Send one notification; people who cannot sign in any more get none."""
    notification = Notification.objects.select_related("person").get(pk=job.payload["notification"])
    if notification.mailed_at is None and notification.person.is_active and notification.person.email:
        send(
            to=notification.person.email,
            subject=notification.subject,
            items=[Item("", notification.body, link_of(notification))],
            message_id=f"notification-{notification.pk}",
        )
    with finishing(job):
        Notification.objects.filter(pk=notification.pk, mailed_at=None).update(mailed_at=timezone.now())


def mail_digest(job: Job) -> None:
    """Send what a person has waiting for the morning, the oldest first; read in the page meanwhile or not."""
    rows = list(
        Notification.objects.filter(person=job.payload["person"], way=LetterWay.DAILY, mailed_at=None)
        .select_related("person")
        .order_by("pk")
    )
    if rows and rows[0].person.is_active and rows[0].person.email:
        send(
            to=rows[0].person.email,
            subject=_("Takumiのお知らせ（%(count)d件）") % {"count": len(rows)},
            items=[Item(row.subject, row.body, link_of(row)) for row in rows],
            message_id=f"digest-{job.pk}",
        )
    with finishing(job):
        Notification.objects.filter(pk__in=[row.pk for row in rows], mailed_at=None).update(mailed_at=timezone.now())


def link_of(notification: Notification) -> str:
    return f"{settings.SITE_URL}{notification.path}" if notification.path else ""


def signature() -> str:
    return _("Takumi（人材育成・トライアル就労支援）\nこのメールには返信できません。")


def send(*, to: str, subject: str, items: Iterable[Item], message_id: str) -> None:
    """The same letter carries the same Message-ID, so that one sent again after a crash is known as the same."""
    told = list(items)
    parts = [filter(None, [item.heading and f"■ {item.heading}", item.body, item.link]) for item in told]
    text = "\n\n".join([part for lines in parts for part in lines] + [signature()])
    letter = EmailMultiAlternatives(
        subject="".join(subject.splitlines()),
        body=text,
        to=[to],
        headers={"Message-ID": f"<{message_id}@takumi.invalid>"},
    )
    letter.attach_alternative(html_of(subject, told, ending=signature()), "text/html")
    letter.send()


def html_of(subject: str, items: Iterable[Item], *, ending: str) -> str:
    """The same words with headings and links, for readers that show them; nothing is fetched from anywhere."""
    return render_to_string("firms/letter.html", {"subject": subject, "items": list(items), "ending": ending})
