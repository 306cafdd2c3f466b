"""A posting put before a person and its firm: prepared, proposed, seen, answered by both, and silence."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.guards import (
    refuse_former_employer,
    refuse_low_wage,
    refuse_over_limits,
    refuse_without_consent,
)
from trials.actions.matching.learning import refuse_without_learning
from trials.actions.moving import locked, quoted, refuse_out_of_turn, take
from trials.actions.telling import tell, tell_ward
from trials.models import Answer, Placement, Posting, Proposal, Viewing, ViewingKind
from trials.rules import answer_due, standard_number
from trials.states import Party, PlacementState, PostingState

SIDES = (Party.WORKER, Party.HOST)


@transaction.atomic
def prepare(placement: Placement, *, preparation: str, by: Acting) -> None:
    """`preparation` says what was talked about; what is to be learned before the start was given already."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "prepare")
    refuse_without_learning(placement, by=by)
    take(placement, "prepare", by=by, preparation=preparation)


@transaction.atomic
def propose(placement: Placement, *, posting: Posting, by: Acting) -> Proposal:
    placement = locked(placement)
    refuse_out_of_turn(placement, "propose")
    posting = Posting.objects.select_related("establishment__organisation").get(pk=posting.pk)
    refuse_unfit(placement, posting, on=by.today)
    within = standard_number("answer.working_days", by.today)
    due = answer_due(by.today, working_days=within).due
    proposal = Proposal.objects.create(placement=placement, posting=posting, answer_by=due)
    take(placement, "propose", by=by, posting=posting)
    tell(
        placement,
        *SIDES,
        subject=_("トライアル就労の打診が届きました"),
        body=_("「%(posting)s」について、%(due)sまでに回答してください。")
        % {"posting": posting, "due": day_words(due)},
    )
    return proposal


def refuse_unfit(placement: Placement, posting: Posting, *, on: date) -> None:
    host = posting.establishment.organisation
    refuse_deregistered(host, on=on)
    if posting.state != PostingState.OPEN:
        raise Refused(_("この求人は募集中ではありません。募集中の求人を選んでください。"), field="posting")
    refuse_without_consent(placement.seeker)
    refuse_low_wage(posting, hourly_yen=posting.hourly_yen, on=on)
    refuse_former_employer(placement.seeker, host, start=on)
    refuse_over_limits(placement, first=on, last=on)


def open_proposal(placement: Placement) -> Proposal:
    return placement.proposals.get(ended_at=None)


@transaction.atomic
def record_viewing(placement: Placement, *, kind: str, held_on: date, note: str, by: Acting) -> None:
    """派遣法26条6項: under an ordinary dispatch the host meets nobody to choose among them."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "view")
    if kind == ViewingKind.INTERVIEW and not placement.may_be_interviewed:
        raise Refused(
            quoted(
                _("通常の派遣では、受入企業が派遣される人を面接で選ぶことはできません。職場見学として行ってください。"),
                "労働者派遣法26条6項; 派遣先指針 第2の3",
            ),
            field="kind",
        )
    if held_on > by.today:
        raise Refused(_("行った日を入力してください。これからの日は、終わってから記録します。"), field="held_on")
    Viewing.objects.create(proposal=open_proposal(placement), kind=kind, held_on=held_on, note=note)
    take(placement, "view", by=by)


@transaction.atomic
def agree(placement: Placement, *, side: Party, by: Acting) -> None:
    """The second yes brings both to the terms."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "agree")
    proposal = open_proposal(placement)
    if proposal.answers.filter(side=side).exists():
        return
    Answer.objects.create(proposal=proposal, side=side, is_yes=True)
    if proposal.answers.count() < len(SIDES):
        return tell(
            placement, Party.AGENCY, subject=_("打診に回答がありました"), body=_("もう一方の回答を待っています。")
        )
    close_proposal(proposal)
    take(placement, "agree", by=by)
    body = _("双方が受けました。受入企業は抵触日と待遇情報を通知してください。")
    return tell(placement, Party.HOST, Party.AGENCY, subject=_("条件の取決めに進みます"), body=body)


@transaction.atomic
def decline(placement: Placement, *, side: Party, reason: str, by: Acting) -> None:
    placement = locked(placement)
    refuse_out_of_turn(placement, "decline")
    proposal = open_proposal(placement)
    if proposal.answers.filter(side=side).exists():
        raise Refused(_("この打診にはすでに回答しています。変えるときは派遣元の担当者に連絡してください。"))
    Answer.objects.create(proposal=proposal, side=side, is_yes=False, reason=reason)
    close_proposal(proposal)
    others = [party for party in (*SIDES, Party.AGENCY) if party != side]
    tell(
        placement,
        *others,
        subject=_("打診は成立しませんでした"),
        body=_("「%(posting)s」の打診は成立しませんでした。") % {"posting": proposal.posting},
    )
    take(placement, "decline", by=by, posting=None)


def close_proposal(proposal: Proposal) -> None:
    proposal.ended_at = timezone.now()
    proposal.save(update_fields=["ended_at"])


@transaction.atomic
def pursue(proposal: Proposal, *, on: date) -> None:
    """Silence past the day is reminded once, then goes to the adviser and the ward."""
    placement = locked(proposal.placement)
    proposal = Proposal.objects.get(pk=proposal.pk)
    if placement.state != PlacementState.MATCHING or proposal.ended_at or on <= proposal.answer_by:
        return
    answered = set(proposal.answers.values_list("side", flat=True))
    silent = [side for side in SIDES if side not in answered]
    if proposal.reminded_at is None:
        tell(placement, *silent, subject=_("打診への回答をお願いします"), body=_("回答の期限を過ぎています。"))
        keep_moment(proposal, "reminded_at")
    later = answer_due(proposal.answer_by, working_days=standard_number("answer.escalates_after", on)).due
    if on >= later and proposal.escalated_at is None:
        subject = _("打診への回答がありません")
        tell(placement, Party.AGENCY, subject=subject, body=_("督促しても回答がありません。電話で確かめてください。"))
        tell_ward(placement, subject=subject, body=_("この募集回に、回答のない打診があります。"))
        keep_moment(proposal, "escalated_at")


def keep_moment(proposal: Proposal, name: str) -> None:
    setattr(proposal, name, timezone.now())
    proposal.save(update_fields=[name])
