"""A conversion on its pages: opened, told, planned, answered, claimed; its second period beside the first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.acting import Acting
from firms.models import Establishment
from firms.models.organisations import Kind
from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.careerup import (
    file_careerup_plan,
    file_period,
    freeze_careerup_plan,
    freeze_period,
    open_conversion,
    open_second,
)
from grants.actions.careerup_told import (
    answer_conversion,
    choose_careerup_plan,
    save_careerup_plan,
    save_conversion,
    save_period_pay,
)
from grants.cases.careerup import BEFORE_CLAIM, BEFORE_FILING
from grants.cases.situation import situations_of
from grants.claims.careerup import assess_conversion
from grants.facts.careerup import pay_of
from grants.forms.careerup import (
    CareerUpFilingForm,
    CareerUpPlanForm,
    ConversionForm,
    OpenConversionForm,
    PeriodFilingForm,
    PeriodPayForm,
)
from grants.models import CareerUpPlan, GrantCase
from grants.policies import may_apply, may_list_cases, may_open_conversion, may_prepare
from grants.queries.careerup import convertible, filed_plans, firms_for_conversions
from grants.subjects.careerup import questions_of_period
from grants.views.subjects import answers_page, page_of

PLAN_PARTS = (
    "starts_on", "ends_on", "manager_name", "manager_since", "is_officer", "worker_name", "heard", "for_fixed_term",
    "for_indefinite", "for_dispatched", "people", "month",
)  # fmt: skip


def fetch(request: Request, pk: int) -> GrantCase:
    """Of a conversion; a training, a stranger's case and that of a firm without mandate are 404."""
    return get_object_or_404(GrantCase.objects.visible_to(request.acting).conversions().whole(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def conversion_new(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    workers = convertible(firms_for_conversions(request.acting), on=request.acting.today)
    form = OpenConversionForm(request.POST or None, workers=workers)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["employment"]
        require(may_open_conversion(request.acting, chosen.establishment))
        with refusing(form):
            place = Establishment.objects.get(pk=chosen.establishment_id)
            opened = open_conversion(chosen.person, place, by=request.acting)
            return redirect("grants:case", opened.pk)
    return render(request, "grants/careerup/new.html", {"form": form, "has_workers": workers.exists()})


@require_safe
def careerup_case(request: Request, pk: int) -> HttpResponse:
    """Where `grants:case` leads for a conversion."""
    case, acting = fetch(request, pk), request.acting
    now = situations_of({case.pk}, on=acting.today)[case.pk]
    assert case.conversion
    context = page_of(case, now, acting) | {
        "conversion": case.conversion,
        "needed": [(one, place_of(one.where, case, acting)) for one in now.needed],
        "assessment": assess_conversion(case, on=acting.today) if case.state in BEFORE_CLAIM else None,
        "other": other_period(case),
        "may_write_plan": case.state in BEFORE_FILING,
        "may_open_second": case.period == 1 and case.state not in (*BEFORE_FILING, *BEFORE_CLAIM),
    }
    return render(request, "grants/careerup/case.html", context)


def other_period(case: GrantCase) -> GrantCase | None:
    assert case.conversion
    rows = (
        case.conversion.cases.exclude(pk=case.pk)
        .exclude(period=case.period)
        .select_related("conversion__person", "subscription")
    )
    return rows.order_by("-pk").first()


def place_of(where: str, case: GrantCase, acting: Acting) -> str:
    """Only the firm's own manager edits the firm; its office is told what to ask for."""
    pages = {
        name: reverse(f"grants:{name}", args=[case.pk]) for name in ("careerup_plan", "conversion_facts", "period_pay")
    }
    if acting.kind == Kind.FIRM:
        pages |= {
            "firm": reverse("firms:organisation_edit"),
            "establishment": reverse("firms:establishment_edit", args=[case.establishment_id]),
            "people": reverse("firms:people"),
        }
    return pages.get(where, "")


@require_http_methods(["GET", "HEAD", "POST"])
def careerup_plan(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    form = CareerUpPlanForm(request.POST or None, initial=plan_told(case))
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            save_careerup_plan(case, form.told(), by=request.acting)
            messages.success(request, _("キャリアアップ計画書を保存しました。"))
            return redirect("grants:case", pk)
    context = {"case": case, "form": form, "filed": filed_plans(case), "may_choose": case.state == "preparing"}
    return render(request, "grants/careerup/plan.html", context)


def plan_told(case: GrantCase) -> dict[str, object]:
    """The one it rests on, else the one being written for its establishment."""
    plan = case.conversion.plan if case.conversion else None
    plan = plan or CareerUpPlan.objects.filter(establishment=case.establishment_id, filed_on=None).first()
    return {part: getattr(plan, part) for part in PLAN_PARTS} if plan else {}


@require_POST
def careerup_plan_choose(request: Request, pk: int, number: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    chosen = get_object_or_404(filed_plans(case), pk=number)
    with saying_no(request):
        choose_careerup_plan(case, chosen, by=request.acting)
        messages.success(request, _("届け出た計画書で進めます。"))
    return redirect("grants:case", pk)


@require_POST
def careerup_plan_freeze(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    with saying_no(request):
        plan = freeze_careerup_plan(case, by=request.acting)
        messages.success(request, _("計画書を第%(number)s版として確定しました。") % {"number": plan.number})
    return redirect("grants:case", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def careerup_plan_file(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    form = CareerUpFilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            file_careerup_plan(case, by=request.acting, **form.cleaned_data)
            messages.success(request, _("キャリアアップ計画書の届出を記録しました。"))
            return redirect("grants:case", pk)
    title = _("キャリアアップ計画書の届出を記録する")
    return render(request, "grants/careerup/form.html", {"case": case, "form": form, "title": title})


@require_http_methods(["GET", "HEAD", "POST"])
def conversion_facts(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    form = ConversionForm(request.POST or None, initial=conversion_told(case))
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            save_conversion(case, form.told(), by=request.acting)
            messages.success(request, _("転換の内容を保存しました。"))
            return redirect("grants:case", pk)
    title = _("転換の内容")
    lead = _("分からないものは空けておき、分かったときに入力します。支給申請の期間と額は、ここから計算されます。")
    return render(request, "grants/careerup/form.html", {"case": case, "form": form, "title": title, "lead": lead})


SAID = {True: "yes", False: "no", None: ""}


def conversion_told(case: GrantCase) -> dict[str, object]:
    found = {name: getattr(case.conversion, name) for name in ConversionForm.base_fields}
    return {name: SAID[value] if value is True or value is False else value for name, value in found.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def period_pay(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    form = PeriodPayForm(request.POST or None, initial=pay_told(case), period=case.period or 1)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            save_period_pay(case, form.told(), by=request.acting)
            messages.success(request, _("期の賃金を保存しました。"))
            return redirect("grants:case", pk)
    title = _("期の賃金と勤務日数")
    lead = _("賃金台帳と出勤簿を見ながら入力します。1時間あたりの額は、週の所定労働時間から計算します。")
    return render(request, "grants/careerup/form.html", {"case": case, "form": form, "title": title, "lead": lead})


def pay_told(case: GrantCase) -> dict[str, object]:
    row = pay_of(case)
    if row is None:
        return {}
    told = {name: getattr(row, name) for name in PeriodPayForm.base_fields}
    return told | {"worked_days": "、".join(map(str, row.worked_days))}


@require_http_methods(["GET", "HEAD", "POST"])
def conversion_answers(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    assert case.conversion
    asked = questions_of_period(case.period or 1, case.conversion.origin)
    return answers_page(request, case, asked, lambda given: answer_conversion(case, given, by=request.acting))


@require_POST
def period_freeze(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    with saying_no(request):
        claim = freeze_period(case, by=request.acting)
        messages.success(request, _("支給申請を第%(number)s版として確定しました。") % {"number": claim.number})
    return redirect("grants:case", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def period_file(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    form = PeriodFilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            file_period(case, by=request.acting, **form.cleaned_data)
            messages.success(request, _("支給申請の提出を記録しました。"))
            return redirect("grants:case", pk)
    title = _("支給申請の提出を記録する")
    return render(request, "grants/careerup/form.html", {"case": case, "form": form, "title": title})


@require_POST
def second_open(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    shown = pk
    with saying_no(request):
        shown = open_second(case, by=request.acting).pk
    return redirect("grants:case", shown)
