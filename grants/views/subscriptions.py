"""A subscription on its pages: opened, told, planned, changed, learned with, claimed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.acting import Acting
from firms.models.organisations import Kind
from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.subscriptions import (
    answer_subscription,
    file_subscription_change,
    file_subscription_claim,
    file_subscription_plan,
    freeze_subscription_claim,
    freeze_subscription_plan,
    open_subscription,
    save_learning,
    save_subscription,
)
from grants.cases.situation import situations_of
from grants.cases.subscriptions import BEFORE_CLAIM, BEFORE_FILING
from grants.claims.subscriptions import assess_subscribed
from grants.facts.subscriptions import drift_of, first_filings, supported
from grants.forms.careerup import PeriodFilingForm
from grants.forms.subscriptions import (
    LearningForm,
    OpenSubscriptionForm,
    SubscriptionChangeForm,
    SubscriptionFilingForm,
    SubscriptionForm,
)
from grants.models import GrantCase
from grants.policies import may_apply, may_list_cases, may_open_case, may_prepare
from grants.queries.subscriptions import people_for, places_for_subscriptions
from grants.subjects.subscriptions import QUESTIONS
from grants.views.subjects import answers_page, page_of

FORM = "grants/careerup/form.html"


def fetch(request: Request, pk: int) -> GrantCase:
    """Of a subscription; any other case, and a stranger's, is 404."""
    return get_object_or_404(GrantCase.objects.visible_to(request.acting).subscriptions().whole(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_new(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    form = OpenSubscriptionForm(request.POST or None, places=places_for_subscriptions(request.acting))
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["establishment"]
        require(may_open_case(request.acting, place))
        with refusing(form):
            opened = open_subscription(place, form.told(), by=request.acting)
            return redirect("grants:subscription_case", opened.pk)
    return render(request, "grants/subscriptions/new.html", {"form": form})


@require_safe
def subscription_case(request: Request, pk: int) -> HttpResponse:
    """Where `grants:case` leads for a subscription."""
    case, acting = fetch(request, pk), request.acting
    now = situations_of({case.pk}, on=acting.today)[case.pk]
    filing = first_filings([case]).get(case.pk)
    assert case.subscription
    context = page_of(case, now, acting) | {
        "subscription": case.subscription,
        "people": case.subscription.people.select_related("person"),
        "needed": [(one, place_of(one.where, case, acting)) for one in now.needed],
        "assessment": assess_subscribed(case, on=acting.today) if case.state in BEFORE_CLAIM else None,
        "filing": filing,
        "days": supported(case.subscription, filing.filed_on) if filing else None,
        "drift": drift_of(case) if case.state in BEFORE_CLAIM else [],
        "is_planning": case.state in BEFORE_FILING,
        "is_learning": case.state in BEFORE_CLAIM,
    }
    return render(request, "grants/subscriptions/case.html", context)


def place_of(where: str, case: GrantCase, acting: Acting) -> str:
    """Only the firm's own manager edits the firm; its office is told what to ask for."""
    pages = {"subscription_facts": reverse("grants:subscription_facts", args=[case.pk])}
    if acting.kind == Kind.FIRM:
        pages |= {
            "firm": reverse("firms:organisation_edit"),
            "establishment": reverse("firms:establishment_edit", args=[case.establishment_id]),
        }
    return pages.get(where, "")


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_facts(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    form = SubscriptionForm(request.POST or None, initial=contract_told(case), people=people_for(case))
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            save_subscription(case, form.told(), list(form.cleaned_data["people"]), by=request.acting)
            messages.success(request, _("契約と対象労働者を保存しました。"))
            return redirect("grants:subscription_case", pk)
    lead = _("分からないものは空けておき、分かったときに入力します。届け出た後に変えたときは、変更届が必要です。")
    return render(request, FORM, {"case": case, "form": form, "title": _("契約と対象労働者"), "lead": lead})


def contract_told(case: GrantCase) -> dict[str, object]:
    found = case.subscription
    assert found
    told = {name: getattr(found, name) for name in SubscriptionForm.base_fields if name != "people"}
    return told | {"people": list(found.people.values_list("person", flat=True))}


@require_POST
def subscription_plan_freeze(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    with saying_no(request):
        plan = freeze_subscription_plan(case, by=request.acting)
        messages.success(request, _("計画届を第%(number)s版として確定しました。") % {"number": plan.number})
    return redirect("grants:subscription_case", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_plan_file(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    form = SubscriptionFilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            file_subscription_plan(case, by=request.acting, **form.cleaned_data)
            messages.success(request, _("計画届の提出を記録しました。"))
            return redirect("grants:subscription_case", pk)
    return render(request, FORM, {"case": case, "form": form, "title": _("計画届の届出日を記録する")})


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_change(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    form = SubscriptionChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            file_subscription_change(case, by=request.acting, **form.cleaned_data)
            messages.success(request, _("変更届の提出を記録しました。"))
            return redirect("grants:subscription_case", pk)
    drift = drift_of(case)
    lead = _("届け出た計画と違うところ：%(parts)s") % {"parts": "、".join(drift)} if drift else ""
    return render(request, FORM, {"case": case, "form": form, "title": _("変更届の提出を記録する"), "lead": lead})


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_learning(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    assert case.subscription
    people = list(case.subscription.people.select_related("person"))
    form = LearningForm(request.POST or None, people=people, initial={"reached_on": case.subscription.reached_on})
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            reached_on = form.cleaned_data["reached_on"]
            save_learning(case, form.minutes(), reached_on=reached_on, by=request.acting)
            messages.success(request, _("修了した時間を保存しました。"))
            return redirect("grants:subscription_case", pk)
    lead = _("学習ログを見ながら、修了した講座の標準学習時間の合計を入力します。途中までの講座は数えません。")
    return render(request, FORM, {"case": case, "form": form, "title": _("修了した時間"), "lead": lead})


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_answers(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    return answers_page(request, case, QUESTIONS, lambda given: answer_subscription(case, given, by=request.acting))


@require_POST
def subscription_claim_freeze(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    with saying_no(request):
        claim = freeze_subscription_claim(case, by=request.acting)
        messages.success(request, _("支給申請を第%(number)s版として確定しました。") % {"number": claim.number})
    return redirect("grants:subscription_case", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_claim_file(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    form = PeriodFilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            file_subscription_claim(case, by=request.acting, **form.cleaned_data)
            messages.success(request, _("支給申請の提出を記録しました。"))
            return redirect("grants:subscription_case", pk)
    return render(request, FORM, {"case": case, "form": form, "title": _("支給申請の提出を記録する")})
