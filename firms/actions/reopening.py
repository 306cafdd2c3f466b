"""A membership that ended with something else is open again when that is put right, and lasts as it lasted before."""

from datetime import date, timedelta
from typing import Any

from firms.acting import Acting
from firms.actions.corrections import correct
from firms.models import Correction, Employment, Membership
from firms.models.organisations import EndedWith, Role

# A membership is over on its last day, an employment the day after.
ONE_DAY = timedelta(days=1)


def reopen(membership: Membership, *, reason: str, by: Acting) -> None:
    """As the correction says that ended it; one that begins anew meanwhile is the one that lasts."""
    before = {"ended_on": day_before(membership), "ended_with": text_before(membership, "ended_with") or ""}
    if before["ended_on"] is None and has_successor(membership):
        return
    told: dict[str, Any] = {
        "reason": reason,
        "by": by,
        "concerns": membership.organisation_id,
        "verb": "membership.reopen",
    }
    correct(membership, before, **told)


def text_before(membership: Membership, field: str) -> str | None:
    """What stood there before it was last corrected; one made while its organisation was to end had nothing there."""
    last = Correction.objects.of(membership).filter(field=field).first()
    return last.before if last else None


def day_before(membership: Membership) -> date | None:
    text = text_before(membership, "ended_on")
    return date.fromisoformat(text) if text else None


def has_successor(membership: Membership) -> bool:
    same = Membership.objects.filter(
        person=membership.person_id, organisation=membership.organisation_id, role=membership.role, ended_on=None
    )
    return same.exclude(pk=membership.pk).exists()


def follow_employments(row: Employment, *, reason: str, by: Acting) -> None:
    """The end of an employment was put right: the membership as its employee that ended with it lasts as long again.

    One that was ended by hand, or with the organisation, is no business of the employment's.
    """
    organisation = row.establishment.organisation_id
    last_day = last_day_at(row.person_id, organisation)
    days = (last_day and last_day + ONE_DAY, row.establishment.organisation.deregistered_on)
    last = min((day for day in days if day), default=None)
    ended = Membership.objects.filter(
        person=row.person_id, organisation=organisation, role=Role.EMPLOYEE, ended_with=EndedWith.EMPLOYMENT
    )
    for held in ended.order_by("-ended_on")[:1]:
        if last is None and has_successor(held):
            return
        lasting = {"ended_on": last and max(last, held.started_on), "ended_with": EndedWith.EMPLOYMENT if last else ""}
        told: dict[str, Any] = {"reason": reason, "by": by, "concerns": organisation}
        correct(held, lasting, verb="membership.reopen" if last is None else "membership.end", **told)


def last_day_at(person_id: int, organisation_id: int) -> date | None:
    """The last day the person is employed there; None where an employment lasts."""
    theirs = Employment.objects.filter(person=person_id, establishment__organisation=organisation_id)
    if theirs.filter(ended_on=None).exists():
        return None
    days = theirs.order_by("-ended_on").values_list("ended_on", flat=True)
    return days.first()
