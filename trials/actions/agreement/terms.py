"""The terms of a trial: the host's two notices, the contract drafted, signed by three sides, and extended."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.documents import Content, SideOf, freeze
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.models import Document
from firms.queries.signing import current_version, is_signed
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.guards import (
    lock_person,
    refuse_daily_work,
    refuse_former_employer,
    refuse_low_wage,
    refuse_over_limits,
    refuse_overlap,
    refuse_unlicensed,
    refuse_without_consent,
)
from trials.actions.moving import keep, locked, quoted, refuse_out_of_turn, take
from trials.actions.telling import tell
from trials.actions.working.papers import write_pay
from trials.models import Placement, TrialTerms
from trials.papers import CONTRACT, NOTICE, TITLES, contract_text, notice_text
from trials.rules import social_insurance
from trials.states import AT_WORK, SIGNING, Party, PlacementState

BAR_NOTICE = "労働者派遣法26条4項（抵触日）・7項（待遇情報）"


@transaction.atomic
def notify_agency(placement: Placement, *, bar_on: date, pay: dict[str, Any], by: Acting) -> None:
    """抵触日の通知 and 比較対象労働者の待遇情報 with its items (`pay`: those of `PayInformation`), both of today."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "notify")
    if bar_on <= by.today:
        raise Refused(_("抵触日は明日以後の日付にしてください。過ぎているときは受け入れられません。"), field="bar_on")
    write_pay(placement, pay, by=by)
    take(placement, "notify", by=by, bar_on=bar_on, bar_told_on=by.today, pay_told_on=by.today)
    tell(
        placement,
        Party.AGENCY,
        subject=_("抵触日と待遇情報の通知が届きました"),
        body=_("個別契約の条件を定めてください。"),
    )


@transaction.atomic
def draft(
    placement: Placement,
    *,
    starts_on: date,
    last_on: date,
    hourly_yen: int,
    exception: str,
    may_be_renewed: bool,
    by: Acting,
) -> TrialTerms:
    """The contract and the worker's paper frozen; it holds once host, agency and worker have signed."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "draft")
    if placement.bar_told_on is None:
        raise Refused(quoted(_("受入企業からの抵触日の通知と待遇情報を受け取るまで、契約は結べません。"), BAR_NOTICE))
    if starts_on < by.today or last_on < starts_on:
        raise Refused(_("最初の日は今日以後、最後の日は最初の日以後にしてください。"), field="starts_on")
    refuse_without_consent(placement.seeker)
    refuse_daily_work(first=starts_on, last=last_on, exception=exception)
    refuse_unfit_days(placement, first=starts_on, last=last_on)
    assert placement.posting is not None
    refuse_low_wage(placement.posting, hourly_yen=hourly_yen, on=starts_on)
    take(placement, "draft", by=by)
    terms = write(
        placement,
        starts_on=starts_on,
        last_on=last_on,
        hourly_yen=hourly_yen,
        exception=exception,
        may_be_renewed=may_be_renewed,
    )
    freeze_both(placement, terms, by=by)
    return terms


def refuse_unfit_days(placement: Placement, *, first: date, last: date) -> None:
    """What must hold when the terms are drafted and again when the last side signs."""
    assert placement.posting is not None
    lock_person(placement)
    for side in (placement.posting.establishment.organisation, placement.agency):
        refuse_deregistered(side, on=last)
    if placement.bar_on is not None and last >= placement.bar_on:
        raise Refused(
            quoted(
                _("抵触日（%(day)s）の前日までに終わるようにしてください。") % {"day": day_words(placement.bar_on)},
                "労働者派遣法40条の2・26条4項",
            ),
            field="last_on",
        )
    refuse_over_limits(placement, first=first, last=last)
    refuse_unlicensed(placement, first=first, last=last)
    refuse_former_employer(placement.seeker, placement.posting.establishment.organisation, start=first)
    refuse_overlap(placement, first=first, last=last)


def write(placement: Placement, *, may_be_renewed: bool, **told: object) -> TrialTerms:
    terms = TrialTerms(placement=placement, number=placement.terms.count() + 1, **told)
    insured = social_insurance(terms.starts_on, terms.last_on, may_be_renewed=may_be_renewed, peers_renewed=False)
    terms.insured_from = insured.insured_from
    terms.save()
    return terms


def freeze_both(placement: Placement, terms: TrialTerms, *, by: Acting) -> None:
    """A changed text is asked again of those whose terms it changes; a document whose text stays is not asked again."""
    host, agency, person = placement.host, placement.agency, placement.person
    assert host is not None
    sides = [
        SideOf("host", _("派遣先"), host.name, organisation=host),
        SideOf("agency", _("派遣元"), agency.name, organisation=agency),
    ]
    worker = [SideOf("worker", _("本人"), person.full_name, person=person)]
    for kind, text, asked in (
        (CONTRACT, contract_text(placement, terms), sides),
        (NOTICE, notice_text(placement, terms), worker),
    ):
        freeze(placement, Content(text), kind=kind, title=str(TITLES[kind]), sides=asked, owner=agency, by=by)


@transaction.atomic
def extend(placement: Placement, *, last_on: date, by: Acting) -> TrialTerms:
    """A new version of both papers; the trial is longer once all three have signed, before its old last day is over."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "extend")
    assert placement.starts_on is not None
    assert placement.last_on is not None
    if last_on <= placement.last_on:
        raise Refused(
            _("新しい最後の日は、いまの最後の日（%(day)s）より後にしてください。")
            % {"day": day_words(placement.last_on)},
            field="last_on",
        )
    if by.today > placement.last_on:
        raise Refused(_("最後の日を過ぎた契約は延長できません。"), field="last_on")
    refuse_unfit_days(placement, first=placement.starts_on, last=last_on)
    before = placement.terms.latest("number")
    terms = write(
        placement,
        starts_on=placement.starts_on,
        last_on=last_on,
        hourly_yen=before.hourly_yen,
        exception=before.exception,
        may_be_renewed=True,
    )
    take(placement, "extend", by=by, told={"until": last_on.isoformat()})
    freeze_both(placement, terms, by=by)
    return terms


def refuse_what_is_over(document: Document) -> None:
    """What was sent to be signed before one side went back on it, or a trial ended, is signed no more."""
    if locked(Placement.objects.get(pk=document.subject_id)).state not in SIGNING:
        raise Refused(
            _(
                "このトライアルは取りやめになったか終わったため、署名はもう要りません。派遣元の担当者に確かめてください。"
            )
        )


@transaction.atomic
def settle(document: Document) -> None:
    """Called in the transaction of the last signature: what holds now moves the placement."""
    placement = locked(Placement.objects.get(pk=document.subject_id))
    terms = placement.terms.latest("number")
    if placement.state == PlacementState.TERMS_PENDING and has_signed(placement, CONTRACT):
        refuse_unfit_days(placement, first=terms.starts_on, last=terms.last_on)
        take(placement, "contract", by=None, starts_on=terms.starts_on, last_on=terms.last_on)
    if placement.state == PlacementState.CONTRACTED and has_signed(placement, NOTICE):
        take(placement, "acknowledge", by=None)
        tell(
            placement,
            Party.HOST,
            Party.AGENCY,
            subject=_("開始の準備が整いました"),
            body=_("三者の署名がそろいました。"),
        )
    if placement.state in AT_WORK and terms.last_on != placement.last_on:
        lengthen(placement, terms)


def has_signed(placement: Placement, kind: str) -> bool:
    version = current_version(placement, kind=kind)
    return version is not None and is_signed(version)


def lengthen(placement: Placement, terms: TrialTerms) -> None:
    if not (has_signed(placement, CONTRACT) and has_signed(placement, NOTICE)):
        return
    if placement.state == PlacementState.INTENT_OPEN:
        raise Refused(_("意向確認が始まったため、延長の署名はもう行えません。派遣元の担当者に連絡してください。"))
    if placement.last_on is not None and timezone.localdate() > placement.last_on:
        raise Refused(_("いまの最後の日を過ぎたため、延長の署名はもう行えません。"))
    refuse_unfit_days(placement, first=terms.starts_on, last=terms.last_on)
    keep(placement, last_on=terms.last_on)
    body = _("最後の日は%(day)sになりました。") % {"day": day_words(terms.last_on)}
    tell(placement, Party.WORKER, Party.HOST, Party.AGENCY, subject=_("期間を延長しました"), body=body)
