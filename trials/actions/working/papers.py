"""What papers are made of, written down by whom it concerns, and a paper taken in by the side it is for."""

from datetime import date
from typing import Any

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import locked, quoted
from trials.actions.telling import tell
from trials.models import (
    Accident,
    AccidentDetail,
    EndKind,
    EndNotice,
    Evaluation,
    PaperReceipt,
    PayInformation,
    Placement,
    SafetyTeaching,
    TrialPaper,
)
from trials.papers.kinds import KINDS
from trials.rules import EndingNotice, dismissal_notice, not_renewed_notice
from trials.states import AT_WORK, BEFORE_CONTRACT, BEFORE_HIRE, Party

TEACHING = "労働安全衛生法59条; 労働者派遣法45条"


def next_number(rows: Any) -> int:
    last = rows.order_by("number").last()
    return last.number + 1 if last else 1


def write_pay(placement: Placement, pay: dict[str, Any], *, by: Acting) -> PayInformation:
    """A further version; what was told before stays."""
    number = next_number(placement.pay_information)
    told = PayInformation.objects.create(placement=placement, number=number, told_by=by.person, **pay)
    record(told, "payinformation.tell", by=by, concerns=placement.seeker.agency_id, number=number)
    return told


@transaction.atomic
def tell_pay_again(placement: Placement, pay: dict[str, Any], *, by: Acting) -> PayInformation:
    """派遣法26条10項: what has changed is told without delay. The same again is the newest."""
    placement = locked(placement)
    last = placement.pay_information.order_by("number").last()
    if last is None:
        raise Refused(_("待遇情報は、はじめに抵触日の通知といっしょに提供します。"))
    if all(getattr(last, name) == value for name, value in pay.items()):
        return last
    told = write_pay(placement, pay, by=by)
    body = _("新しい内容を読み、派遣労働者の待遇を見直す必要があるか確かめてください（労働者派遣法26条10項）。")
    tell(placement, Party.AGENCY, subject=_("待遇情報が変わりました"), body=body)
    return told


@transaction.atomic
def record_teaching(placement: Placement, *, side: Party, given: dict[str, Any], by: Acting) -> SafetyTeaching:
    """From the contract on; what is still to be taught is written when it has been."""
    placement = locked(placement)
    if placement.state in BEFORE_CONTRACT or placement.starts_on is None:
        raise Refused(_("安全衛生教育は、契約を結んでから記録します。"))
    if given["held_on"] > by.today:
        raise Refused(
            quoted(_("行った日を入力してください。これからの教育は、終わってから記録します。"), TEACHING),
            field="held_on",
        )
    taught = SafetyTeaching.objects.create(placement=placement, side=side, written_by=by.person, **given)
    record(taught, "safetyteaching.record", by=by, concerns=placement.seeker.agency_id, side=str(side.label))
    return taught


@transaction.atomic
def evaluate(placement: Placement, *, side: Party, given: dict[str, Any], by: Acting) -> Evaluation:
    """Of work that has begun, while the trial goes on; a second one of the same point stands beside the first."""
    placement = locked(placement)
    if placement.state not in (*AT_WORK, *BEFORE_HIRE):
        raise Refused(_("評価は、就労を始めてから、トライアルが続くあいだに記入します。"))
    number = next_number(placement.evaluations.filter(side=side, point=given["point"]))
    written = Evaluation.objects.create(placement=placement, side=side, number=number, written_by=by.person, **given)
    record(written, "evaluation.write", by=by, concerns=placement.seeker.agency_id, side=str(side.label))
    others = [party for party in (Party.WORKER, Party.HOST, Party.AGENCY) if party != side]
    body = _("%(side)sが%(point)sの評価を記入しました。帳票から評価シートを読めます。") % {
        "side": side.label,
        "point": written.get_point_display(),
    }
    tell(placement, *others, subject=_("評価が記入されました"), body=body)
    return written


@transaction.atomic
def notify_end(
    placement: Placement, *, kind: str, noticed_on: date, last_on: date, reason: str, pays: bool, by: Acting
) -> EndNotice:
    """By the agency, which employs. A dismissal is in time or paid for; of a contract not renewed only the days are said."""
    placement = locked(placement)
    first = placement.started_on
    if placement.state not in (*AT_WORK, *BEFORE_HIRE) or first is None or placement.last_on is None:
        raise Refused(_("雇用の終了の予告は、就労を始めてから、トライアルが続くあいだに出します。"))
    if last_on < noticed_on or noticed_on > by.today:
        raise Refused(_("予告した日は、今日までの、雇用の最後の日より後でない日付にしてください。"), field="noticed_on")
    if not first <= last_on <= placement.last_on:
        raise Refused(
            _("雇用の最後の日は、%(first)sから%(last)sまでの日付にしてください。")
            % {"first": day_words(first), "last": day_words(placement.last_on)},
            field="last_on",
        )
    owed = owed_notice(placement, kind, noticed_on=noticed_on, last_on=last_on)
    if kind == EndKind.DISMISSAL and owed.missing_days and not pays:
        raise Refused(quoted(owed.because, owed.source), field="pays")
    notice = EndNotice.objects.create(
        placement=placement,
        number=next_number(placement.end_notices),
        kind=kind,
        noticed_on=noticed_on,
        last_on=last_on,
        reason=reason,
        missing_days=owed.missing_days,
        pays=pays and owed.missing_days > 0,
        because=owed.because + owed.note,
        source=owed.source,
        written_by=by.person,
    )
    record(notice, "endnotice.write", by=by, concerns=placement.seeker.agency_id, number=notice.number)
    subject = _("%(kind)sの通知があります") % {"kind": notice.get_kind_display()}
    body = _("雇用の最後の日は%(day)sです。帳票を開いて、理由と予告の日数を確かめてください。") % {
        "day": day_words(last_on)
    }
    tell(placement, Party.WORKER, subject=subject, body=body)
    return notice


def owed_notice(placement: Placement, kind: str, *, noticed_on: date, last_on: date) -> EndingNotice:
    assert placement.started_on is not None
    assert placement.last_on is not None
    if kind == EndKind.NOT_RENEWED:
        if last_on != placement.last_on:
            raise Refused(
                _("雇止めの最後の日は、契約の最後の日（%(day)s）です。それより前に終えるときは解雇の予告になります。")
                % {"day": day_words(placement.last_on)},
                field="last_on",
            )
        renewed = placement.terms.values("last_on").distinct().count() - 1
        return not_renewed_notice(
            noticed_on, last_on, employed_from=placement.started_on, times_renewed=max(0, renewed)
        )
    return dismissal_notice(noticed_on, last_on, employed_from=placement.started_on, contract_until=placement.last_on)


@transaction.atomic
def write_detail(accident: Accident, *, side: Party, given: dict[str, Any], by: Acting) -> AccidentDetail:
    """What the report asks beside the accident itself; the same again is the newest."""
    placement = locked(accident.placement)
    last = accident.details.filter(side=side).order_by("number").last()
    if last and all(getattr(last, name) == value for name, value in given.items()):
        return last
    number = last.number + 1 if last else 1
    detail = AccidentDetail.objects.create(accident=accident, side=side, number=number, written_by=by.person, **given)
    record(accident, "accident.detail", by=by, concerns=placement.seeker.agency_id, side=str(side.label))
    return detail


@transaction.atomic
def take_in(paper: TrialPaper, *, side: Party, by: Acting) -> PaperReceipt:
    """The newest version, by a side it is for. Twice is once."""
    placement = locked(paper.placement)
    if side not in KINDS[paper.kind].takers:
        raise Refused(_("この帳票の受取りは、ほかの側が記録します。"))
    if TrialPaper.objects.filter(placement=placement, kind=paper.kind, number__gt=paper.number).exists():
        raise Refused(_("この帳票には新しい版があります。新しい版を読んでから受け取ってください。"))
    receipt, is_new = PaperReceipt.objects.get_or_create(paper=paper, side=side, defaults={"taken_by": by.person})
    if is_new:
        record(paper, "trialpaper.take", by=by, concerns=placement.seeker.agency_id, number=paper.number)
    return receipt
