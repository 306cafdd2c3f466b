"""What the firm states for its papers: of one case, and of itself once for all its cases."""

from collections.abc import Mapping

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation
from firms.words.saying import said as _
from grants.actions.locking import locked, refuse_ended
from grants.actions.statements import CLAIM_IS_OUT, OPEN_FOR_PLAN
from grants.models import Channel, GrantCase, Stated, Statement
from grants.models.stated import OF_THE_FIRM
from grants.subjects.confirming import items_of

# Printed with the plan: after it was filed they change by a notice alone.
WITH_THE_PLAN = (Stated.NOTICE, Stated.LECTURERS, Stated.CONFIRMATION)


@transaction.atomic
def state(case: GrantCase, kind: Stated, facts: Mapping[str, object], *, by: Acting) -> Statement:
    """The same said again is the row that is there; anything else is a new one, and the newest holds."""
    case = locked(case)
    refuse_closed(case, kind)
    if kind == Stated.CONFIRMATION:
        refuse_unconfirmed(case, facts, by=by)
    return stated(case, kind, dict(facts), by=by)


def stated(case: GrantCase, kind: Stated, facts: dict[str, object], *, by: Acting) -> Statement:
    firm = Organisation.objects.select_for_update(of=("self",)).get(pk=case.firm_id)
    of_case = None if kind in OF_THE_FIRM else case
    last = Statement.objects.filter(firm=firm, case=of_case, kind=kind).order_by("pk").last()
    if last and last.facts == facts:
        return last
    row = Statement.objects.create(
        firm=firm, case=of_case, kind=kind, facts=facts, stated_by=by.person, stated_for=by.organisation or firm
    )
    record(case, "paper.state", by=by, concerns=firm, paper=str(kind.label))
    return row


def refuse_closed(case: GrantCase, kind: Stated) -> None:
    refuse_ended(case)
    if kind in WITH_THE_PLAN and case.state not in OPEN_FOR_PLAN:
        raise Refused(_("計画届を出した後は書き換えられません。変わった点は計画変更届で届け出てください。"))
    if case.state in CLAIM_IS_OUT:
        raise Refused(_("支給申請を出した後は、様式に書くことを変えられません。"))


def refuse_unconfirmed(case: GrantCase, facts: Mapping[str, object], *, by: Acting) -> None:
    """様式第11号: the firm itself confirms, all items, whoever files it (支給要領0501イ(ﾛ))."""
    if by.organisation_id != case.firm_id:
        raise Refused(
            _("事前確認書に答えられるのは事業主本人だけです。企業の管理者にこの画面で確かめてもらってください。")
        )
    wanted = [item.no for item in items_of(case.entry, case.entry.edition_on(by.today))]
    if list(facts["items"]) != wanted:  # type: ignore[call-overload]
        raise Refused(
            _("すべての項目に「該当しない」の印が要ります。当たるものがあるときは、この計画では支給されません。"),
            field="items",
        )


@transaction.atomic
def choose_channel(case: GrantCase, way: str, *, by: Acting) -> Channel:
    """Once for a case; the database holds one row, and it stays."""
    case = locked(case)
    chosen = Channel.objects.filter(case=case).first()
    if chosen is None:
        chosen = Channel.objects.create(case=case, way=way, chosen_by=by.person)
        record(case, "channel.choose", by=by, concerns=case.firm_id, way=str(chosen.get_way_display()))
    if chosen.way != way:
        raise Refused(
            _(
                "この案件の計画届は「%(way)s」で出しています。変更届も支給申請も同じ方法で出してください。"
                "記録がまちがいのときは、案件の画面の「提出の方法の記録を訂正する」で直してください。"
            )
            % {"way": chosen.get_way_display()},
            field="channel",
        )
    return chosen
