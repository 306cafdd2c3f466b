"""Papers at the end: what both sides wished, a no with its reason, the job offered, and whether it lasted."""

from datetime import date

from django.utils import timezone

from firms.words.days import day_words
from firms.words.japanese import jdatetime
from firms.words.saying import said as _
from trials.models import Offer, Placement, RetentionCheck
from trials.papers.sheets import UNTOLD, lines, party_of, sheet, table, term_of
from trials.queries.outcome import host_no_of
from trials.shapes import SheetFacts


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


def wishes(placement: Placement, on: date) -> SheetFacts:
    """Printed when both are in, and without the words that are for the adviser alone."""
    assert placement.host is not None
    rows = [
        [
            one.get_side_display(),
            _("採用を希望する") if one.is_yes else _("採用を希望しない"),
            one.reason or _("なし"),
            jdatetime(one.answered_at),
        ]
        for one in placement.intents.all()
    ]
    return sheet(
        _("意向確認書"),
        to=party_of(placement.agency),
        sender=f"{placement.person.full_name}\n{placement.host.name}",
        on=on,
        law="労働者派遣法施行規則22条の2; 派遣先指針 第2の18",
        lead=_("双方の回答がそろったため、次のとおり確認します。"),
        sections=[
            lines(_("対象"), [(_("派遣労働者"), placement.person.full_name), (_("派遣の期間"), term_of(placement))]),
            table(_("双方の意向"), (_("回答した側"), _("意向"), _("理由"), _("回答日時")), rows),
        ],
    )


def offer_letter(placement: Placement, on: date) -> SheetFacts:
    offered = Offer.objects.get(placement=placement)
    assert placement.host is not None
    return sheet(
        _("内定通知書"),
        to=_("%(name)s 様") % {"name": placement.person.full_name},
        sender=party_of(placement.host),
        on=timezone.localdate(offered.offered_at),
        law="労働基準法15条; 労働契約法4条",
        lead=_("トライアル就労の結果、次のとおり、期間の定めのない雇用で採用することを通知します。"),
        sections=[
            lines(
                _("採用の内容"),
                [
                    (_("雇入れの日"), day_words(offered.hire_on)),
                    (_("業務の内容"), offered.work),
                    (_("賃金"), offered.pay),
                    (_("求人で予定していた条件"), f"{offered.planned_work}・{offered.planned_pay}"),
                    (_("予定と違う理由"), offered.difference_reason or _("違いはない")),
                ],
            )
        ],
        notes=[_("くわしい条件は労働条件通知書のとおりです。")],
    )


def retention_sheet(placement: Placement, on: date) -> SheetFacts:
    """Both answers beside each other, for the adviser who asked; who has not answered is not known."""
    rows = [
        [
            _("%(n)sか月（%(day)s）") % {"n": one.months, "day": day_words(one.due_on)},
            one.get_side_display(),
            answer_of(one),
            jdatetime(one.answered_at) if one.answered_at else "",
        ]
        for one in placement.checks.all()
    ]
    return sheet(
        _("定着確認票"),
        to=_("（派遣元に備え付け）"),
        sender=party_of(placement.agency),
        on=on,
        law="職業安定法32条の16",
        sections=[
            lines(
                _("対象"),
                [
                    (_("氏名"), placement.person.full_name),
                    (_("受入企業"), str(placement.host)),
                    (_("雇入れの日"), day_words(placement.hired_on) if placement.hired_on else UNTOLD),
                ],
            ),
            table(_("在籍の確認"), (_("時期"), _("回答した側"), _("回答"), _("回答日時")), rows),
        ],
    )


def answer_of(one: RetentionCheck) -> str:
    if one.is_employed is None:
        return _("わからない（回答なし）")
    if one.is_employed:
        return _("在籍している")
    left = day_words(one.left_on) if one.left_on else ""
    return _("離職した（%(day)s・%(why)s）") % {"day": left, "why": one.get_left_because_display()}
