"""Whether a permanent job lasts: asked of both at one, three and six months, and what is left unknown."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.words.saying import said as _
from trials.actions.moving import locked, refuse_out_of_turn, take
from trials.actions.telling import tell
from trials.models import Placement, RetentionCheck
from trials.rules import standard_number
from trials.states import RETENTION, Party, PlacementState

S = PlacementState
# The state, the event that comes with the day, and the months after the hire.
POINTS = ((S.CONVERTED, "due_1", 1), (S.RETENTION_1, "due_3", 3), (S.RETENTION_3, "due_6", 6))
LAST_POINT = 6
SIDES = (Party.WORKER, Party.HOST)


@transaction.atomic
def advance(placement: Placement, *, on: date) -> None:
    """To every point whose day has come; nobody who has left is asked on."""
    placement = locked(placement)
    for state, code, months in POINTS:
        due = placement.checks.filter(months=months, due_on__lte=on)
        if placement.state == state and due.exists() and not has_left(placement):
            take(placement, code, by=None)
            body = _("雇入れから%(months)sか月です。在籍しているか答えてください。") % {"months": months}
            tell(placement, *SIDES, subject=_("定着の確認"), body=body)


def has_left(placement: Placement) -> bool:
    return placement.checks.filter(is_employed=False).exists()


@transaction.atomic
def answer_check(
    placement: Placement, *, side: Party, is_employed: bool, left_on: date | None, left_because: str, by: Acting
) -> None:
    """The earliest question of this side that waits. Both still there at the last point is retained."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "check")
    check = placement.checks.waiting().filter(side=side, due_on__lte=by.today).order_by("months").first()
    if check is None:
        raise Refused(_("いま答える定着の確認はありません。"))
    if not is_employed:
        refuse_impossible_leaving(placement, left_on, left_because, on=by.today)
    check.is_employed, check.answered_at = is_employed, timezone.now()
    check.left_on, check.left_because = (None, "") if is_employed else (left_on, left_because)
    check.save(update_fields=["is_employed", "answered_at", "left_on", "left_because"])
    take(placement, "check", by=by, told={"side": str(side.label)})
    if not is_employed:
        body = _("離職の回答がありました。もう一方にも確かめて、離職を記録してください。")
        return tell(placement, Party.AGENCY, subject=_("離職の回答がありました"), body=body)
    return retain(placement, by=by)


def retain(placement: Placement, *, by: Acting | None) -> None:
    last = placement.checks.filter(months=LAST_POINT, is_employed=True)
    if placement.state == S.RETENTION_6 and last.count() == len(SIDES):
        take(placement, "retain", by=by)


def refuse_impossible_leaving(placement: Placement, left_on: date | None, left_because: str, *, on: date) -> None:
    assert placement.hired_on is not None
    if left_on is None or not placement.hired_on <= left_on <= on:
        raise Refused(_("離職日は、雇入れの日から今日までの日付にしてください。"), field="left_on")
    if not left_because:
        raise Refused(_("離職の理由を選んでください。わからないときは「わからない」を選びます。"), field="left_because")


@transaction.atomic
def record_left(placement: Placement, *, left_on: date, left_because: str, by: Acting) -> None:
    """What the adviser takes to be true once both were asked."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "left")
    refuse_impossible_leaving(placement, left_on, left_because, on=by.today)
    take(placement, "left", by=by, left_on=left_on, left_because=left_because)
    tell(
        placement, Party.HOST, subject=_("離職が記録されました"), body=_("違うときは派遣元の担当者に連絡してください。")
    )


@transaction.atomic
def pursue_check(check: RetentionCheck, *, on: date) -> None:
    """Whoever has not answered within the days is reminded once, and the adviser told."""
    placement = locked(check.placement)
    check = RetentionCheck.objects.get(pk=check.pk)
    within = timedelta(days=standard_number("retention.answer_days", placement.hired_on or on))
    waits = check.answered_at is None and check.reminded_at is None and on > check.due_on + within
    if not waits or placement.state not in RETENTION:
        return
    subject = _("定着の確認への回答がありません")
    tell(placement, Party(check.side), subject=subject, body=_("在籍しているか答えてください。"))
    tell(placement, Party.AGENCY, subject=subject, body=check.get_side_display())
    check.reminded_at = timezone.now()
    check.save(update_fields=["reminded_at"])
