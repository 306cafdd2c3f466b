"""Papers of an end before its time: the host's 中途解除, and the agency's notice to whom it employs."""

from datetime import date

from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import EndKind, Placement, Termination
from trials.papers.sheets import UNTOLD, lines, party_of, sheet, term_of
from trials.shapes import SheetFacts

END_LAWS = {
    EndKind.DISMISSAL: "労働基準法20条・22条2項; 労働契約法17条1項",
    EndKind.NOT_RENEWED: "有期労働契約の締結、更新、雇止め等に関する基準（平成15年厚生労働省告示357号）; 労働契約法19条",
}


def drafted_term(placement: Placement) -> str:
    """Of a contract that ended before its first day, whose days are free again."""
    terms = placement.terms.last()
    return f"{day_words(terms.starts_on)}〜{day_words(terms.last_on)}" if terms else UNTOLD


def early_end(placement: Placement, on: date) -> SheetFacts:
    """派遣先指針 第2の6: what the host told, agreed and pays when it ends the contract early."""
    host, ended = placement.host, Termination.objects.get(placement=placement)
    assert host is not None
    paid = (
        _("%(n)s日分以上の賃金に相当する額を支払う") % {"n": ended.missing_days}
        if ended.missing_days
        else _("予告の日数を満たすため、支払いなし")
    )
    return sheet(
        _("労働者派遣契約の中途解除の通知書"),
        to=party_of(placement.agency),
        sender=party_of(host),
        on=on,
        law="労働者派遣法29条の2; 派遣先指針 第2の6",
        lead=_("次のとおり、労働者派遣契約を期間の満了前に解除します。"),
        sections=[
            lines(
                _("解除の内容"),
                [
                    (_("対象の契約"), term_of(placement) if placement.starts_on else drafted_term(placement)),
                    (_("予告した日"), day_words(ended.noticed_on)),
                    (_("最後の日"), day_words(ended.ended_on)),
                    (_("解除の理由"), ended.reason),
                    (_("派遣元の同意"), _("あり") if ended.is_agreed else _("なし")),
                    (_("新たな就業機会の確保"), ended.other_work or _("なし")),
                    (_("予告に代わる支払い"), paid),
                ],
            )
        ],
    )


def end_notice(placement: Placement, on: date) -> SheetFacts:
    """From the agency, which employs, to the worker; what is owed is said with how it was reckoned."""
    told = placement.end_notices.order_by("number").last()
    assert told is not None
    kind = EndKind(told.kind)
    paid = _("%(n)s日分の平均賃金を支払う") % {"n": told.missing_days} if told.pays else _("支払いなし")
    return sheet(
        _("解雇予告通知書") if kind == EndKind.DISMISSAL else _("雇止め予告通知書"),
        to=_("%(name)s 様") % {"name": placement.person.full_name},
        sender=party_of(placement.agency),
        on=told.noticed_on,
        law=END_LAWS[kind],
        mark=_("訂正") if told.number > 1 else "",
        lead=_("次のとおり、労働契約が終わることを予告します。"),
        sections=[
            lines(
                _("予告の内容"),
                [
                    (_("労働契約の期間"), term_of(placement)),
                    (_("予告した日"), day_words(told.noticed_on)),
                    (_("雇用の最後の日"), day_words(told.last_on)),
                    (_("理由"), told.reason),
                    *([(_("予告に代わる支払い"), paid)] if kind == EndKind.DISMISSAL else []),
                    (_("計算"), told.because),
                    (_("根拠"), told.source),
                ],
            )
        ],
        notes=[
            _("求めがあれば、派遣元は理由の証明書を遅滞なく渡します。"),
            _("困ったときは、担当のアドバイザー、区、労働基準監督署に相談できます。"),
        ],
    )
