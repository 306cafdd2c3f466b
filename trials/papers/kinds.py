"""Every paper of a trial: who may have it, whether there is anything to print, and what it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from firms.models import DocumentVersion, Signature
from firms.queries.signing import requests_of
from firms.words.japanese import jdatetime
from firms.words.saying import said as _
from trials.models import EndedBy, Offer, Placement, Termination
from trials.models.agreement import TWO_SIDES
from trials.papers import CONTRACT, NOTICE
from trials.papers.accidents import agency_report, host_report, reported
from trials.papers.calls import call_sheet
from trials.papers.claims import claim_sheet
from trials.papers.contract import application, bar_notice, host_notice, pay_explained, posting_sheet, viewing_record
from trials.papers.endings import early_end, end_notice
from trials.papers.hiring import (
    employment_notice,
    no_hire_letter,
    no_hire_reason,
    offer_letter,
    retention_sheet,
    wishes,
)
from trials.papers.ledgers import agency_ledger, complaint_sheet, host_ledger, timesheet
from trials.papers.pay import pay_information
from trials.papers.sheets import lines, party_of, sheet
from trials.papers.teaching import evaluation_sheet, safety_record
from trials.queries.outcome import host_no_of
from trials.shapes import SheetFacts
from trials.states import BEFORE_CONTRACT, Party

W, H, A = Party.WORKER, Party.HOST, Party.AGENCY


@dataclass(frozen=True)
class Kind:
    """`sides` may print it, and read what was printed; it `stands` once the facts for it are there; `takers` say they have it."""

    label: str | Promise
    sides: tuple[Party, ...]
    stands: Callable[[Placement], bool]
    made: Callable[[Placement, date], SheetFacts]
    takers: tuple[Party, ...] = ()


def made_of(kind: "Kind", placement: Placement, on: date) -> SheetFacts:
    """A paper is Japanese, whatever language its reader chose."""
    with translation.override("ja"):
        return kind.made(placement, on)


def is_contracted(placement: Placement) -> bool:
    return placement.starts_on is not None and placement.state not in BEFORE_CONTRACT


def is_begun(placement: Placement) -> bool:
    return placement.started_on is not None


def host_said_no(placement: Placement) -> bool:
    return bool(host_no_of(placement))


def is_wished_by_both(placement: Placement) -> bool:
    """Only when both are in: before, nobody may read either."""
    return placement.intents.count() == len(TWO_SIDES)


def is_offered(placement: Placement) -> bool:
    return Offer.objects.filter(placement=placement).exists()


def was_seen(placement: Placement) -> bool:
    return placement.proposals.filter(viewings__isnull=False).exists()


KINDS: dict[str, Kind] = {
    "application": Kind(gettext_lazy("求職申込・同意書"), (A, W), lambda p: True, application),
    "posting_sheet": Kind(gettext_lazy("求人票"), (H, A, W), lambda p: p.posting is not None, posting_sheet),
    "viewing": Kind(gettext_lazy("職場見学・面接の記録"), (A,), was_seen, viewing_record),
    "bar_notice": Kind(
        gettext_lazy("抵触日の通知書"), (H, A), lambda p: p.bar_told_on is not None, bar_notice, takers=(A,)
    ),
    "pay_information": Kind(
        gettext_lazy("待遇情報の提供書"), (H, A), lambda p: p.pay_information.exists(), pay_information, takers=(A,)
    ),
    "pay_explained": Kind(gettext_lazy("待遇に関する事項の明示書"), (A, W), is_contracted, pay_explained, takers=(W,)),
    "host_notice": Kind(gettext_lazy("派遣先通知書"), (A, H), is_contracted, host_notice, takers=(H,)),
    "safety": Kind(
        gettext_lazy("安全衛生教育の記録"),
        (H, A, W),
        lambda p: p.safety_teachings.exists(),
        safety_record,
        takers=(W,),
    ),
    "host_ledger": Kind(gettext_lazy("派遣先管理台帳"), (H,), is_begun, host_ledger),
    "agency_ledger": Kind(gettext_lazy("派遣元管理台帳"), (A,), is_begun, agency_ledger),
    "timesheet": Kind(gettext_lazy("タイムシート"), (W, H, A), is_begun, timesheet),
    "complaints": Kind(gettext_lazy("苦情処理票"), (H, A), lambda p: p.complaints.exists(), complaint_sheet),
    "evaluation": Kind(
        gettext_lazy("評価シート"), (H, A, W), lambda p: p.evaluations.exists(), evaluation_sheet, takers=(W,)
    ),
    "host_calls": Kind(gettext_lazy("巡回記録"), (A,), lambda p: p.calls.exists(), call_sheet),
    "host_report": Kind(gettext_lazy("死傷病報告（派遣先）"), (H,), lambda p: bool(reported(p)), host_report),
    "agency_report": Kind(gettext_lazy("死傷病報告（派遣元）"), (A,), lambda p: bool(reported(p)), agency_report),
    "injury_claim": Kind(
        gettext_lazy("労災の請求書（療養の給付）"), (W, A, H), lambda p: p.accidents.exists(), claim_sheet, takers=(W,)
    ),
    "wishes": Kind(gettext_lazy("意向確認書"), (W, H, A), is_wished_by_both, wishes),
    "no_hire_reason": Kind(
        gettext_lazy("職業紹介を希望しない理由の通知書"), (H, A), host_said_no, no_hire_reason, takers=(A,)
    ),
    "no_hire_letter": Kind(gettext_lazy("理由の明示書（本人あて）"), (A, W), host_said_no, no_hire_letter, takers=(W,)),
    "early_end": Kind(
        gettext_lazy("中途解除の通知書"),
        (H, A),
        lambda p: Termination.objects.filter(placement=p, ended_by=EndedBy.HOST).exists(),
        early_end,
        takers=(A,),
    ),
    "end_notice": Kind(
        gettext_lazy("解雇・雇止めの予告通知書"), (A, W), lambda p: p.end_notices.exists(), end_notice, takers=(W,)
    ),
    "offer_letter": Kind(gettext_lazy("内定通知書"), (H, W), is_offered, offer_letter, takers=(W,)),
    "employment": Kind(
        gettext_lazy("労働条件通知書（採用）"),
        (H, W),
        is_offered,
        employment_notice,
        takers=(W,),
    ),
    "retention": Kind(gettext_lazy("定着確認票"), (A,), lambda p: p.checks.exists(), retention_sheet),
}

# Texts that were frozen and signed, and whom they bind: the worker's wage is no matter of the host's.
SIGNED = {CONTRACT: (H, A), NOTICE: (A, W)}
LAWS = {CONTRACT: "労働者派遣法26条", NOTICE: "労働基準法15条; 労働者派遣法34条"}


def signed_facts(version: DocumentVersion, placement: Placement) -> SheetFacts:
    """The frozen text line by line, its hash, and each side's signature under it."""
    with translation.override("ja"):
        told = [(label, value) for label, mark, value in parts_of(version.text) if mark]
        signed = [
            (f"{one.side.role_label} {one.side.party}", signature_words(one.standing)) for one in requests_of(version)
        ]
        return sheet(
            version.document.title,
            to=party_of(placement.host)
            if version.document.kind == CONTRACT and placement.host
            else _("%(name)s 様") % {"name": placement.person.full_name},
            sender=party_of(placement.agency),
            on=timezone.localdate(version.frozen_at),
            law=LAWS[version.document.kind],
            sections=[lines("", told), lines(_("署名"), [*signed, (_("署名した文面のハッシュ値"), version.sha256)])],
            notes=[_("この紙は、署名された文面をそのまま印刷したものです。")],
        )


def signature_words(signature: Signature | None) -> str:
    if signature is None:
        return _("未署名")
    who = " ".join(part for part in (signature.position, signature.name) if part)
    return f"{who}　{jdatetime(signature.signed_at)}"


def parts_of(text: str) -> list[tuple[str, str, str]]:
    return [line.partition("：") for line in text.splitlines()]
