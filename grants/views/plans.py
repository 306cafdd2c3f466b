"""The plan: what 様式第1-3号 states, freezing it, recording its filing."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.errors import Refused
from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.plans import draft_plan, file_plan, freeze_plan
from grants.actions.statements import save_plan_facts
from grants.forms.cases import PlanFactsForm, PlanFiledForm
from grants.models import Claim, GrantCase, PlanVersion, ReskillingPlan
from grants.papers.making import draft_of
from grants.policies import may_apply, may_prepare, may_read_papers
from grants.views.cases import fetch


@require_http_methods(["GET", "HEAD", "POST"])
def plan_facts(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    if not case.entry.states:
        raise Http404
    form = PlanFactsForm(request.POST or None, initial=stated(case))
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            save_plan_facts(case, form.stated(), by=request.acting)
            messages.success(request, _("事業展開等実施計画を保存しました。"))
            return redirect("grants:case", pk)
    return render(request, "grants/plan_facts.html", {"case": case, "form": form})


def stated(case: GrantCase) -> dict[str, object]:
    plan = ReskillingPlan.objects.filter(case=case).first()
    parts = ("purpose", "from_on", "to_on", "business", "change", "task_link")
    return {part: getattr(plan, part) for part in parts} if plan else {"purpose": ReskillingPlan.Purpose.DX}


@require_safe
def plan_draft(request: Request, pk: int) -> HttpResponse:
    """To look through before anything is frozen, by whoever prepares it; every page is marked as a draft."""
    case = fetch(request, pk)
    require(may_read_papers(request.acting, case))
    return draft_answer(
        request, case, lambda: draft_plan(case, on=request.acting.today), name=_("%(number)s 計画届の下書き.pdf")
    )


def draft_answer(
    request: Request, case: GrantCase, version: Callable[[], PlanVersion | Claim], *, name: str
) -> HttpResponse:
    try:
        content = draft_of(version())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("grants:case", case.pk)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name % {"number": case.number}) or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def plan_freeze(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    with saying_no(request):
        plan = freeze_plan(case, by=request.acting)
        messages.success(request, _("計画を第%(number)s版として確定しました。") % {"number": plan.number})
    return redirect("grants:case", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_file(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    form = PlanFiledForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            file_plan(case, by=request.acting, **form.cleaned_data)
            messages.success(request, _("計画届の提出を記録しました。"))
            return redirect("grants:case", pk)
    plan = case.plans.current_first().first()
    return render(request, "grants/plan_file.html", {"case": case, "form": form, "plan": plan})
