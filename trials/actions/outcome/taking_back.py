"""One side goes back by itself on what was agreed before work began, or on the hire both had wished: each with its guard."""

from datetime import date, timedelta

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.words.saying import said as _
from trials.actions.moving import locked, quoted, refuse_out_of_turn, take
from trials.actions.outcome.ending import refuse_host_in_debt
from trials.actions.telling import tell
from trials.models import BackOut, EndedBy, Offer, Placement, Termination
from trials.rules import HostTermination, host_termination
from trials.states import THREE, Party, PlacementState

UNAVOIDABLE = "労働契約法17条1項; 労働者派遣法29条の2"
NO_DISMISSAL = "労働契約法16条; 派遣先指針 第2の18"
ONE_DAY = timedelta(days=1)
BACK = {Party.WORKER: "worker_back_out", Party.HOST: "host_back_out", Party.AGENCY: "fall_through"}


@transaction.atomic
def call_off(placement: Placement, *, side: Party, reason: str, by: Acting) -> None:
    """Before there is a contract nobody owes anything; papers already sent are signed no more."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "call_off")
    BackOut.objects.create(placement=placement, side=side, reason=reason)
    take(placement, "call_off", by=by, told={"side": str(side.label)})
    tell_others(placement, side, subject=_("条件の取決めが取りやめになりました"), reason=reason)


@transaction.atomic
def cancel(
    placement: Placement,
    *,
    side: Party,
    reason: str,
    noticed_on: date | None = None,
    is_agreed: bool = False,
    other_work: str = "",
    pays: bool = False,
    is_unavoidable: bool = False,
    by: Acting,
) -> Termination:
    """A contract ends before its first day, whose days are free again. What the host owes is reckoned as if its last day
    were the eve of the first: the earlier of the days the guideline could mean."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "cancel")
    noticed_on = noticed_on or by.today
    if noticed_on > by.today:
        raise Refused(_("予告した日は、今日までの日付にしてください。"), field="noticed_on")
    owed = owed_before_start(placement, noticed_on=noticed_on) if side == Party.HOST else None
    if owed:
        refuse_host_in_debt(owed, is_agreed=is_agreed, pays=pays)
    if side == Party.AGENCY and placement.state == PlacementState.READY and not is_unavoidable:
        raise Refused(
            quoted(
                _(
                    "本人は就業条件の明示に署名しています。派遣元から取りやめるには、やむを得ない事由が要ります。ほかの就業先の確保と休業手当も本人に知らせてください。"
                ),
                UNAVOIDABLE,
            ),
            field="is_unavoidable",
        )
    ended = Termination.objects.create(
        placement=placement,
        ended_by=EndedBy(side.value),
        noticed_on=noticed_on,
        ended_on=by.today,
        reason=reason,
        is_agreed=is_agreed,
        other_work=other_work,
        missing_days=owed.pay_days if owed else 0,
        pays=pays,
    )
    take(placement, "cancel", by=by, starts_on=None, last_on=None, told={"side": str(side.label)})
    tell_others(placement, side, subject=_("トライアル就労は開始の前に取りやめになりました"), reason=reason)
    return ended


def owed_before_start(placement: Placement, *, noticed_on: date) -> HostTermination:
    assert placement.starts_on is not None
    return host_termination(noticed_on, max(noticed_on, placement.starts_on - ONE_DAY))


@transaction.atomic
def back_out(placement: Placement, *, side: Party, reason: str, is_agreed: bool = False, by: Acting) -> None:
    """After both wished it. A job already accepted is taken back by the host only with the person's word: else it is a
    dismissal."""
    placement = locked(placement)
    refuse_out_of_turn(placement, BACK[side])
    accepted = Offer.objects.filter(placement=placement, accepted_at__isnull=False).exists()
    if side == Party.HOST and accepted and not is_agreed:
        raise Refused(
            quoted(
                _(
                    "採用は本人が承諾しています。取り下げるには本人の合意が要ります。合意のない内定の取消しは解雇と同じに扱われます。"
                ),
                NO_DISMISSAL,
            ),
            field="is_agreed",
        )
    BackOut.objects.create(placement=placement, side=side, reason=reason)
    take(placement, BACK[side], by=by, told={"side": str(side.label)})
    tell_others(placement, side, subject=_("採用の希望が取り下げられました"), reason=reason)


def tell_others(placement: Placement, side: Party, *, subject: str, reason: str) -> None:
    """The worker's reason is for the adviser; of a host or an agency everybody reads it."""
    next_step = {
        Party.WORKER: _("次の受入先を探すかどうかを、派遣元の担当者が相談します。"),
        Party.HOST: _("この求人で続けて募集するときは、派遣元の担当者に知らせてください。"),
        Party.AGENCY: _("次の受入先を探すか終結するかを、本人と決めてください。"),
    }
    for party in THREE:
        if party != side:
            words = _("理由：%(reason)s") % {"reason": reason} + "\n" if reads_reason(party, side) else ""
            tell(placement, party, subject=subject, body=words + next_step[party])


def reads_reason(party: Party, side: Party) -> bool:
    return side != Party.WORKER or party == Party.AGENCY
