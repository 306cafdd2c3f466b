"""Invoices: issued from who took part, paid, cancelled; nobody stands on two in force."""

from datetime import date

from django.db import IntegrityError, transaction

from courses.actions.seats.seats import locked_run
from courses.actions.telling import tell
from courses.billing import InvoiceItem, sums_by_rate
from courses.models import Invoice, InvoiceLine, Run
from courses.queries import managers_of
from courses.queries.billing.invoices import Billable, billable, fiscal_year, items_of
from courses.shapes import INVOICE_SHAPE, InvoiceFacts
from courses.states import InvoiceState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, one_act, record
from firms.models import Organisation
from firms.words.days import day_words
from firms.words.saying import said as _


@transaction.atomic
@one_act()
def issue_invoice(run: Run, firm: Organisation, *, due_on: date, by: Acting) -> Invoice:
    """One for each firm, over everybody of it who stands on none; a second click finds nobody left and says so."""
    run = locked_run(run)
    guard_run(run)
    if due_on < by.today:
        raise Refused(_("支払期限は今日以降の日にしてください。"), field="due_on")
    found = next((one for one in billable(run) if one.firm.pk == firm.pk), None)
    if found is None:
        raise Refused(_("「%(firm)s」にはまだ請求していない受講者がいません。") % {"firm": firm})
    invoice = create(run, found, due_on=due_on, by=by)
    for concerned in (run.course.college, firm):
        record(invoice, "invoice.issue", by=by, concerns=concerned, amount_yen=invoice.total_yen)
    tell(
        managers_of(firm.pk, on=by.today),
        subject=_("請求書が届きました: %(run)s") % {"run": run},
        body=_("%(college)sから %(yen)s円（税込）、支払期限は%(day)sです。")
        % {"college": run.course.college, "yen": f"{invoice.total_yen:,}", "day": day_words(due_on)},
        path=f"/courses/invoices/{invoice.pk}/",
        organisation=firm,
    )
    return invoice


def guard_run(run: Run) -> None:
    if run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講の受講料は請求できません。"))
    if run.state == RunState.PREPARING:
        raise Refused(_("募集を始めていない開講です。受講者が決まってから請求してください。"))


def create(run: Run, found: Billable, *, due_on: date, by: Acting) -> Invoice:
    college = Organisation.objects.select_for_update(of=("self",)).get(pk=run.course.college_id)
    items = items_of(found.enrolments)
    invoice = Invoice.objects.create(
        number=next_number(college, on=by.today),
        college=college,
        firm=found.firm,
        run=run,
        facts=facts_of(run, college, found.firm, items),
        total_yen=sum(item.yen for item in items),
        issued_on=by.today,
        due_on=due_on,
        issued_by=by.person,
    )
    try:
        with transaction.atomic():
            InvoiceLine.objects.bulk_create(
                InvoiceLine(invoice=invoice, enrolment=enrolment, yen=enrolment.terms.price_yen)
                for enrolment in found.enrolments
            )
    except IntegrityError:
        raise Refused(_("ほかの人が先に請求書を発行しました。画面を開き直してください。")) from None
    return invoice


def next_number(college: Organisation, *, on: date) -> str:
    """College, fiscal year, and a count without gaps under the college's lock: 12-2026-0003."""
    prefix = f"{college.pk}-{fiscal_year(on)}-"
    return f"{prefix}{Invoice.objects.filter(number__startswith=prefix).count() + 1:04d}"


def facts_of(run: Run, college: Organisation, firm: Organisation, items: list[InvoiceItem]) -> InvoiceFacts:
    """Frozen: what the paper says stays what was asked, whatever changes later."""
    lessons = sorted(lesson.on for lesson in run.lessons.all())
    first, last = (lessons[0], lessons[-1]) if lessons else (run.learn_from, run.learn_until)
    return {
        "shape": INVOICE_SHAPE,
        "issuer": {
            "name": college.name,
            "registration_number": college.invoice_number,
            "postal_code": college.postal_code,
            "address": college.address,
            "phone": college.phone,
            "bank_account": college.bank_account,
        },
        "firm": {"name": firm.name, "postal_code": firm.postal_code, "address": firm.address},
        "course": run.course.title,
        "run_code": run.code,
        "first_on": first.isoformat() if first else None,
        "last_on": last.isoformat() if last else None,
        "lines": [{"label": item.label, "yen": item.yen, "tax_percent": item.tax_percent} for item in items],
        "rates": [
            {"tax_percent": rate.tax_percent, "total_yen": rate.total_yen, "tax_yen": rate.tax_yen}
            for rate in sums_by_rate(items)
        ],
    }


@transaction.atomic
def mark_paid(invoice: Invoice, *, paid_on: date, by: Acting) -> None:
    invoice = locked(invoice)
    if invoice.state == InvoiceState.PAID and invoice.paid_on == paid_on:
        return
    if paid_on < invoice.issued_on or paid_on > by.today:
        raise Refused(_("入金日は発行日から今日までの日にしてください。"), field="paid_on")
    move(
        invoice,
        InvoiceState.PAID,
        by=by,
        verb="invoice.pay",
        concerns=invoice.college_id,
        told={"paid_on": paid_on.isoformat()},
        paid_on=paid_on,
    )


@transaction.atomic
@one_act()
def cancel_invoice(invoice: Invoice, *, reason: str, by: Acting) -> None:
    """Whoever stood on it may stand on a new one; the number is not given again."""
    invoice = locked(invoice)
    if invoice.state == InvoiceState.CANCELLED:
        return
    if not reason.strip():
        raise Refused(_("取り消す理由を書いてください。請求先の企業に届きます。"), field="reason")
    move(
        invoice,
        InvoiceState.CANCELLED,
        by=by,
        verb="invoice.cancel",
        concerns=invoice.firm_id,
        told={"reason": reason.strip()},
    )
    record(invoice, "invoice.cancel", by=by, concerns=invoice.college_id, reason=reason.strip())
    invoice.lines.update(is_in_force=False)
    tell(
        managers_of(invoice.firm_id, on=by.today),
        subject=_("請求書が取り消されました: %(number)s") % {"number": invoice.number},
        body=_("理由: %(reason)s\nこの請求書では支払わないでください。") % {"reason": reason.strip()},
        path=f"/courses/invoices/{invoice.pk}/",
        organisation=invoice.firm,
    )


def locked(invoice: Invoice) -> Invoice:
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("firm", "college")
    return rows.get(pk=invoice.pk)
