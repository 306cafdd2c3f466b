"""By the sweep: a host that is silent about days, a clock-out that was forgotten, a host that has not tidied up."""

from datetime import date

from django.db import transaction

from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import keep, locked
from trials.actions.telling import tell
from trials.actions.working.approving import locked_month
from trials.models import EvaluationNotice, Placement, WorkMonth
from trials.queries.evaluating import evaluations_due
from trials.queries.working import rows_of
from trials.rules import approval_due, approval_escalates, clear_up_after
from trials.states import WITHOUT_HIRE, MonthState, Party


@transaction.atomic
def pursue_approval(month: WorkMonth, *, on: date) -> None:
    """Past the day the host is reminded, again after as many open days; then the adviser hears of it, once."""
    month = locked_month(month)
    late = [row for row in rows_of(month) if row.waits and row.entry and (row.entry.approve_by or on) < on]
    if month.state != MonthState.OPEN or not late:
        return
    oldest = min(row.entry.approve_by for row in late if row.entry and row.entry.approve_by)
    days = "、".join(day_words(row.on) for row in late)
    if month.asked_on is None or approval_due(month.asked_on) <= on:
        body = _("承認の期限を過ぎた日があります：%(days)s。勤務を確かめて承認してください。") % {"days": days}
        tell(month.placement, Party.HOST, subject=_("勤務の承認をお願いします"), body=body)
        month.asked_on = on
    if month.escalated_on is None and on >= approval_escalates(oldest):
        body = _("受入企業が承認していない日があります：%(days)s。受入企業に電話で確かめてください。") % {"days": days}
        tell(month.placement, Party.AGENCY, subject=_("勤務の承認がありません"), body=body)
        month.escalated_on = on
    month.save(update_fields=["asked_on", "escalated_on"])


@transaction.atomic
def ask_for_clock_out(month: WorkMonth, *, on: date) -> None:
    """Every day until it is told; when it ended is the trialist's to say and is never filled in."""
    month = locked_month(month)
    forgotten = [row.on for row in rows_of(month) if row.entry and row.entry.is_open and row.on < on]
    if month.state != MonthState.OPEN or not forgotten or (month.clock_out_asked_on or date.min) >= on:
        return
    body = _("退勤の記録がない日があります：%(days)s。退勤した時刻を入力してください。") % {
        "days": "、".join(day_words(day) for day in forgotten)
    }
    tell(month.placement, Party.WORKER, subject=_("退勤の記録がありません"), body=body)
    if month.clock_out_asked_on is not None:
        tell(month.placement, Party.AGENCY, subject=_("退勤の記録がないままの日があります"), body=body)
    month.clock_out_asked_on = on
    month.save(update_fields=["clock_out_asked_on"])


@transaction.atomic
def pursue_clear_up(placement: Placement, *, on: date) -> None:
    """The host is reminded once that accounts, mailboxes and keys are still there, and the adviser hears of it."""
    placement = locked(placement)
    if placement.state not in WITHOUT_HIRE or placement.cleared_on or placement.clear_up_asked_on:
        return
    if placement.last_on is None or on < clear_up_after(placement.last_on):
        return
    body = _(
        "アカウント、メールボックス、鍵、貸与品の片付けを記録してください。次の人に前の人の情報を残さないためです。"
    )
    tell(placement, Party.HOST, Party.AGENCY, subject=_("トライアルの片付けが残っています"), body=body)
    keep(placement, clear_up_asked_on=on)


@transaction.atomic
def ask_for_evaluation(placement: Placement, *, on: date) -> None:
    """Each side that has not written yet, once for each day the evaluation is due."""
    placement = locked(placement)
    for one in evaluations_due(placement, on=on):
        _notice, is_new = EvaluationNotice.objects.get_or_create(
            placement=placement, side=one.side, point=one.point, due_on=one.due
        )
        if is_new:
            body = _("%(day)sが%(point)sの評価の目安です。帳票のページで「評価を記入する」を選んでください。") % {
                "day": day_words(one.due),
                "point": one.point.label,
            }
            subject = _("%(point)sの評価を記入してください") % {"point": one.point.label}
            tell(placement, one.side, subject=subject, body=body)
