"""Memberships: ended, never deleted."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from firms.acting import Acting
from firms.actions.invitations import withdraw_invitation
from firms.errors import Refused
from firms.journal import record
from firms.models import Invitation, Membership, Organisation, Person
from firms.models.organisations import LEADING_ROLES, Role
from firms.states import InvitationState
from firms.words.saying import said as _


@transaction.atomic
def admit_employee(person: Person, organisation: Organisation, *, on: date) -> Membership:
    """Whoever begins to work there acts as its employee from that day; who does already goes on as they are."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    role = {"person": person, "organisation": organisation, "role": Role.EMPLOYEE}
    held = Membership.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), **role).first()
    if held:
        return held
    begun = Membership.objects.create(**role, started_on=on)
    record(begun, "membership.begin", by=None, concerns=organisation)
    return begun


@transaction.atomic
def end_membership(membership: Membership, *, by: Acting) -> None:
    """Their rights are gone with the next request, and so is every invitation they sent or were sent for it."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    row = Membership.objects.select_related("person").get(pk=membership.pk)
    if row.ended_on is not None and row.ended_on <= by.today:
        return
    refuse_last_leader(row, by=by)
    row.ended_on, row.ended_with = max(by.today, row.started_on), ""
    row.save(update_fields=["ended_on", "ended_with"])
    record(row, "membership.end", by=by, concerns=row.organisation_id)
    withdraw_what_they_leave(row, by=by)


def withdraw_what_they_leave(row: Membership, *, by: Acting) -> None:
    """An officer also invites for others' organisations; those links end with the office that gave the right."""
    address = (row.person.email or "").lower()
    theirs = Q(organisation=row.organisation_id, email=address) | Q(invited_by=row.person_id)
    still_led = Membership.objects.on(by.today).leading().filter(person=row.person_id).values("organisation")
    elsewhere = Q(invited_by=row.person_id, organisation__in=still_led) & ~Q(organisation=row.organisation_id)
    for invitation in Invitation.objects.filter(theirs, state=InvitationState.OPEN).exclude(elsewhere):
        withdraw_invitation(invitation, by=by)


def refuse_last_leader(membership: Membership, *, by: Acting) -> None:
    if membership.role not in LEADING_ROLES:
        return
    others = Membership.objects.on(by.today).leading().filter(organisation=membership.organisation_id)
    if not others.exclude(person=membership.person_id).filter(person__is_active=True).exists():
        raise Refused(_("最後の管理者の所属は終了できません。先に別の人を招待し、参加してもらってください。"))
