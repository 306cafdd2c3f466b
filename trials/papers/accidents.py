"""労働者死傷病報告: what goes into the electronic form, side by side with its items; each side files its own."""

from datetime import date

from django.utils import timezone

from firms.words.days import day_words
from firms.words.japanese import jdatetime
from firms.words.saying import said as _
from trials.models import Accident, AccidentDetail, Placement
from trials.papers.sheets import UNTOLD, Row, lines, party_of, sheet
from trials.queries.records import AccidentShown, shown
from trials.rules import electronic_filing
from trials.shapes import SectionFacts, SheetFacts
from trials.states import Party

LAW = "労働安全衛生規則97条; 労働者派遣法施行規則42条"


def reported(placement: Placement) -> list[AccidentShown]:
    """Those a report is due for, as they stand by now."""
    found = [shown(one) for one in placement.accidents.prefetch_related("steps").order_by("happened_at")]
    return [one for one in found if one.report.required]


def host_report(placement: Placement, on: date) -> SheetFacts:
    return report(placement, on, side=Party.HOST)


def agency_report(placement: Placement, on: date) -> SheetFacts:
    return report(placement, on, side=Party.AGENCY)


def report(placement: Placement, on: date, *, side: Party) -> SheetFacts:
    assert placement.host is not None
    own = placement.host if side == Party.HOST else placement.agency
    return sheet(
        _("労働者死傷病報告（電子申請への転記用）"),
        to=_("所轄の労働基準監督署長"),
        sender=party_of(own),
        on=on,
        law=LAW,
        lead=_("派遣先と派遣元が、それぞれ電子申請で報告します。画面の項目に、次の内容を写してください。"),
        sections=[section for one in reported(placement) for section in sections_of(one, placement, side)],
        notes=[
            _("空欄の項目は、電子申請の画面で入力してください。性別、国籍・在留資格はTakumiでは預かりません。"),
            _("派遣先は、提出した報告の写しを遅滞なく派遣元に送ります（施行規則42条）。"),
        ],
    )


def sections_of(one: AccidentShown, placement: Placement, side: Party) -> list[SectionFacts]:
    accident = one.accident
    detail = accident.details.filter(side=side).order_by("number").last()
    day = day_words(timezone.localdate(accident.happened_at))
    return [
        lines(_("事業場（%(day)sの災害）") % {"day": day}, workplace_lines(placement, side, detail)),
        lines(_("被災した労働者"), injured_lines(accident, placement, one.days_off, detail)),
        lines(_("災害の発生状況"), how_lines(accident, detail)),
        lines(_("提出"), filing_lines(one)),
    ]


def workplace_lines(placement: Placement, side: Party, detail: AccidentDetail | None) -> list[Row]:
    assert placement.posting is not None
    assert placement.host is not None
    place = placement.posting.establishment
    own = f"{place} {place.address}".strip() if side == Party.HOST else party_of(placement.agency)
    return [
        (_("労働保険番号"), detail.insurance_number if detail else UNTOLD),
        (_("事業の種類"), detail.trade if detail else UNTOLD),
        (_("事業場の名称・所在地"), own),
        (_("労働者数"), _("%(n)s人") % {"n": detail.employees} if detail else UNTOLD),
        (_("派遣先の事業場"), str(place)),
        (_("派遣元の事業場"), placement.agency.name),
        (_("提出する側"), str(side.label)),
    ]


def injured_lines(accident: Accident, placement: Placement, days_off: int, detail: AccidentDetail | None) -> list[Row]:
    return [
        (_("氏名"), placement.person.full_name),
        (_("生年月日"), day_words(placement.seeker.born_on)),
        (_("職種"), detail.occupation if detail else UNTOLD),
        (_("経験の期間"), _("%(n)sか月") % {"n": detail.months_of_practice} if detail else UNTOLD),
        (_("傷病名・傷病の部位"), accident.injury),
        (_("休業の見込み"), _("%(n)s日") % {"n": days_off}),
    ]


def how_lines(accident: Accident, detail: AccidentDetail | None) -> list[Row]:
    """Since 2025 the form asks five things apart; the story as it was told stands below."""
    return [
        (_("発生日時"), jdatetime(accident.happened_at)),
        (_("①どのような場所で"), accident.place),
        (_("②どのような作業をしているときに"), detail.doing if detail else UNTOLD),
        (_("③どのような物や環境に"), detail.thing if detail else UNTOLD),
        (_("④どのような不安全・有害な状態があって"), detail.danger if detail else UNTOLD),
        (_("⑤どのような災害が起きたか"), detail.result if detail else UNTOLD),
        (_("聞き取った状況"), accident.story),
    ]


def filing_lines(one: AccidentShown) -> list[Row]:
    until = (
        _("遅滞なく") if one.is_at_once else _("%(day)sまで") % {"day": day_words(one.due_on)} if one.due_on else UNTOLD
    )
    how = electronic_filing(timezone.localdate(one.accident.happened_at))
    return [
        (_("期限"), until),
        (_("理由"), one.report.because),
        (_("提出の方法"), _("電子申請（%(source)s）") % {"source": how} if how else UNTOLD),
    ]
