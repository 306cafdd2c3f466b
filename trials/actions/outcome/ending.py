"""A trial that ends before its last day, what follows a trial without a hire, and the host's tidying up."""

from datetime import date
from typing import Any

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.guards import refuse_over_limits
from trials.actions.moving import keep, locked, quoted, refuse_out_of_turn, take
from trials.actions.telling import tell
from trials.models import ClosedWith, EndedBy, Placement, Termination
from trials.rules import HostTermination, host_termination
from trials.states import Party, PlacementState

AGREEMENT = "派遣先指針 第2の6(1); 労働者派遣法29条の2"


@transaction.atomic
def end_early(
    placement: Placement,
    *,
    side: Party,
    noticed_on: date,
    ended_on: date,
    reason: str,
    is_agreed: bool = False,
    other_work: str = "",
    pays: bool = False,
    by: Acting,
) -> Termination:
    """Recorded when the last day has come; what the host owes is reckoned from the day of its notice."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "end")
    refuse_impossible_days(placement, noticed_on=noticed_on, ended_on=ended_on, on=by.today)
    owed = host_termination(noticed_on, ended_on) if side == Party.HOST else None
    if owed:
        refuse_host_in_debt(owed, is_agreed=is_agreed, pays=pays)
    ended = Termination.objects.create(
        placement=placement,
        ended_by=EndedBy(side.value),
        noticed_on=noticed_on,
        ended_on=ended_on,
        reason=reason,
        is_agreed=is_agreed,
        other_work=other_work,
        missing_days=owed.pay_days if owed else 0,
        pays=pays,
    )
    take(placement, "end", by=by, last_on=ended_on, suspended_on=None, told={"side": str(side.label)})
    others = [party for party in (Party.WORKER, Party.HOST, Party.AGENCY) if party != side]
    body = _("最後の日は%(day)sです。") % {"day": day_words(ended_on)}
    tell(placement, *others, subject=_("トライアル就労が途中で終わりました"), body=body)
    return ended


def refuse_impossible_days(placement: Placement, *, noticed_on: date, ended_on: date, on: date) -> None:
    assert placement.started_on is not None
    assert placement.last_on is not None
    if not placement.started_on <= ended_on <= min(placement.last_on, on):
        raise Refused(
            _("最後の日は、就労を始めた%(first)sから今日までの、契約の期間の中の日付にしてください。")
            % {"first": day_words(placement.started_on)},
            field="ended_on",
        )
    if noticed_on > ended_on:
        raise Refused(_("予告した日は、最後の日より後にはなりません。"), field="noticed_on")


def refuse_host_in_debt(owed: HostTermination, *, is_agreed: bool, pays: bool) -> None:
    if not is_agreed:
        raise Refused(
            quoted(_("受入企業の都合で終えるには、派遣元の同意が要ります。先に担当者と話してください。"), AGREEMENT),
            field="is_agreed",
        )
    if owed.pay_days and not pays:
        raise Refused(quoted(owed.because, owed.source), field="pays")


@transaction.atomic
def rematch(placement: Placement, *, by: Acting) -> Placement:
    """This trial is closed and the next begins prepared, as long as trials remain and the round goes on."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "rematch")
    if by.today > placement.seeker.round.closes_on:
        raise Refused(_("募集回の受付が終わっているため、次の受入先は探せません。"))
    take(placement, "rematch", by=by, **closed(ClosedWith.REMATCH, by.today))
    following = Placement(
        seeker=placement.seeker,
        person=placement.person,
        before=placement,
        state=PlacementState.PREPARED,
        preparation=placement.preparation,
    )
    refuse_over_limits(following, first=by.today, last=by.today)
    following.save()
    record(following, "placement.register", by=by, concerns=placement.seeker.agency_id)
    tell(following, Party.WORKER, subject=_("次の受入先を探しています"), body=_("担当者が求人を提示します。"))
    return following


def closed(what: ClosedWith, on: date) -> dict[str, Any]:
    return {"closed_on": on, "closed_with": what}


@transaction.atomic
def close(placement: Placement, *, by: Acting) -> None:
    placement = locked(placement)
    ends = {PlacementState.RETAINED_6M: ClosedWith.SUCCESS, PlacementState.LEFT_EARLY: ClosedWith.LEFT}
    what = ends.get(PlacementState(placement.state), ClosedWith.NO_CONVERSION)
    take(placement, "close", by=by, **closed(what, by.today))


@transaction.atomic
def turn_to_dispatch(placement: Placement, *, by: Acting) -> None:
    """After the host's no the person goes on by an ordinary contract of dispatch, outside the programme."""
    take(locked(placement), "dispatch", by=by, **closed(ClosedWith.DISPATCH, by.today))


@transaction.atomic
def withdraw(placement: Placement, *, by: Acting) -> None:
    take(locked(placement), "withdraw", by=by, **closed(ClosedWith.WITHDRAWN, by.today))


@transaction.atomic
def clear_up(placement: Placement, *, by: Acting) -> None:
    """The host says that accounts, mailboxes and keys of the trial are put away; a second click changes nothing."""
    placement = locked(placement)
    if placement.last_on is None or by.today < placement.last_on:
        raise Refused(_("片付けは、最後の日になってから記録してください。"))
    if placement.cleared_on is None:
        keep(placement, cleared_on=by.today)
        record(placement, "placement.clear_up", by=by, concerns=placement.seeker.agency_id)
