"""An organisation deregistered (抹消) with a day and a reason, and the same taken back; nothing of it is deleted."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from firms.acting import Acting
from firms.actions.corrections import correct
from firms.actions.invitations import withdraw_invitation
from firms.actions.mandates import OPEN_STATES, end
from firms.actions.reopening import reopen
from firms.errors import Refused
from firms.models import Invitation, Mandate, Organisation
from firms.models.organisations import EndedWith, Kind
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.states import InvitationState
from firms.words.days import day_words
from firms.words.saying import said as _

LATEST_KNOWN = timedelta(days=366)


@transaction.atomic
def deregister(organisation: Organisation, *, on: date, reason: str, by: Acting) -> Organisation:
    """`on` is the first day without it: its memberships are over that day, and nothing new begins for it.

    What it still has open is ended apart, once the day has come. The same again is once.
    """
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    reason = reason.strip()
    if (row.deregistered_on, row.deregistered_because) == (on, reason):
        return row
    refuse_unfit(row, on=on, by=by)
    if not reason:
        raise Refused(_("抹消の理由を入力してください。この組織の人にもこの文が届きます。"), field="reason")
    told: dict[str, Any] = {"reason": reason, "by": by, "concerns": row.pk}
    leaders = leaders_of(row.pk, on=by.today)
    correct(row, {"deregistered_on": on, "deregistered_because": reason}, verb="organisation.deregister", **told)
    for held in row.memberships.filter(Q(ended_on=None) | Q(ended_on__gt=on)):
        ending = {"ended_on": max(on, held.started_on), "ended_with": EndedWith.DEREGISTRATION}
        correct(held, ending, verb="membership.end", **told)
    body = _("区が%(day)sに組織の登録を抹消します。その日から操作できません。記録は残ります。\n理由: %(reason)s")
    for person in leaders:
        notify(
            person,
            subject=_("「%(name)s」の登録が抹消されます") % {"name": row},
            body=body % {"day": day_words(on), "reason": reason},
            organisation=row,
        )
    return row


def refuse_unfit(row: Organisation, *, on: date, by: Acting) -> None:
    if row.kind == Kind.WARD:
        raise Refused(_("区は抹消できません。"))
    if row.deregistered_on is not None:
        raise Refused(
            _("この組織はすでに%(day)sに抹消されています。日や理由を直すときは、先に抹消を取り消してください。")
            % {"day": day_words(row.deregistered_on)}
        )
    if not by.today <= on <= by.today + LATEST_KNOWN:
        raise Refused(
            _("抹消の日は今日から1年先までの日付にしてください。廃業がそれより前なら、その日は理由に書きます。"),
            field="on",
        )


@transaction.atomic
def reinstate(organisation: Organisation, *, reason: str, by: Acting) -> Organisation:
    """The deregistration was wrong: the memberships that ended with it stand as they stood before.

    What was ended in its name stays ended: mandates, seats and runs are agreed to anew by those they bind.
    """
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if row.deregistered_on is None:
        return row
    told: dict[str, Any] = {"reason": reason, "by": by, "concerns": row.pk}
    correct(row, {"deregistered_on": None, "deregistered_because": ""}, verb="organisation.reinstate", **told)
    for held in row.memberships.filter(ended_with=EndedWith.DEREGISTRATION):
        reopen(held, reason=reason, by=by)
    for person in leaders_of(row.pk, on=by.today):
        notify(
            person,
            subject=_("「%(name)s」の抹消が取り消されました") % {"name": row},
            body=_("また操作できます。終わった委任・受講・開講は、必要なら新しく申し込んでください。\n理由: %(reason)s")
            % {"reason": reason},
            path=reverse("firms:organisation"),
            organisation=row,
        )
    return row


def invitations_left(organisation: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organisation=organisation, state=InvitationState.OPEN)


def mandates_left(organisation: Organisation) -> QuerySet[Mandate]:
    sides = Q(firm=organisation) | Q(office=organisation)
    return Mandate.objects.filter(sides, state__in=OPEN_STATES).select_related("firm", "office")


@transaction.atomic
def end_ties(organisation: Organisation, *, by: Acting) -> None:
    """Once the day has come: invitations to it, and mandates it gave or holds, of which the other side is told."""
    reason = organisation.deregistered_because
    for invitation in invitations_left(organisation):
        withdraw_invitation(invitation, by=by)
    for mandate in mandates_left(organisation).select_for_update(of=("self",)):
        end(mandate, by=by, verb="mandate.revoke", reason=reason)
        other = mandate.firm if mandate.office_id == organisation.pk else mandate.office
        for person in leaders_of(other.pk, on=by.today):
            notify(
                person,
                subject=_("委任が終わりました"),
                body=_(
                    "%(name)sの登録が抹消されたため、%(firm)s と %(office)s の委任は終わりました。\n理由: %(reason)s"
                )
                % {"name": organisation, "firm": mandate.firm, "office": mandate.office, "reason": reason},
                path=reverse("firms:mandate", args=[mandate.pk]),
                organisation=other,
            )
