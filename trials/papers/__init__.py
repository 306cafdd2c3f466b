"""The texts the parties sign: 個別契約 between host and agency, and what the worker is told before the start."""

from django.utils.translation import gettext_lazy

from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import Placement, TrialTerms

CONTRACT, NOTICE = "trials.contract", "trials.notice"
TITLES = {CONTRACT: gettext_lazy("労働者派遣個別契約書"), NOTICE: gettext_lazy("労働条件通知書 兼 就業条件明示書")}


def shared_lines(placement: Placement, terms: TrialTerms) -> list[tuple[str, str]]:
    posting = placement.posting
    assert posting is not None
    return [
        (_("事業"), placement.seeker.round.title),
        (_("派遣の種類"), _("紹介予定派遣") if placement.may_be_interviewed else _("労働者派遣")),
        (_("期間"), f"{day_words(terms.starts_on)}〜{day_words(terms.last_on)}"),
        (_("仕事の内容"), posting.work),
        (_("仕事の変更の範囲"), posting.work_range),
        (_("就業の場所"), f"{posting.establishment} {posting.place}"),
        (_("場所の変更の範囲"), posting.place_range),
        (_("就業時間"), posting.hours),
        (_("休憩"), posting.breaks),
        (_("休日"), posting.days_off),
        (_("時間外労働"), posting.overtime),
        (_("抵触日（事業所）"), day_words(placement.bar_on) if placement.bar_on else _("なし")),
    ]


def planned_lines(placement: Placement) -> list[tuple[str, str]]:
    """派遣法26条1項9号; 施行規則22条の2: what 紹介予定派遣 says of the job after it."""
    posting = placement.posting
    assert posting is not None
    if not placement.may_be_interviewed:
        return []
    return [
        (_("採用後に予定する仕事"), posting.planned_work),
        (_("採用後に予定する賃金"), posting.planned_pay),
        (_("採用後の雇用"), _("期間の定めなし・試用期間なし")),
        (_("採用しないとき"), _("受入企業は、求めがあれば理由を書面で示します。")),
    ]


def contract_text(placement: Placement, terms: TrialTerms) -> str:
    """Without the worker's name: it is told when they are sent (派遣法35条)."""
    lines = [
        (_("派遣先"), str(placement.host)),
        (_("派遣元"), str(placement.agency)),
        (_("人数"), _("1人")),
        *shared_lines(placement, terms),
        *planned_lines(placement),
        (
            _("中途の解除"),
            _(
                "派遣先の都合によるときは、派遣先指針 第2の6により、前もって予告するか、足りない日数分以上の賃金に相当する額を賠償します。"
            ),
        ),
    ]
    return written(lines)


def notice_text(placement: Placement, terms: TrialTerms) -> str:
    posting = placement.posting
    assert posting is not None
    insured = (
        _("%(day)sから") % {"day": day_words(terms.insured_from)} if terms.insured_from else _("この期間は適用除外")
    )
    lines = [
        (_("労働者"), placement.person.full_name),
        (_("派遣元"), str(placement.agency)),
        (_("派遣先"), str(placement.host)),
        *shared_lines(placement, terms),
        (_("賃金"), _("時給%(yen)s円") % {"yen": f"{terms.hourly_yen:,}"}),
        (_("更新"), posting.renewal),
        (_("健康保険・厚生年金"), insured),
        *planned_lines(placement),
    ]
    return written(lines)


def written(lines: list[tuple[str, str]]) -> str:
    return "\n".join(f"{label}：{value}" for label, value in lines)
