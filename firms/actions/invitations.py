"""Invitations: sent by mail, withdrawn, and accepted once."""

from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Employment, Invitation, Job, Membership, Organisation, Person
from firms.models.organisations import ROLES_OF, EndedWith, Role
from firms.post.jobs import enqueue
from firms.post.mailing import Item, send
from firms.post.notify import notify
from firms.post.tokens import hash_of, new_nonce, token_of
from firms.queries import acting_for, leaders_of
from firms.states import InvitationState
from firms.words.days import spoken
from firms.words.saying import said as _

VALID_DAYS = 14


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    email: str,
    role: str,
    by: Acting,
    family_name: str = "",
    given_name: str = "",
) -> Invitation:
    """Send an invitation; one that is still open for the same person and role is not sent twice."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    refuse_deregistered(organisation, on=by.today)
    email = email.lower()
    refuse_unfit(organisation, email=email, role=role, by=by)
    waiting = awaiting_login(organisation, email)
    known = Invitation.objects.filter(
        organisation=organisation, email=email, role=role, state=InvitationState.OPEN
    ).first()
    if known and not known.is_over(timezone.now()):
        if known.person != waiting:
            known.person = waiting
            known.save(update_fields=["person"])
        return known
    if known:
        withdraw_invitation(known, by=by)
    nonce = new_nonce()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        family_name=family_name,
        given_name=given_name,
        person=waiting,
        token_hash=hash_of(token_of(nonce)),
        invited_by=by.person,
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    record(invitation, "invitation.send", by=by, concerns=organisation, role=role)
    enqueue("invitation", {"invitation": invitation.pk, "nonce": nonce}, once_key=f"invitation:{invitation.pk}")
    return invitation


def awaiting_login(organisation: Organisation, email: str) -> Person | None:
    """Whom this organisation registered with the address and who has not joined yet."""
    theirs = Employment.objects.filter(establishment__organisation=organisation, email__iexact=email)
    found = theirs.filter(person__email=None, person__is_active=True).select_related("person").first()
    return found.person if found else None


def refuse_unfit(organisation: Organisation, *, email: str, role: str, by: Acting) -> None:
    if role not in ROLES_OF[organisation.kind]:
        raise Refused(_("この組織にない役割です。役割を選び直してください。"), field="role")
    if (
        Membership.objects.on(by.today)
        .filter(organisation=organisation, role=role, person__email__iexact=email)
        .exists()
    ):
        raise Refused(_("この人はすでに同じ役割で所属しています。所属の一覧を確かめてください。"), field="email")


def withdraw_invitation(invitation: Invitation, *, by: Acting) -> None:
    if invitation.state == InvitationState.ACCEPTED:
        raise Refused(_("この招待はすでに承諾されています。所属の一覧から終了してください。"))
    if invitation.state == InvitationState.WITHDRAWN:
        return
    move(
        invitation,
        InvitationState.WITHDRAWN,
        by=by,
        verb="invitation.withdraw",
        concerns=invitation.organisation_id,
        closed_at=timezone.now(),
    )


def usable_invitation(token: str) -> Invitation:
    """The invitation of a link, or a sentence saying why it opens nothing any more."""
    invitation = (
        Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=hash_of(token)).first()
    )
    if invitation is None:
        raise Refused(_("このリンクは正しくありません。メールのリンクを最後までコピーしたか確かめてください。"))
    if invitation.state == InvitationState.ACCEPTED:
        raise Refused(_("このリンクはすでに使われています。登録したパスワードでログインしてください。"))
    if invitation.state == InvitationState.WITHDRAWN or not invitation.invited_by.is_active:
        raise Refused(_("この招待は取り消されました。招待した組織にお尋ねください。"))
    refuse_deregistered(invitation.organisation, on=timezone.localdate())
    if invitation.is_over(timezone.now()):
        raise Refused(_("この招待は有効期限が過ぎました。もう一度招待してもらってください。"))
    return invitation


def lock(token: str) -> None:
    """The link of one invitation is followed once at a time: a second tab then reads that it was used."""
    list(Invitation.objects.select_for_update(of=("self",)).filter(token_hash=hash_of(token)))


@transaction.atomic
def join_as_new(token: str, *, password: str, **names: Any) -> Person:
    """Whoever opens the link proves the address: they get a login there, and the membership."""
    lock(token)
    invitation = usable_invitation(token)
    person = invited_person(invitation)
    if person.pk and (person.has_usable_password() or not person.is_active):
        raise Refused(_("この宛先の利用者はすでに登録されています。ログインしてから承諾してください。"))
    for name, value in names.items():
        setattr(person, name, value)
    person.set_password(password)
    person.save()
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    accept(invitation, person)
    return person


def invited_person(invitation: Invitation) -> Person:
    """Who has the address, else who was registered without one, else somebody new."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    found = known or invitation.person or Person()
    found.email = found.email or invitation.email
    return found


@transaction.atomic
def join_as_known(token: str, *, person: Person) -> Membership:
    """Somebody who is signed in accepts; the link works for the person it was sent to alone."""
    lock(token)
    invitation = usable_invitation(token)
    if (person.email or "").lower() != invitation.email:
        raise Refused(
            _("この招待は別の宛先に送られたものです。ログアウトして、招待された宛先の利用者で開いてください。")
        )
    return accept(invitation, person)


def accept(invitation: Invitation, person: Person) -> Membership:
    on = timezone.localdate()
    by = acting_for(person, None, on=on)
    if invitation.person_id and invitation.person_id != person.pk:
        take_over(invitation.person, person)  # type: ignore[arg-type]
    move(
        invitation,
        InvitationState.ACCEPTED,
        by=by,
        verb="invitation.accept",
        concerns=invitation.organisation_id,
        closed_at=timezone.now(),
    )
    membership = membership_of(invitation, person, on=on)
    for leader in leaders_of(invitation.organisation_id, on=on):
        if leader != person:
            notify(
                leader,
                subject=_("%(name)sさんが参加しました") % {"name": person.full_name},
                body=_("「%(organisation)s」の%(role)sとしての招待が承諾されました。")
                % {"organisation": invitation.organisation, "role": membership.get_role_display()},
                path=reverse("firms:members"),
                organisation=invitation.organisation,
            )
    return membership


def membership_of(invitation: Invitation, person: Person, *, on: date) -> Membership:
    """The one held already, else a new one; it ends with an organisation that is to be deregistered."""
    office, last = invitation.organisation, invitation.organisation.deregistered_on
    role = {"person": person, "organisation": office, "role": invitation.role}
    held = Membership.objects.on(on).filter(**role).first()
    return held or Membership.objects.create(
        **role,
        started_on=on,
        ended_on=last,
        ended_with=EndedWith.DEREGISTRATION if last else "",
        licence_number=first_licence(invitation),
    )


def first_licence(invitation: Invitation) -> str:
    """The number the ward registered the office with is that of the advisor who leads it, who joins first."""
    office = invitation.organisation
    if invitation.role != Role.ADVISOR or office.memberships.filter(role=Role.ADVISOR).exists():
        return ""
    return office.licence_number


def take_over(registered: Person, person: Person) -> None:
    """Whatever was kept of somebody registered without an address is now of the one who has accepted to be them."""
    try:
        with transaction.atomic():
            for relation in Person._meta.related_objects:
                if not relation.hidden:
                    rows = relation.related_model._base_manager.filter(**{relation.field.name: registered})
                    rows.update(**{relation.field.name: person})
    except IntegrityError:
        raise Refused(
            _("同じ人の雇用か受講が二重に登録されているため、承諾できません。招待した組織にお知らせください。")
        ) from None
    Person.objects.filter(pk=registered.pk).update(is_active=False)


def mail_invitation(job: Job) -> None:
    """The letter with the link; one that was withdrawn meanwhile is not sent."""
    invitation = Invitation.objects.select_related("organisation", "invited_by").get(pk=job.payload["invitation"])
    if invitation.state != InvitationState.OPEN:
        return
    link = f"{settings.SITE_URL}{reverse('firms:join', args=[token_of(job.payload['nonce'])])}"
    text = _(
        "%(inviter)sさんから、「%(organisation)s」の%(role)sとしてTakumiに招待されています。\n\n"
        "次のリンクを開いて、お名前とパスワードを登録してください（%(until)sまで有効です）。\n\n%(link)s\n\n"
        "心当たりのない場合は、このメールを破棄してください。"
    ) % {
        "inviter": invitation.invited_by.full_name,
        "organisation": invitation.organisation,
        "role": invitation.get_role_display(),
        "until": spoken(f"{timezone.localtime(invitation.expires_at):%Y-%m-%d %H:%M}"),
        "link": link,
    }
    send(
        to=invitation.email,
        subject=_("「%(organisation)s」への招待") % {"organisation": invitation.organisation},
        items=[Item("", text, "")],
        message_id=f"invitation-{invitation.pk}",
    )
