"""比較対象労働者の待遇等に関する情報, as the host tells it to the agency before the contract."""

from datetime import date

from django.utils import timezone

from firms.words.saying import said as _
from trials.models import AgreementKind, PayInformation, Placement
from trials.models.papers import AGREED_ITEMS, COMPARED_ITEMS
from trials.papers.sheets import lines, party_of, sheet
from trials.shapes import SheetFacts

ALL_ITEMS = (*COMPARED_ITEMS, *AGREED_ITEMS)


def pay_information(placement: Placement, on: date) -> SheetFacts:
    """施行規則24条の4: by agreement the teaching of 40条2項 and the facilities of 40条3項 alone."""
    told = placement.pay_information.order_by("number").last()
    assert told is not None
    assert placement.host is not None
    assert placement.posting is not None
    by_agreement = told.kind == AgreementKind.AGREEMENT
    return sheet(
        _("比較対象労働者の待遇等に関する情報提供"),
        to=party_of(placement.agency),
        sender=party_of(placement.host),
        on=timezone.localdate(told.told_at),
        law="労働者派遣法26条7項; 同法施行規則24条の3・24条の4",
        mark=_("変更") if told.number > 1 else "",
        lead=_("労働者派遣契約を結ぶにあたり、次のとおり情報を提供します。")
        if told.number == 1
        else _("待遇に変更があったため、次のとおり改めて情報を提供します（労働者派遣法26条10項）。"),
        sections=[
            lines(
                _("対象"),
                [
                    (
                        _("事業所"),
                        f"{placement.posting.establishment} {placement.posting.establishment.address}".strip(),
                    ),
                    (_("派遣労働者が従事する業務"), placement.posting.work),
                    (_("派遣労働者を協定対象に限るか"), _("限る") if by_agreement else _("限らない")),
                ],
            ),
            lines(
                _("提供する情報"),
                [(label_of(name), getattr(told, name)) for name in (AGREED_ITEMS if by_agreement else ALL_ITEMS)],
            ),
        ],
        notes=[_("この情報と写しは、労働者派遣の終了の日から3年間保存します（施行規則24条の3第2項）。")],
    )


def label_of(name: str) -> str:
    return str(PayInformation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
