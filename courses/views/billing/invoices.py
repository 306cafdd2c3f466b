"""Invoices: what a run may still ask for, one invoice with its paper, and the lists of both sides."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.billing.invoices import cancel_invoice, issue_invoice, mark_paid
from courses.forms.billing.invoices import CancelForm, IssueForm, PaidForm
from courses.models import Invoice, Run
from courses.policies import may_invoice, may_invoice_run, may_see_invoices
from courses.queries.billing.invoices import billable, runs_to_invoice
from courses.states import InvoiceState
from firms.models import Organisation
from firms.web.http import Request, page_of, refusing, require, row_number
from firms.words.saying import said as _

# Until when is usual between firms: the end of the next month.
MONTHS_TO_PAY = 2


def whose_invoices() -> str:
    return _(
        "請求書を見られるのは、発行した連携校、受け取る企業の管理者、その企業から委任を受けた社労士事務所です。区は請求の当事者ではないため、区の職員にも見えません。"
    )


def who_invoices() -> str:
    return _(
        "請求書を発行し、入金や取消しを記録するのは、その講座を開く連携校の事務担当だけです。区の職員も企業も行えません。"
    )


@require_safe
def invoices(request: Request) -> HttpResponse:
    """The college sees what it asked and what it may still ask for; a firm what it is asked."""
    require(may_see_invoices(request.acting), because=whose_invoices())
    held = Invoice.objects.visible_to(request.acting).select_related("firm", "college", "run__course")
    is_issuer = may_invoice(request.acting)
    waiting = runs_to_invoice(request.acting.organisation_id or 0, on=request.acting.today) if is_issuer else []
    context = {
        "page": page_of(held, request),
        "waiting": waiting,
        "is_issuer": is_issuer,
        "today": request.acting.today,
    }
    return render(request, "courses/billing/invoices.html", context)


@require_http_methods(["GET", "POST"])
def run_invoices(request: Request, pk: int) -> HttpResponse:
    """Who of this run is on no invoice yet, firm by firm; a POST asks one firm."""
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course__college"), pk=pk)
    require(may_invoice_run(request.acting, run), because=who_invoices())
    form = IssueForm(request.POST or None, initial={"due_on": usual_due_day(request.acting.today)})
    if request.method == "POST" and form.is_valid():
        firm = get_object_or_404(Organisation, pk=row_number(request.POST.get("firm", "")))
        with refusing(form):
            made = issue_invoice(run, firm, due_on=form.cleaned_data["due_on"], by=request.acting)
            messages.success(request, _("請求書 %(number)s を発行しました。") % {"number": made.number})
            return redirect("courses:invoice", pk=made.pk)
    context = {
        "run": run,
        "course": run.course,
        "college": run.course.college,
        "waiting": billable(run),
        "invoices": run.invoices.select_related("firm"),
        "form": form,
        "today": request.acting.today,
    }
    return render(request, "courses/billing/run_invoices.html", context)


def usual_due_day(today: date) -> date:
    """The last day of the month after this one."""
    month = today.replace(day=1)
    for _step in range(MONTHS_TO_PAY):
        month = (month + timedelta(days=32)).replace(day=1)
    return month - timedelta(days=1)


def seen_invoice(request: Request, pk: int) -> Invoice:
    rows = Invoice.objects.visible_to(request.acting).select_related("firm", "college", "run__course")
    return get_object_or_404(rows, pk=pk)


@require_safe
def invoice(request: Request, pk: int) -> HttpResponse:
    held = seen_invoice(request, pk)
    return render(request, "courses/billing/invoice.html", page_context(request, held))


def page_context(request: Request, held: Invoice) -> dict[str, object]:
    is_open = held.state == InvoiceState.ISSUED and may_invoice_run(request.acting, held.run)
    return {
        "invoice": held,
        "facts": held.lifted,
        "run": held.run,
        "is_open": is_open,
        "paid_form": PaidForm(initial={"paid_on": request.acting.today}),
        "cancel_form": CancelForm(),
        "today": request.acting.today,
    }


@require_safe
def invoice_pdf(request: Request, pk: int) -> HttpResponse:
    """Made from the frozen facts, so it is the same whenever it is fetched."""
    from courses.papers.invoice import invoice_paper

    held = seen_invoice(request, pk)
    answer = HttpResponse(invoice_paper(held), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="invoice-{held.number}.pdf"'
    return answer


@require_POST
def invoice_paid(request: Request, pk: int) -> HttpResponse:
    held = seen_invoice(request, pk)
    require(may_invoice_run(request.acting, held.run), because=who_invoices())
    form = PaidForm(request.POST)
    if form.is_valid():
        with refusing(form):
            mark_paid(held, paid_on=form.cleaned_data["paid_on"], by=request.acting)
            messages.success(request, _("入金を記録しました。"))
            return redirect("courses:invoice", pk=pk)
    return render(request, "courses/billing/invoice.html", page_context(request, held) | {"paid_form": form})


@require_POST
def invoice_cancel(request: Request, pk: int) -> HttpResponse:
    held = seen_invoice(request, pk)
    require(may_invoice_run(request.acting, held.run), because=who_invoices())
    form = CancelForm(request.POST)
    if form.is_valid():
        with refusing(form):
            cancel_invoice(held, reason=form.cleaned_data["reason"], by=request.acting)
            messages.success(request, _("請求書を取り消しました。同じ受講者をもう一度請求できます。"))
            return redirect("courses:invoice", pk=pk)
    return render(request, "courses/billing/invoice.html", page_context(request, held) | {"cancel_form": form})
