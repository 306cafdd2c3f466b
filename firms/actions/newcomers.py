"""A firm asks to take part: written on the open page, confirmed by mail, answered by the ward."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.invitations import invite
from firms.actions.letters import officers_on
from firms.actions.organisations import create_organisation
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Job, Newcomer, Organisation
from firms.models.newcomers import CONFIRMED_WITHIN
from firms.models.organisations import Kind, Role
from firms.post.jobs import enqueue_new
from firms.post.mailing import Item, send
from firms.post.notify import notify
from firms.post.tokens import hash_of, new_nonce, token_of
from firms.states import NewcomerState
from firms.words.japanese import jdatetime
from firms.words.saying import said as _

# What the registered organisation takes over as it was asked; the contact becomes whoever is invited.
TAKEN_OVER = (
    "name", "name_kana", "corporate_number", "postal_code", "address", "phone", "industry", "main_business",
    "regular_employees",
)  # fmt: skip


@transaction.atomic
def ask_to_take_part(*, email: str, **typed: Any) -> Newcomer:
    """The ward sees nothing of it before whoever reads that mail has opened its link."""
    nonce = new_nonce()
    newcomer = Newcomer.objects.create(
        email=email.lower(), token_hash=hash_of(token_of(nonce)), asked_at=timezone.now(), **typed
    )
    record(newcomer, "newcomer.ask", by=None)
    once = f"newcomer:{newcomer.pk}"
    enqueue_new("newcomer", {"newcomer": newcomer.pk, "nonce": nonce}, once_key=once)
    return newcomer


def newcomer_of(token: str) -> Newcomer:
    """Whom the mailed link is about, or a sentence saying why it opens nothing."""
    newcomer = Newcomer.objects.filter(token_hash=hash_of(token)).first()
    if newcomer is None:
        raise Refused(
            _("このリンクは正しくないか、期限が過ぎています。メールのリンクを確かめるか、もう一度申し込んでください。")
        )
    if newcomer.state == NewcomerState.UNCONFIRMED and newcomer.is_over(timezone.now()):
        raise Refused(_("このリンクの有効期限が過ぎました。お手数ですが、もう一度申し込んでください。"))
    return newcomer


@transaction.atomic
def confirm_newcomer(token: str) -> Newcomer:
    """By whoever opened the mail. A second click finds it confirmed; the ward's officers hear of it once."""
    list(Newcomer.objects.select_for_update(of=("self",)).filter(token_hash=hash_of(token)))
    newcomer = newcomer_of(token)
    if newcomer.state != NewcomerState.UNCONFIRMED:
        return newcomer
    now = timezone.now()
    move(newcomer, NewcomerState.WAITING, by=None, verb="newcomer.confirm", confirmed_at=now)
    for officer in officers_on(timezone.localdate(now)):
        notify(
            officer,
            subject=_("参加の申込みが届きました：%(name)s") % {"name": newcomer.name},
            body=_("内容を確かめて、登録するか、理由を添えて断ってください。"),
            path=reverse("firms:newcomer", args=[newcomer.pk]),
        )
    return newcomer


@transaction.atomic
def accept_newcomer(newcomer: Newcomer, *, by: Acting) -> Organisation:
    """The firm is registered as it asked, and its contact invited as the first to lead it."""
    row = locked(newcomer)
    organisation = create_organisation(by=by, kind=Kind.FIRM, **{name: getattr(row, name) for name in TAKEN_OVER})
    invite(
        organisation,
        email=row.email,
        role=Role.MANAGER,
        by=by,
        family_name=row.family_name,
        given_name=row.given_name,
    )
    answer(row, NewcomerState.ACCEPTED, by=by, organisation=organisation)
    return organisation


@transaction.atomic
def decline_newcomer(newcomer: Newcomer, *, reason: str, by: Acting) -> None:
    """The reason goes out by mail as it was written."""
    row = locked(newcomer)
    answer(row, NewcomerState.DECLINED, by=by, declined_because=reason)
    enqueue_new("newcomer_declined", {"newcomer": row.pk}, once_key=f"newcomer_declined:{row.pk}")


def locked(newcomer: Newcomer) -> Newcomer:
    row = Newcomer.objects.select_for_update(of=("self",)).get(pk=newcomer.pk)
    if row.state != NewcomerState.WAITING:
        raise Refused(_("この申込みには、すでに答えています。画面を開き直してください。"))
    return row


def answer(row: Newcomer, state: NewcomerState, *, by: Acting, **fields: Any) -> None:
    move(
        row,
        state,
        by=by,
        verb="newcomer.accept" if state == NewcomerState.ACCEPTED else "newcomer.decline",
        concerns=by.organisation_id,
        answered_at=timezone.now(),
        answered_by=by.person,
        **fields,
    )


def forget_unconfirmed(*, now: datetime) -> int:
    """What nobody has confirmed may have been typed about anybody: it goes when its link has ended."""
    return Newcomer.objects.unconfirmed_since(now - CONFIRMED_WITHIN).delete()[0]


def mail_newcomer(job: Job) -> None:
    """The letter with the link; one that was confirmed or forgotten meanwhile is not sent."""
    newcomer = Newcomer.objects.filter(pk=job.payload["newcomer"], state=NewcomerState.UNCONFIRMED).first()
    if newcomer is None:
        return
    link = f"{settings.SITE_URL}{reverse('firms:newcomer_confirm', args=[token_of(job.payload['nonce'])])}"
    text = _(
        "%(contact)s 様\n\n「%(name)s」の参加の申込みを受け取りました。まだ区には届いていません。\n\n"
        "次のリンクを開いて内容を確かめ、送信してください（%(until)sまで有効です）。\n\n%(link)s\n\n"
        "心当たりのない場合は、このメールを破棄してください。申込みは期限を過ぎると消えます。"
    ) % {
        "contact": newcomer.contact,
        "name": newcomer.name,
        "until": jdatetime(newcomer.asked_at + CONFIRMED_WITHIN),
        "link": link,
    }
    send(
        to=newcomer.email,
        subject=_("参加の申込みの確認"),
        items=[Item("", text, "")],
        message_id=f"newcomer-{newcomer.pk}",
    )


def mail_declined(job: Job) -> None:
    newcomer = Newcomer.objects.get(pk=job.payload["newcomer"])
    contact = f"{settings.SITE_URL}{reverse('firms:site_text', args=['contact'])}"
    text = _(
        "%(contact)s 様\n\n「%(name)s」の参加の申込みは、次の理由により受け付けられませんでした。\n\n%(reason)s\n\n"
        "お尋ねは、次のページの問い合わせ先にお願いします。\n%(page)s"
    ) % {"contact": newcomer.contact, "name": newcomer.name, "reason": newcomer.declined_because, "page": contact}
    send(
        to=newcomer.email,
        subject=_("参加の申込みについて"),
        items=[Item("", text, "")],
        message_id=f"newcomer-declined-{newcomer.pk}",
    )
