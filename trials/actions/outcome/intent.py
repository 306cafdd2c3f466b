"""Asking both sides whether they want the permanent job, neither knowing the other's word before both are in."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import keep, locked, quoted, refuse_out_of_turn, take
from trials.actions.telling import tell, tell_ward
from trials.models import Intent, Placement, PrivateWords
from trials.queries.outcome import days_of_intent
from trials.states import Party, PlacementState

SIDES = (Party.WORKER, Party.HOST)
REASONS = "労働者派遣法施行規則22条の2; 派遣先指針 第2の18"


@transaction.atomic
def open_intent(placement: Placement, *, on: date) -> None:
    """By the sweep, from the day on; a night that was missed loses nothing."""
    placement = locked(placement)
    dates = days_of_intent(placement)
    if placement.state != PlacementState.ACTIVE or dates is None or on < dates.opens:
        return
    take(placement, "open_intent", by=None, intent_opened_on=on)
    tell(
        placement,
        *SIDES,
        subject=_("意向確認が始まりました"),
        body=_(
            "正社員としての採用を希望するか、%(due)sまでに答えてください。相手には、双方の回答がそろうまで見えません。"
        )
        % {"due": day_words(dates.due)},
    )


@transaction.atomic
def answer(placement: Placement, *, side: Party, is_yes: bool, reason: str = "", words: str = "", by: Acting) -> None:
    """Locked once given. The journal keeps that a side has answered, and what only when both have."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "answer")
    if placement.intents.filter(side=side).exists():
        raise Refused(_("意向はすでに回答しています。回答は変えられません。"))
    if side == Party.HOST and not is_yes and not reason:
        raise Refused(quoted(_("採用を希望しないときは、理由を入力してください。"), REASONS), field="reason")
    Intent.objects.create(placement=placement, side=side, is_yes=is_yes, reason=reason if side == Party.HOST else "")
    if side == Party.WORKER and words:
        PrivateWords.objects.create(placement=placement, words=words)
    take(placement, "answer", by=by, told={"side": str(side.label)})
    decide(placement, by=by)


def decide(placement: Placement, *, by: Acting) -> None:
    """When both are in: the worker's no before the host's, since nobody is hired against their will."""
    said = dict(placement.intents.values_list("side", "is_yes"))
    if len(said) < len(SIDES):
        return
    code = "worker_no" if not said[Party.WORKER] else "host_no" if not said[Party.HOST] else "both_yes"
    take(placement, code, by=by)
    bodies = {
        "both_yes": _("双方が採用を希望しました。受入企業は採用条件を明示してください。"),
        "worker_no": _("本人は採用を希望しませんでした。"),
        "host_no": _("受入企業は採用を希望しませんでした。"),
    }
    tell(placement, *SIDES, Party.AGENCY, subject=_("双方の意向がそろいました"), body=bodies[code])


@transaction.atomic
def pursue_intent(placement: Placement, *, on: date) -> None:
    """Silence past the day is reminded once, then goes to the adviser and the ward."""
    placement = locked(placement)
    dates = days_of_intent(placement)
    if placement.state != PlacementState.INTENT_OPEN or dates is None:
        return
    answered = set(placement.intents.values_list("side", flat=True))
    silent = [side for side in SIDES if side not in answered]
    if on > dates.due and placement.intent_reminded_at is None:
        tell(placement, *silent, subject=_("意向の回答をお願いします"), body=_("回答の期限を過ぎています。"))
        keep(placement, intent_reminded_at=timezone.now())
    if on >= dates.escalates and placement.intent_escalated_at is None:
        subject = _("意向の回答がありません")
        tell(placement, Party.AGENCY, subject=subject, body=_("終了が近づいています。電話で確かめてください。"))
        tell_ward(placement, subject=subject, body=_("この募集回に、意向の回答のないトライアルがあります。"))
        keep(placement, intent_escalated_at=timezone.now())
