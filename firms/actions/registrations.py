"""What was registered of an employee put right: each value by a correction with its reason, after the rules of registering."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from firms.acting import Acting
from firms.actions.corrections import correct
from firms.actions.invitations import withdraw_invitation
from firms.actions.people import end_access, invite_to_join, lock, refuse_unlikely_end, refuse_unlikely_start
from firms.actions.reopening import follow_employments
from firms.errors import Refused
from firms.models import Employment, Establishment, Invitation, Leave, Person
from firms.models.people import NAME_FIELDS
from firms.states import InvitationState
from firms.words.saying import said as _


def may_be_renamed(person: Person) -> bool:
    """By their firm, as long as they have not joined: whoever signs in says themselves what they are called."""
    return person.email is None or not person.has_usable_password()


@transaction.atomic
def correct_registration(
    employment: Employment,
    *,
    by: Acting,
    reason: str,
    establishment: Establishment,
    started_on: date,
    ended_on: date | None,
    email: str = "",
    **names: str,
) -> None:
    """All of it or nothing. What was frozen or printed before stays as it was."""
    lock(employment.establishment)
    row = Employment.objects.select_related("establishment__organisation", "person").get(pk=employment.pk)
    refuse_elsewhere(row, establishment)
    refuse_unlikely_start(started_on, on=by.today)
    if ended_on:
        refuse_unlikely_end(started_on, ended_on, on=by.today)
    refuse_meeting(row, establishment, started_on=started_on, ended_on=ended_on)
    told: dict[str, Any] = {"reason": reason, "by": by, "concerns": row.establishment.organisation_id}
    renamed = {name: names[name] for name in NAME_FIELDS if name in names and names[name] != getattr(row.person, name)}
    if renamed and not may_be_renamed(row.person):
        raise Refused(_("ログインのある人の氏名は、本人が「氏名の変更」から直します。"), field="family_name")
    correct(row.person, renamed, about=row, **told)
    changes: dict[str, Any] = {"establishment": establishment, "started_on": started_on, "ended_on": ended_on}
    if establishment != row.establishment:
        # Working patterns belong to one establishment; which one holds there is chosen anew.
        changes["pattern"] = None
        move_leaves(row, establishment, told)
    was_ended_on = row.ended_on
    correct(row, changes, **told)
    end_access(row, by=by)
    if was_ended_on and row.ended_on != was_ended_on:
        follow_employments(row, reason=reason, by=by)
    if not row.person.email and email.lower() != row.email:
        change_address(row, email.lower(), told)


def move_leaves(row: Employment, establishment: Establishment, told: dict[str, Any]) -> None:
    """A leave goes with the terms it interrupts."""
    last = row.ended_on or date.max
    for leave in Leave.objects.within(row.started_on, last).filter(person=row.person, establishment=row.establishment):
        correct(leave, {"establishment": establishment}, about=row, **told)


def change_address(row: Employment, email: str, told: dict[str, Any]) -> None:
    """The link sent to the wrong address dies; the right one gets its own."""
    stale = Invitation.objects.filter(person=row.person, state=InvitationState.OPEN)
    for invitation in stale:
        withdraw_invitation(invitation, by=told["by"])
    correct(row, {"email": email}, **told)
    if email:
        invite_to_join(row, by=told["by"])


def refuse_elsewhere(row: Employment, establishment: Establishment) -> None:
    if establishment.organisation_id != row.establishment.organisation_id:
        raise Refused(_("別の組織の事業所です。この組織の事業所を選んでください。"), field="establishment")


def refuse_meeting(row: Employment, establishment: Establishment, *, started_on: date, ended_on: date | None) -> None:
    """Two terms of one person at one establishment never hold on the same day."""
    others = Employment.objects.filter(person=row.person_id, establishment=establishment).exclude(pk=row.pk)
    later = Q() if ended_on is None else Q(started_on__lte=ended_on)
    if others.filter(Q(ended_on=None) | Q(ended_on__gte=started_on)).filter(later).exists():
        raise Refused(
            _("同じ事業所のほかの期間の条件と重なります。下の「ほかの期間の条件」を先に直してください。"),
            field="started_on",
        )


@transaction.atomic
def rename_oneself(person: Person, *, by: Acting, **names: str) -> None:
    """One's own name, as one says it: what it was before stays in the journal, papers already made stay as they are."""
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    correct(held, names, reason=_("本人による変更"), by=by, verb="person.rename")
