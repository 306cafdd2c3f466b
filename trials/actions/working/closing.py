"""A month closed, which freezes what the host tells the agency of it, and opened again with a reason."""

from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.actions.links import end_links
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Organisation
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.telling import tell
from trials.actions.working.approving import locked_month
from trials.models import MonthClosing, MonthReopening, OvertimeAgreement, WorkMonth
from trials.papers.notices import notice_facts
from trials.papers.sheets import hash_of_facts
from trials.queries.working import DayRow, last_day_in, rows_of
from trials.rules import agreement_fault
from trials.states import MonthState, Party


@transaction.atomic
def close_month(month: WorkMonth, *, by: Acting) -> MonthClosing:
    """Once its days are over and each is told and approved; a second click answers what was closed."""
    month = locked_month(month)
    last = month.closings.last()
    if month.state == MonthState.CLOSED and last:
        return last
    rows = rows_of(month)
    refuse_unfinished(month, rows, on=by.today)
    number = last.number + 1 if last else 1
    facts = notice_facts(month, rows, number=number, on=by.today)
    closing = MonthClosing.objects.create(
        month=month, number=number, facts=facts, sha256=hash_of_facts(facts), closed_by=by.person
    )
    move(
        month,
        MonthState.CLOSED,
        by=by,
        verb="workmonth.close",
        concerns=month.placement.seeker.agency_id,
        told={"number": number},
        asked_on=None,
        escalated_on=None,
    )
    end_links(month, because=_("この月は締め済みです。承認はもう要りません。"), by=by)
    subject = _("派遣先からの通知（訂正）") if number > 1 else _("派遣先からの通知")
    body = _("%(year)s年%(month)s月の勤務を締め、派遣先から派遣元への通知を作りました。") % {
        "year": month.first.year,
        "month": month.first.month,
    }
    tell(month.placement, Party.AGENCY, Party.HOST, Party.WORKER, subject=subject, body=body)
    return closing


def refuse_unfinished(month: WorkMonth, rows: list[DayRow], *, on: date) -> None:
    last = last_day_in(month)
    if on <= last:
        raise Refused(_("月の締めは、最後の日（%(day)s）の翌日からできます。") % {"day": day_words(last)})
    for row in rows:
        if row.entry and row.entry.is_open:
            raise Refused(_("%(day)sの退勤が記録されていません。本人に確かめてください。") % {"day": day_words(row.on)})
        if row.entry and not row.is_approved:
            said = _("受入企業が承認していません") if row.host is None else _("受入企業が違うと答えています")
            raise Refused(_("%(day)sの勤務を、%(said)s。") % {"day": day_words(row.on), "said": said})


@transaction.atomic
def reopen_month(month: WorkMonth, *, because: str, by: Acting) -> MonthReopening:
    """By the agency, with a reason everybody reads; a notice that went out is followed by a corrected one."""
    month = locked_month(month)
    last = month.closings.last()
    if month.state != MonthState.CLOSED or last is None:
        raise Refused(_("この月は締められていません。そのまま直せます。"))
    reopening = MonthReopening.objects.create(closing=last, because=because, opened_by=by.person)
    told = {"reason": because, "number": last.number}
    move(month, MonthState.OPEN, by=by, verb="workmonth.reopen", concerns=month.placement.seeker.agency_id, told=told)
    body = _("理由：%(reason)s。前の通知（第%(number)s版）は、次に締めたときの訂正の通知に替わります。") % {
        "reason": because,
        "number": last.number,
    }
    tell(month.placement, Party.HOST, Party.WORKER, Party.AGENCY, subject=_("月を開き直しました"), body=body)
    return reopening


@transaction.atomic
def register_agreement(
    *,
    filed_on: date,
    valid_from: date,
    valid_until: date,
    day_minutes: int,
    month_minutes: int,
    year_minutes: int,
    by: Acting,
) -> OvertimeAgreement:
    """The agency's 36協定 as it filed it. One that reaches into a known one replaces nothing and is refused."""
    assert by.organisation is not None
    agency = Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation.pk)
    if valid_until < valid_from or filed_on > valid_from:
        raise Refused(
            _("36協定は、届け出てから有効になります。届出の日、最初の日、最後の日を順に確かめてください。"),
            field="valid_from",
        )
    fault = agreement_fault(
        on=valid_from, month_minutes=month_minutes, year_minutes=year_minutes, special_month_minutes=None
    )
    if fault:
        raise Refused(
            _("%(because)s（根拠：%(source)s）") % {"because": fault[0], "source": fault[1]}, field="month_hours"
        )
    if agency.overtime_agreements.filter(valid_from__lte=valid_until, valid_until__gte=valid_from).exists():
        raise Refused(_("その期間には、すでに36協定が登録されています。期間を確かめてください。"), field="valid_from")
    agreement = OvertimeAgreement.objects.create(
        agency=agency,
        filed_on=filed_on,
        valid_from=valid_from,
        valid_until=valid_until,
        day_minutes=day_minutes,
        month_minutes=month_minutes,
        year_minutes=year_minutes,
        written_by=by.person,
    )
    record(agreement, "overtimeagreement.register", by=by, concerns=agency, filed_on=filed_on.isoformat())
    return agreement
