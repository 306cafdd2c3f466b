"""Pages of the ward's subsidies: the list with the year's places, one subsidy, its forms and papers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.rules.calendar import fiscal_year
from firms.states import EvidenceState
from firms.web.http import Request, attempt, file_answer, page_of, refusing, require
from firms.words.saying import said as _
from mentors.actions.subsidies.asking import (
    apply_subsidy,
    begin_subsidy,
    prove_subsidy,
    report_subsidy,
    withdraw_subsidy,
    write_subsidy,
)
from mentors.actions.subsidies.deciding import (
    decide_subsidy,
    fix_subsidy,
    pay_subsidy,
    refuse_subsidy,
    return_report,
)
from mentors.forms.certifying import BecauseForm
from mentors.forms.subsidies import NewSubsidyForm, PaidForm, ReceiptForm, ReportForm, SubsidyForm
from mentors.models import SkillManual, Subsidy
from mentors.models.subsidies.subsidies import Aim
from mentors.papers.subsidies import subsidy_pdf
from mentors.policies import may_ask_subsidy, may_decide_subsidy, may_list_subsidies, may_write_subsidy
from mentors.queries.certifying import the_ward
from mentors.queries.subsidies import firms_supported, places_of, places_of_year
from mentors.rules import fixed, support
from mentors.states import MOVES, ManualState, SubsidyState


@require_safe
def subsidies(request: Request) -> HttpResponse:
    """One's own, or for the ward all in the order of arrival, with what is left of the year's places."""
    require(may_list_subsidies(request.acting))
    ward, today = the_ward(on=request.acting.today), request.acting.today
    year = fiscal_year(today)
    seen = Subsidy.objects.visible_to(request.acting).select_related("firm").order_by("-year", "aim", "order", "pk")
    left = places_of_year(ward.pk, on=today, year=year) if ward else {}
    places = [(one.label, left[one], support(one, cost_yen=0, on=today)) for one in Aim if left]
    context = {
        "page": page_of(seen, request),
        "places": places,
        "year": year,
        "may_ask": may_ask_subsidy(request.acting),
        "supported": firms_supported(ward.pk, year=year) if ward else 0,
        "is_ward": bool(ward and request.acting.organisation_id == ward.pk),
    }
    return render(request, "mentors/subsidies/subsidies.html", context)


@require_http_methods(["GET", "POST"])
def subsidy_new(request: Request) -> HttpResponse:
    require(may_ask_subsidy(request.acting))
    ward, firm = the_ward(on=request.acting.today), request.acting.organisation
    if ward is None or firm is None:
        raise Http404
    form = NewSubsidyForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            made = begin_subsidy(firm=firm, ward=ward, by=request.acting, **form.cleaned_data)
            messages.success(request, _("下書きを作りました。見込額を確かめて、申請してください。"))
            return redirect("mentors:subsidy", made.pk)
    return render(request, "mentors/subsidies/subsidy_form.html", {"form": form})


def shown_subsidy(request: Request, pk: int) -> Subsidy:
    seen = Subsidy.objects.visible_to(request.acting).select_related("firm", "ward")
    return get_object_or_404(seen, pk=pk)


@require_http_methods(["GET", "POST"])
def subsidy_edit(request: Request, pk: int) -> HttpResponse:
    shown = shown_subsidy(request, pk)
    require(may_write_subsidy(request.acting, shown) and shown.state == SubsidyState.DRAFT)
    known = {name: getattr(shown, name) for name in ("title", "plan", "finish_on", "cost_yen")}
    form = SubsidyForm(request.POST or None, initial=known)
    if form.is_valid():
        with refusing(form):
            write_subsidy(shown, by=request.acting, **form.cleaned_data)
            messages.success(request, _("保存しました。"))
            return redirect("mentors:subsidy", pk)
    return render(request, "mentors/subsidies/subsidy_form.html", {"form": form, "subsidy": shown})


@require_safe
def subsidy(request: Request, pk: int) -> HttpResponse:
    return render(request, "mentors/subsidies/subsidy.html", page_of_subsidy(request, shown_subsidy(request, pk)))


def page_of_subsidy(request: Request, shown: Subsidy, **forms_shown: forms.BaseForm) -> dict[str, Any]:
    acting, on = request.acting, request.acting.today
    may_write, may_decide = may_write_subsidy(acting, shown), may_decide_subsidy(acting, shown)
    is_reported = shown.state == SubsidyState.REPORTED
    context = {
        "subsidy": shown,
        "may_write": may_write,
        "may_decide": may_decide,
        "may_withdraw": may_write and SubsidyState.WITHDRAWN in MOVES[SubsidyState][shown.state],
        "expected": support(shown.aim, cost_yen=shown.cost_yen, on=shown.decided_on or on),
        "settled": fixed(
            shown.aim, spent_yen=shown.spent_yen or 0, decided_yen=shown.decided_yen or 0, on=shown.decided_on or on
        )
        if is_reported
        else None,
        "places": places_of(shown.ward_id, shown.aim, on=on, year=shown.year) if shown.state == "applied" else None,
        "papers": shown.papers.all(),
        "proofs": shown.proofs.select_related("evidence"),
        "manuals": shown.manuals.all(),
        "because_form": BecauseForm(),
        "receipt_form": ReceiptForm(),
        "paid_form": PaidForm(initial={"paid_on": on}),
        "report_form": report_form(shown, None),
        "is_late": bool(shown.state == "decided" and shown.report_by and on > shown.report_by),
    }
    return context | forms_shown


def report_form(shown: Subsidy, data: Any) -> ReportForm:
    manuals = SkillManual.objects.filter(firm=shown.firm_id, versions__state=ManualState.PUBLISHED).distinct()
    known = {"finished_on": shown.finished_on, "spent_yen": shown.spent_yen, "result": shown.result}
    return ReportForm(data, manuals=list(manuals) if shown.aim == Aim.ARCHIVE else None, initial=known)


def subsidy_url(pk: int) -> str:
    return reverse("mentors:subsidy", args=[pk])


@require_POST
def subsidy_apply(request: Request, pk: int) -> HttpResponse:
    shown = shown_subsidy(request, pk)
    require(may_write_subsidy(request.acting, shown))
    done = _("申請しました。交付が決まると、お知らせします。")
    return attempt(request, lambda: apply_subsidy(shown, by=request.acting), done=done, back=subsidy_url(pk))


@require_POST
def subsidy_prove(request: Request, pk: int) -> HttpResponse:
    shown = shown_subsidy(request, pk)
    require(may_write_subsidy(request.acting, shown))
    form = ReceiptForm(request.POST, request.FILES)
    if form.is_valid():
        with refusing(form):
            prove_subsidy(shown, form.cleaned_data["file"], by=request.acting)
            messages.success(request, _("書類を付けました。"))
            return redirect("mentors:subsidy", pk)
    return render(request, "mentors/subsidies/subsidy.html", page_of_subsidy(request, shown, receipt_form=form))


@require_safe
def subsidy_proof(request: Request, pk: int, proof: int) -> HttpResponse:
    """For the firm and the ward, once it was checked."""
    shown = shown_subsidy(request, pk)
    kept = get_object_or_404(shown.proofs.select_related("evidence__file"), pk=proof)
    if kept.evidence.state != EvidenceState.CLEAN:
        raise Http404
    return file_answer(kept.evidence.file, name=kept.evidence.name)


@require_POST
def subsidy_report(request: Request, pk: int) -> HttpResponse:
    shown = shown_subsidy(request, pk)
    require(may_write_subsidy(request.acting, shown))
    form = report_form(shown, request.POST)
    if form.is_valid():
        with refusing(form):
            report_subsidy(shown, by=request.acting, **form.facts)
            messages.success(request, _("実績を報告しました。額が確定すると、お知らせします。"))
            return redirect("mentors:subsidy", pk)
    return render(request, "mentors/subsidies/subsidy.html", page_of_subsidy(request, shown, report_form=form))


@require_POST
def subsidy_withdraw(request: Request, pk: int) -> HttpResponse:
    shown = shown_subsidy(request, pk)
    require(may_write_subsidy(request.acting, shown))
    return with_reason(request, shown, withdraw_subsidy, _("取り下げました。"))


def with_reason(request: Request, shown: Subsidy, act: Any, done: str) -> HttpResponse:
    form = BecauseForm(request.POST)
    if form.is_valid():
        with refusing(form):
            act(shown, because=form.cleaned_data["because"], by=request.acting)
            messages.success(request, done)
            return redirect("mentors:subsidy", shown.pk)
    return render(request, "mentors/subsidies/subsidy.html", page_of_subsidy(request, shown, because_form=form))


# --- the ward ---


def decided(request: Request, pk: int) -> Subsidy:
    shown = shown_subsidy(request, pk)
    require(may_decide_subsidy(request.acting, shown))
    return shown


@require_POST
def subsidy_decide(request: Request, pk: int) -> HttpResponse:
    shown = decided(request, pk)
    done = _("交付を決定し、企業に知らせました。")
    return attempt(request, lambda: decide_subsidy(shown, by=request.acting), done=done, back=subsidy_url(pk))


@require_POST
def subsidy_refuse(request: Request, pk: int) -> HttpResponse:
    return with_reason(request, decided(request, pk), refuse_subsidy, _("不交付と決定し、企業に知らせました。"))


@require_POST
def subsidy_return(request: Request, pk: int) -> HttpResponse:
    return with_reason(request, decided(request, pk), return_report, _("実績報告を差し戻しました。"))


@require_POST
def subsidy_fix(request: Request, pk: int) -> HttpResponse:
    shown = decided(request, pk)
    done = _("額を確定し、企業に知らせました。")
    return attempt(request, lambda: fix_subsidy(shown, by=request.acting), done=done, back=subsidy_url(pk))


@require_POST
def subsidy_pay(request: Request, pk: int) -> HttpResponse:
    shown = decided(request, pk)
    form = PaidForm(request.POST)
    if form.is_valid():
        with refusing(form):
            pay_subsidy(shown, by=request.acting, **form.cleaned_data)
            messages.success(request, _("支払いを記録しました。"))
            return redirect("mentors:subsidy", pk)
    return render(request, "mentors/subsidies/subsidy.html", page_of_subsidy(request, shown, paid_form=form))


@require_safe
def subsidy_paper(request: Request, pk: int, paper: int) -> HttpResponse:
    shown = shown_subsidy(request, pk)
    kept = get_object_or_404(shown.papers, pk=paper)
    answer = HttpResponse(subsidy_pdf(kept), content_type="application/pdf")
    name = f"{kept.get_form_display()}_{kept.issued_on:%Y%m%d}.pdf"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
