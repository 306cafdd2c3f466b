"""Every paper of a trial: who may have it, whether there is anything to print, and what it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.models import DocumentVersion, Signature
from firms.queries.signing import requests_of
from firms.words.days import day_words
from firms.words.japanese import jdatetime
from trials.models import EndedBy, Offer, Placement, Termination
from trials.papers import CONTRACT, NOTICE
from trials.papers.accidents import agency_report, host_report, reported
from trials.papers.endings import early_end, end_notice
from trials.papers.ledgers import agency_ledger, host_ledger, insurance_of, officer_of
from trials.papers.pay import pay_information
from trials.papers.sheets import UNTOLD, lines, party_of, sheet, term_of
from trials.papers.teaching import evaluation_sheet, safety_record
from trials.queries.outcome import host_no_of
from trials.queries.records import notes_of
from trials.rules import is_elder
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


def bar_notice(placement: Placement, on: date) -> SheetFacts:
    host, posting = placement.host, placement.posting
    assert host is not None
    assert posting is not None
    assert placement.bar_on is not None
    assert placement.bar_told_on is not None
    return sheet(
        _("事業所単位の期間制限に抵触する日の通知書"),
        to=party_of(placement.agency),
        sender=party_of(host),
        on=placement.bar_told_on,
        law="労働者派遣法26条4項・40条の2",
        lead=_("労働者派遣契約を結ぶにあたり、事業所単位の期間制限に抵触することとなる最初の日を通知します。"),
        sections=[
            lines(
                _("通知する事項"),
                [
                    (_("事業所"), f"{posting.establishment} {posting.establishment.address}".strip()),
                    (_("抵触日"), day_words(placement.bar_on)),
                    (
                        _("待遇情報の提供"),
                        _("比較対象労働者の待遇等に関する情報を%(day)sに提供しました。")
                        % {"day": day_words(placement.pay_told_on)}
                        if placement.pay_told_on
                        else UNTOLD,
                    ),
                ],
            )
        ],
        notes=[_("抵触日が延びたときは、すみやかに改めて通知します。")],
    )


def host_notice(placement: Placement, on: date) -> SheetFacts:
    """派遣法35条: whom the agency sends, told before the start."""
    noted = notes_of(placement)
    assert placement.host is not None
    assert placement.starts_on is not None
    age = placement.seeker.age_on(placement.starts_on)
    over, under = _("60歳以上"), _("60歳未満")
    return sheet(
        _("派遣先通知書"),
        to=party_of(placement.host),
        sender=party_of(placement.agency),
        on=on,
        law="労働者派遣法35条; 同法施行規則27条の2・28条",
        lead=_("労働者派遣契約に基づき派遣する労働者について、次のとおり通知します。"),
        sections=[
            lines(
                _("派遣労働者"),
                [
                    (_("氏名"), placement.person.full_name),
                    (_("協定対象か否か"), noted.agency.get_agreement_kind_display() if noted.agency else UNTOLD),
                    (_("無期雇用か有期雇用か"), noted.agency.get_term_kind_display() if noted.agency else UNTOLD),
                    (_("60歳以上か否か"), over if is_elder(age, on=placement.starts_on) else under),
                    (_("派遣の期間"), term_of(placement)),
                    (_("社会保険・雇用保険"), insurance_of(placement)),
                    (_("派遣元責任者"), officer_of(noted.agency)),
                ],
            )
        ],
    )


def no_hire_reason(placement: Placement, on: date) -> SheetFacts:
    """派遣先指針 第2の18(4): the host's reason, to the agency."""
    assert placement.host is not None
    return sheet(
        _("職業紹介を希望しない理由の通知書"),
        to=party_of(placement.agency),
        sender=party_of(placement.host),
        on=on,
        law="労働者派遣法施行規則22条の2; 派遣先指針 第2の18(4)",
        lead=_("紹介予定派遣の派遣労働者について職業紹介を受けることを希望しないため、その理由を明らかにします。"),
        sections=[lines(_("理由"), reason_lines(placement))],
    )


def no_hire_letter(placement: Placement, on: date) -> SheetFacts:
    """派遣元指針 第2の13(3): the same reason, on the worker's request, from the agency in writing."""
    return sheet(
        _("職業紹介を受けなかった理由の明示書"),
        to=_("%(name)s 様") % {"name": placement.person.full_name},
        sender=party_of(placement.agency),
        on=on,
        law="派遣元指針 第2の13(3)",
        lead=_(
            "お求めにより、派遣先が職業紹介を受けることを希望しなかった理由を、派遣先から示されたとおりお知らせします。"
        ),
        sections=[lines(_("理由"), reason_lines(placement))],
    )


def reason_lines(placement: Placement) -> list[tuple[str, str]]:
    assert placement.host is not None
    return [
        (_("派遣労働者"), placement.person.full_name),
        (_("派遣先"), placement.host.name),
        (_("派遣の期間"), term_of(placement)),
        (_("理由"), host_no_of(placement)),
    ]


def host_said_no(placement: Placement) -> bool:
    return bool(host_no_of(placement))


def employment_notice(placement: Placement, on: date) -> SheetFacts:
    """労基法15条 and 施行規則5条: of the permanent job, with 期間の定めなし in so many words."""
    offered, posting = Offer.objects.select_related("pattern").get(placement=placement), placement.posting
    assert posting is not None
    assert placement.host is not None
    probation = _("%(n)sか月") % {"n": offered.probation_months} if offered.probation_months else _("なし")
    return sheet(
        _("労働条件通知書"),
        to=_("%(name)s 様") % {"name": placement.person.full_name},
        sender=party_of(placement.host),
        on=timezone.localdate(offered.offered_at),
        law="労働基準法15条; 同法施行規則5条",
        sections=[
            lines(
                _("労働条件"),
                [
                    (_("契約期間"), _("期間の定めなし")),
                    (_("雇入れの日"), day_words(offered.hire_on)),
                    (_("試用期間"), probation),
                    (_("業務の内容"), offered.work),
                    (_("業務の変更の範囲"), posting.work_range),
                    (_("就業の場所"), f"{posting.establishment} {posting.place}"),
                    (_("場所の変更の範囲"), posting.place_range),
                    (_("始業・終業の時刻"), str(offered.pattern) if offered.pattern else posting.hours),
                    (_("休憩"), posting.breaks),
                    (_("休日"), posting.days_off),
                    (_("時間外労働"), posting.overtime),
                    (_("賃金"), offered.pay),
                    (_("加入する保険"), posting.insurance),
                    (_("退職・解雇"), UNTOLD),
                    (_("相談窓口"), UNTOLD),
                ],
            ),
            lines(
                _("承諾"),
                [(_("本人が承諾した日時"), jdatetime(offered.accepted_at) if offered.accepted_at else UNTOLD)],
            ),
        ],
    )


KINDS: dict[str, Kind] = {
    "bar_notice": Kind(
        gettext_lazy("抵触日の通知書"), (H, A), lambda p: p.bar_told_on is not None, bar_notice, takers=(A,)
    ),
    "pay_information": Kind(
        gettext_lazy("待遇情報の提供書"), (H, A), lambda p: p.pay_information.exists(), pay_information, takers=(A,)
    ),
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
    "evaluation": Kind(
        gettext_lazy("評価シート"), (H, A, W), lambda p: p.evaluations.exists(), evaluation_sheet, takers=(W,)
    ),
    "host_report": Kind(gettext_lazy("死傷病報告（派遣先）"), (H,), lambda p: bool(reported(p)), host_report),
    "agency_report": Kind(gettext_lazy("死傷病報告（派遣元）"), (A,), lambda p: bool(reported(p)), agency_report),
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
    "employment": Kind(
        gettext_lazy("労働条件通知書（採用）"),
        (H, W),
        lambda p: Offer.objects.filter(placement=p).exists(),
        employment_notice,
        takers=(W,),
    ),
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
