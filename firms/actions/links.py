"""Links that act without an account: given, sent by mail, used as often as allowed, revoked, and ended with their reason."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.links.purposes import Guest, purpose_of
from firms.models import ActionLink, Job, JournalEntry, Organisation
from firms.post.jobs import enqueue_new
from firms.post.mailing import Item, send
from firms.post.tokens import hash_of, new_nonce, token_of
from firms.states import LinkState
from firms.words.japanese import jdatetime
from firms.words.saying import said as _

USED = "link.use"


@dataclass(frozen=True)
class Receiver:
    """For whom a link is: the page says it, whoever opens it. Without an address it is handed over, as a QR code."""

    name: str
    party: str = ""
    email: str = ""


@transaction.atomic
def give_link(
    subject: Model, *, purpose: str, to: Receiver, term: timedelta, owner: Organisation, by: Acting, uses: int = 1
) -> tuple[ActionLink, str]:
    """The link, and the address that opens it, which nothing can make again. One given before to the same ends."""
    link, nonce = made_link(subject, purpose=purpose, to=to, term=term, owner=owner, by=by, uses=uses)
    return link, address_of(nonce)


@transaction.atomic
def send_link(
    subject: Model, *, purpose: str, to: Receiver, term: timedelta, owner: Organisation, by: Acting, uses: int = 1
) -> ActionLink:
    """As `give_link`, and the letter is sent by a job."""
    if not to.email:
        raise Refused(_("リンクを送る先のメールアドレスがありません。宛先を確かめてください。"), field="email")
    link, nonce = made_link(subject, purpose=purpose, to=to, term=term, owner=owner, by=by, uses=uses)
    enqueue_new("action_link", {"link": link.pk, "nonce": nonce}, once_key=f"action_link:{link.pk}")
    return link


def made_link(
    subject: Model, *, purpose: str, to: Receiver, term: timedelta, owner: Organisation, by: Acting, uses: int
) -> tuple[ActionLink, str]:
    Organisation.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    same = ActionLink.objects.about(subject).open().filter(purpose=purpose, for_name=to.name, email=to.email)
    for known in same:
        end_link(
            known, because=_("新しいリンクが送られたため、このリンクは使えません。新しいほうを開いてください。"), by=by
        )
    nonce, now = new_nonce(), timezone.now()
    link = ActionLink.objects.create(
        purpose=purpose,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        for_name=to.name,
        for_party=to.party,
        email=to.email,
        token_hash=hash_of(token_of(nonce)),
        uses_allowed=uses,
        expires_at=now + term,
        given_by=by.person,
        owner=owner,
        given_at=now,
    )
    record(link, "link.send", by=by, concerns=owner, receiver=link.receiver)
    return link, nonce


def address_of(nonce: str) -> str:
    return f"{settings.SITE_URL}{reverse('firms:act', args=[token_of(nonce)])}"


def end_link(link: ActionLink, *, because: str, by: Acting | None) -> None:
    """`because` is the sentence whoever opens the link from now on reads; a link that has ended stays as it is."""
    if link.state == LinkState.OPEN:
        move(
            link,
            LinkState.REVOKED,
            by=by,
            verb="link.revoke",
            concerns=link.owner_id,
            told={"receiver": link.receiver, "reason": because},
            closed_at=timezone.now(),
            closed_because=because,
        )


def end_links(subject: Model, *, because: str, by: Acting | None) -> None:
    """Called by an action that changes what the links about a row stand for."""
    for link in ActionLink.objects.about(subject).open():
        end_link(link, because=because, by=by)


@transaction.atomic
def revoke_link(link: ActionLink, *, by: Acting) -> None:
    """A second click finds it revoked; one that was used up cannot be taken back."""
    link = ActionLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.state == LinkState.USED:
        raise Refused(_("このリンクはすでに使われています。履歴で、誰が何をしたかを確かめてください。"))
    end_link(link, because=_("このリンクは取り消されました。送った組織にお尋ねください。"), by=by)


def usable_link(token: str) -> ActionLink:
    """The link behind an address, or a sentence saying why it does nothing any more and what to do."""
    link = found_link(token)
    if link is None:
        raise Refused(_("このリンクは正しくありません。メールのリンクを最後までコピーしたか確かめてください。"))
    refuse_ended(link, at=timezone.now())
    return link


def found_link(token: str) -> ActionLink | None:
    return ActionLink.objects.select_related("owner", "given_by").filter(token_hash=hash_of(token)).first()


def refuse_ended(link: ActionLink, *, at: datetime) -> None:
    if link.state == LinkState.REVOKED:
        raise Refused(link.closed_because)
    if link.state == LinkState.USED:
        last = last_use(link)
        raise Refused(
            _(
                "このリンクはすでに使われています（%(at)s、%(who)sさん）。心当たりがなければ、%(giver)sにお知らせください。"
            )
            % {"at": jdatetime(last.at), "who": last.details["who"], "giver": link.owner}
        )
    if link.is_over(at):
        raise Refused(
            _("このリンクの有効期限（%(until)s）が過ぎました。%(giver)sに、もう一度送ってもらってください。")
            % {"until": jdatetime(link.expires_at), "giver": link.owner}
        )
    if not link.given_by.is_active:
        raise Refused(_("このリンクを送った人の登録が終わったため、使えません。送った組織にお尋ねください。"))


def last_use(link: ActionLink) -> JournalEntry:
    """The newest use of a link that was used."""
    return JournalEntry.objects.about(link).filter(verb=USED).latest("pk")


def use_link(token: str, *, use: int, name: str, position: str, given: dict[str, Any]) -> ActionLink:
    """Do what the link is for, once for each `use`: the page carries how often the link had been used when it was shown.

    A second click of the same page finds its use done and changes nothing, also while the first is still at work.
    """
    form = fingerprint(name, position, given)
    try:
        return used_link(token, use=use, name=name, position=position, given=given, form=form)
    except Refused:
        link = found_link(token)
        if link and is_done(link, use=use, form=form):
            return link
        raise


@transaction.atomic
def used_link(token: str, *, use: int, name: str, position: str, given: dict[str, Any], form: str) -> ActionLink:
    """The thing is locked by its own action first and the link after it, as by everything that ends links of a thing."""
    guest = Guest(usable_link(token), name=name, position=position, today=timezone.localdate())
    refuse_stale(guest.link, use=use)
    purpose_of(guest.link).act(guest, given)
    link = ActionLink.objects.select_for_update(of=("self",)).get(pk=guest.link.pk)
    refuse_ended(link, at=timezone.now())
    refuse_stale(link, use=use)
    told: dict[str, Any] = {"who": name, "position": position, "receiver": link.receiver, "use": use, "form": form}
    if use + 1 == link.uses_allowed:
        done = {"uses": use + 1, "closed_at": timezone.now()}
        move(link, LinkState.USED, by=None, verb=USED, concerns=link.owner_id, told=told, **done)
        return link
    link.uses = use + 1
    link.save(update_fields=["uses"])
    record(link, USED, by=None, concerns=link.owner_id, **told)
    return link


def refuse_stale(link: ActionLink, *, use: int) -> None:
    """Somebody else with the same link, or the same person on another page, has acted since the page was shown."""
    if use != link.uses:
        raise Refused(_("この画面を開いたあとに、このリンクで別の操作がありました。リンクを開き直してください。"))


def fingerprint(name: str, position: str, given: dict[str, Any]) -> str:
    """One hash over what was sent, by which a second click is told from another sending."""
    fields = sorted((field, str(value)) for field, value in given.items())
    return sha256(json.dumps([name, position, fields]).encode()).hexdigest()


def is_done(link: ActionLink, *, use: int, form: str) -> bool:
    entries = JournalEntry.objects.about(link).filter(verb=USED)
    return any(one.details["use"] == use and one.details["form"] == form for one in entries)


def mail_link(job: Job) -> None:
    """The letter with the link; one that has ended meanwhile is not sent."""
    link = ActionLink.objects.select_related("owner", "given_by").get(pk=job.payload["link"])
    if link.state != LinkState.OPEN or link.is_over(timezone.now()):
        return
    text = _(
        "%(receiver)s 様\n\n%(giver)sの%(person)sさんから、次のお願いが届いています。\n\n%(label)s\n%(subject)s\n\n"
        "次のリンクを開いてください。ログインは要りません（%(until)sまで有効です）。\n\n%(address)s\n\n"
        "このリンクを持つ人は誰でも操作できます。代わりの方に転送したときは、その方の氏名と立場をお聞きします。\n"
        "心当たりのない場合は、このメールを破棄してください。"
    ) % {
        "receiver": link.receiver,
        "giver": link.owner,
        "person": link.given_by.full_name,
        "label": purpose_of(link).label,
        "subject": link.subject_label,
        "until": jdatetime(link.expires_at),
        "address": address_of(job.payload["nonce"]),
    }
    send(
        to=link.email,
        subject=_("%(label)sのお願い（%(giver)s）") % {"label": purpose_of(link).label, "giver": link.owner},
        items=[Item("", text, "")],
        message_id=f"action-link-{link.pk}",
    )
