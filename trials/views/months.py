"""A month of days at work: read, approved by the host, closed, opened again, and its notices printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.models import ActionLink
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from trials.actions.working.approving import approve, confirm_over_limit, said_in, send_approval
from trials.actions.working.closing import close_month, reopen_month
from trials.forms.working import ApproveForm, ConfirmForm, ReopenForm, SendApprovalForm
from trials.models import AbsenceWords, DayEntry, Placement, WorkMonth
from trials.papers.sheets import sheet_pdf
from trials.policies import may_approve_days, may_close_month, may_reopen_month, party_of
from trials.queries.working import last_day_in, rows_of, sums_of
from trials.states import MonthState, Party
from trials.views.papers import pdf_answer


def seen_month(request: Request, pk: int) -> WorkMonth:
    return get_object_or_404(WorkMonth.objects.visible_to(request.acting).with_sides(), pk=pk)


@require_safe
def month(request: Request, pk: int) -> HttpResponse:
    return month_page(request, seen_month(request, pk))


def month_page(request: Request, found: WorkMonth, form: ApproveForm | None = None) -> HttpResponse:
    placement, rows = found.placement, rows_of(found)
    is_open = found.state == MonthState.OPEN
    waiting = [row for row in rows if row.waits]
    approves = may_approve_days(request.acting, placement) and is_open
    party = party_of(request.acting, placement)
    private = {} if party == Party.HOST else private_words(request, found)
    context = {
        "month": found,
        "placement": placement,
        "rows": [(row, private.get(row.entry.pk, "") if row.entry else "") for row in rows],
        "sums": sums_of(rows),
        "is_open": is_open,
        "today": request.acting.today,
        "party": party,
        "form": form or (ApproveForm(rows=waiting) if approves and waiting else None),
        "is_agency": party == Party.AGENCY,
        "closings": found.closings.select_related("closed_by", "reopening__opened_by").order_by("-number"),
        "closes": may_close_month(request.acting, placement) and is_open and request.acting.today > last_day_in(found),
        "reopens": may_reopen_month(request.acting, placement) and not is_open,
        "sends": may_close_month(request.acting, placement) and is_open,
        "links": ActionLink.objects.visible_to(request.acting).about(found).open(),
    }
    return render(request, "trials/working/month.html", context, status=422 if form else 200)


def private_words(request: Request, found: WorkMonth) -> dict[int, str]:
    """By the row of the day; whoever may not read them has none."""
    seen = AbsenceWords.objects.visible_to(request.acting).filter(entry__month=found, entry__following=None)
    return dict(seen.values_list("entry", "words"))


@require_POST
def month_approve(request: Request, pk: int) -> HttpResponse:
    found = seen_month(request, pk)
    require(may_approve_days(request.acting, found.placement))
    form = ApproveForm(request.POST, rows=[row for row in rows_of(found) if row.waits])
    if form.is_valid():
        with refusing(form):
            count = approve(found, said_in(form.cleaned_data), by=request.acting)
            messages.success(request, _("%(n)s日分に返事をしました。") % {"n": count})
            return redirect("trials:month", pk)
    return month_page(request, found, form)


@require_http_methods(["GET", "POST"])
def month_link(request: Request, pk: int) -> HttpResponse:
    """Sent by the host to its foreman, or by the agency to whoever approves there."""
    found = seen_month(request, pk)
    require(may_close_month(request.acting, found.placement))
    form = SendApprovalForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            send_approval(found, by=request.acting, **form.cleaned_data)
            messages.success(request, _("承認のリンクをメールで送ります。"))
            return redirect("trials:month", pk)
    context = {"form": form, "heading": _("承認のリンクを送る"), "back": "trials:month", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_POST
def month_close(request: Request, pk: int) -> HttpResponse:
    found = seen_month(request, pk)
    require(may_close_month(request.acting, found.placement))
    back = reverse("trials:month", args=[pk])
    done = _("月を締めました。派遣先からの通知ができました。")
    return attempt(request, lambda: close_month(found, by=request.acting), done=done, back=back)


@require_http_methods(["GET", "POST"])
def month_reopen(request: Request, pk: int) -> HttpResponse:
    found = seen_month(request, pk)
    require(may_reopen_month(request.acting, found.placement))
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            reopen_month(found, because=form.cleaned_data["because"], by=request.acting)
            messages.success(request, _("月を開き直しました。直したあと、もう一度締めてください。"))
            return redirect("trials:month", pk)
    context = {"form": form, "heading": _("月を開き直す"), "back": "trials:month", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_safe
def month_notice(request: Request, pk: int, number: int) -> HttpResponse:
    """As it was frozen at the closing; an earlier number stays readable."""
    closing = get_object_or_404(seen_month(request, pk).closings, number=number)
    pdf = sheet_pdf(closing.lifted, number=closing.number)
    return pdf_answer(pdf, name=_("派遣先からの通知"), number=closing.number)


@require_http_methods(["GET", "POST"])
def day_confirm(request: Request, pk: int) -> HttpResponse:
    """The agency's word on a day beyond its 36協定."""
    seen = DayEntry.objects.current().filter(placement__in=Placement.objects.visible_to(request.acting))
    entry = get_object_or_404(seen.select_related("month"), pk=pk)
    found = seen_month(request, entry.month_id)
    require(may_reopen_month(request.acting, found.placement))
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            confirm_over_limit(entry, words=form.cleaned_data["words"], by=request.acting)
            messages.success(request, _("受入企業に知らせました。"))
            return redirect("trials:month", found.pk)
    context = {"form": form, "heading": _("時間外労働を確かめる"), "back": "trials:month", "back_pk": found.pk}
    return render(request, "trials/form.html", context)
