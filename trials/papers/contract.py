"""Papers before the start: what the host tells, whom the agency sends, how the pay is explained, and what was asked and shown."""

from datetime import date

from django.utils import timezone

from firms.words.days import day_words
from firms.words.japanese import jdatetime
from firms.words.saying import said as _
from trials.consents import label_of
from trials.models import Placement
from trials.models.matching import REQUIRED_NUMBERS, REQUIRED_TEXTS
from trials.papers.ledgers import insurance_of, officer_of
from trials.papers.sheets import UNTOLD, lines, party_of, sheet, table, term_of
from trials.queries.records import notes_of
from trials.rules import is_elder
from trials.shapes import SheetFacts


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


def pay_explained(placement: Placement, on: date) -> SheetFacts:
    """派遣法31条の2第2項・3項: told before the dispatch; what nobody has written down is left to a pen."""
    noted = notes_of(placement)
    terms = placement.terms.order_by("number").last()
    return sheet(
        _("待遇に関する事項の明示書"),
        to=_("%(name)s 様") % {"name": placement.person.full_name},
        sender=party_of(placement.agency),
        on=on,
        law="労働者派遣法31条の2第2項・3項; 同法施行規則25条の16・25条の20（施行規則の条番号は未確認）",
        lead=_("派遣で働く前に、待遇と、待遇の決め方について次のとおり明示します。説明を求めることができます。"),
        sections=[
            lines(
                _("明示する事項"),
                [
                    (_("賃金"), _("時給%(yen)s円") % {"yen": f"{terms.hourly_yen:,}"} if terms else UNTOLD),
                    (_("昇給の有無"), UNTOLD),
                    (_("賞与の有無"), UNTOLD),
                    (_("退職手当の有無"), UNTOLD),
                    (_("協定対象か否か"), noted.agency.get_agreement_kind_display() if noted.agency else UNTOLD),
                    (_("社会保険・雇用保険"), insurance_of(placement)),
                    (_("苦情の申出先"), officer_of(noted.agency)),
                    (_("待遇の決め方と、均等・均衡のための措置"), UNTOLD),
                ],
            )
        ],
        notes=[_("説明を求めたことを理由に、不利益な取扱いをすることはありません（労働者派遣法31条の2第5項）。")],
    )


def application(placement: Placement, on: date) -> SheetFacts:
    """職業安定法5条の5: what was told and what was agreed to, each in the words that were read."""
    seeker = placement.seeker
    consents = [
        (
            label_of(one.recipient, one.purpose),
            "\n".join(
                [
                    one.text,
                    _("同意 %(at)s") % {"at": jdatetime(one.given_at)},
                    *([_("撤回 %(at)s") % {"at": jdatetime(one.taken_back.ended_at)}] if one.taken_back else []),
                ]
            ),
        )
        for one in seeker.consents.select_related("end")
    ]
    return sheet(
        _("求職申込・同意書"),
        to=party_of(placement.agency),
        sender=placement.person.full_name,
        on=timezone.localdate(seeker.joined_at) if seeker.joined_at else on,
        law="職業安定法5条の5・32条の15",
        sections=[
            lines(
                _("申込み"),
                [
                    (_("事業"), str(seeker.round)),
                    (_("氏名"), placement.person.full_name),
                    (_("生年月日"), day_words(seeker.born_on)),
                    (_("いまの就業状況"), seeker.get_standing_display()),
                    (_("できること"), seeker.skills),
                    (_("希望する仕事"), seeker.get_wished_field_display()),
                    (_("希望する地域"), seeker.wished_area),
                    (_("その他の希望"), seeker.wishes),
                ],
            ),
            lines(_("個人情報の取扱いへの同意"), consents),
        ],
    )


def posting_sheet(placement: Placement, on: date) -> SheetFacts:
    """Every item 職業安定法5条の3 asks for, as it stands in the posting."""
    posting = placement.posting
    assert posting is not None
    assert placement.host is not None
    names = [*REQUIRED_TEXTS, *REQUIRED_NUMBERS, "equipment", "wanted_skills"]
    rows = [(str(posting._meta.get_field(name).verbose_name), f"{getattr(posting, name)}") for name in names]  # type: ignore[union-attr]
    return sheet(
        _("求人票"),
        to=party_of(placement.agency),
        sender=party_of(placement.host),
        on=posting.opened_on or on,
        law="職業安定法5条の3; 同法施行規則4条の2",
        sections=[lines(_("事業所"), [(_("事業所"), str(posting.establishment))]), lines(_("条件"), rows)],
    )


def viewing_record(placement: Placement, on: date) -> SheetFacts:
    rows = [
        [day_words(one.held_on), one.get_kind_display(), str(proposal.posting), one.note]
        for proposal in placement.proposals.select_related("posting").prefetch_related("viewings")
        for one in proposal.viewings.all()
    ]
    return sheet(
        _("職場見学・面接の記録"),
        to=_("（派遣元に備え付け）"),
        sender=party_of(placement.agency),
        on=on,
        law="労働者派遣法26条6項; 派遣先指針 第2の3・第2の18",
        sections=[
            lines(_("対象"), [(_("氏名"), placement.person.full_name), (_("事業"), str(placement.seeker.round))]),
            table(_("見学・面接"), (_("日付"), _("種類"), _("求人"), _("内容")), rows),
        ],
    )
