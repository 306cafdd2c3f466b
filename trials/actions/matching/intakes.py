"""People who come by themselves: an agency opens its intake in a round, and whoever writes there gets a letter."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Membership, Organisation, Person
from firms.models.organisations import MembershipQuerySet
from firms.post.notify import notify
from firms.queries import acting_for, today
from firms.words.saying import said as _
from trials.actions.matching.seekers import refuse_closed, refuse_unfit, send_join_link
from trials.models import Intake, JobSeeker, Round
from trials.models.advising import ADVISING_ROLES


@transaction.atomic
def open_intake(round: Round, *, contact: Person, words: str, by: Acting) -> Intake:
    """Opening again under another contact closes the one before."""
    assert by.organisation is not None
    agency = Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation_id)
    if not desk_of(agency, contact).exists():
        raise Refused(_("最初の担当者には、この派遣元の人を選んでください。"), field="contact")
    if by.today > round.closes_on:
        raise Refused(_("この募集回の受付は終わっています。"))
    for held in Intake.objects.open().filter(round=round, agency=agency):
        shut(held)
    opened = Intake.objects.create(round=round, agency=agency, contact=contact, words=words)
    record(opened, "intake.open", by=by, concerns=agency, who=contact.full_name)
    return opened


def desk_of(agency: Organisation, person: Person) -> MembershipQuerySet:
    members = Membership.objects.on(today()).filter(organisation=agency, person=person, role__in=ADVISING_ROLES)
    return members.select_related("organisation")


@transaction.atomic
def close_intake(intake: Intake, *, by: Acting) -> None:
    held = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if held.closed_at is None:
        shut(held)
        record(held, "intake.close", by=by, concerns=held.agency_id)


def shut(intake: Intake) -> None:
    intake.closed_at = timezone.now()
    intake.save(update_fields=["closed_at"])


@transaction.atomic
def ask_to_join(round: Round, *, intake: Intake, email: str, **typed: Any) -> None:
    """Whoever writes gets the same answer on the page; what differs is told by mail, to whom the address belongs.

    Nothing of what an adviser typed is changed by a stranger; what only an open page has said, the newest page corrects.
    """
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    intake = (
        Intake.objects.shown_on(today()).select_related("agency", "contact").filter(round=round, pk=intake.pk).get()
    )
    member = desk_of(intake.agency, intake.contact).first()
    by = acting_for(intake.contact, member, on=today())
    refuse_closed(round, on=by.today)
    email = email.lower()
    seeker = JobSeeker(
        round=round, agency=intake.agency, adviser=intake.contact, email=email, came_by_page=True, **typed
    )
    refuse_unfit(seeker, on=by.today)
    held = JobSeeker.objects.filter(round=round, agency=intake.agency, email=email).first()
    if held is None:
        seeker.save()
        record(seeker, "seeker.come", by=None, concerns=intake.agency)
        return send_join_link(seeker, by=by)
    if held.joined_at is not None:
        return tell_known(held)
    if held.came_by_page:
        seeker.pk, seeker.adviser, seeker.invited_at = held.pk, held.adviser, held.invited_at
        seeker.save()
    return send_join_link(held, by=by)


def tell_known(seeker: JobSeeker) -> None:
    assert seeker.person is not None
    notify(
        seeker.person,
        subject=_("トライアル就労には、すでに登録されています"),
        body=_("公開の受付から、このメールアドレスで登録の申込みがありました。登録はすでに終わっています。"),
        path=reverse("trials:mine"),
    )
