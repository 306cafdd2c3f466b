"""What the pages of every case that is of no training share: its page's context, its requirements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve

from firms.acting import Acting
from firms.web.http import Request, saying_no
from firms.words.saying import said as _
from grants.actions.cases import may_be_dropped
from grants.actions.steps import may_be_voided, steps_open
from grants.cases.guide import Guide, Situation
from grants.cases.situation import guide_of
from grants.facts.ground import newest_answers
from grants.forms.careerup import RequirementForm
from grants.models import Answer, Claim, GrantCase, OfficeStep
from grants.policies import may_apply
from grants.states import DeadlineState
from grants.subjects.asked import Asked

# Steps of `may_apply` alone: a clerk of the office reads of them and is not led there.
APPLYING = {
    "careerup_plan_freeze", "careerup_plan_file", "period_freeze", "period_file", "subscription_plan_freeze",
    "subscription_plan_file", "subscription_change", "subscription_claim_freeze", "subscription_claim_file", "case_drop",
    "decision", "payment", "case_close", "step",
}  # fmt: skip


def page_of(case: GrantCase, now: Situation, acting: Acting) -> dict[str, object]:
    """Stand, next step, claim, deadlines and steps with the labour office, as every page of a case shows them."""
    claim = case.claims.select_related("filing", "decision__payment").current_first().first()
    deadlines = list(case.deadlines.order_by("last_on", "pk"))
    applies = may_apply(acting, case)
    return {
        "case": case,
        "guide": guide_of(now) if applies else without_application(guide_of(now)),
        "claim": claim,
        "record": records_of(claim),
        "plan_version": case.plans.order_by("-number").first(),
        "deadlines": [row for row in deadlines if row.state == DeadlineState.OPEN],
        "past_deadlines": [row for row in deadlines if row.state != DeadlineState.OPEN],
        "today": acting.today,
        "exempted": case.exemptions.in_force(acting.today),
        "may_apply": applies,
        "may_drop": applies and may_be_dropped(case),
        "steps_open": [(kind, OfficeStep.Kind(kind).label) for kind in steps_open(case)],
        "may_void_step": may_be_voided(case),
        "office_steps": case.office_steps.filter(voids=None).select_related("evidence", "recorded_by", "voided_by"),
    }


def records_of(claim: Claim | None) -> dict[str, object]:
    decision = getattr(claim, "decision", None)
    return {
        "filing": getattr(claim, "filing", None),
        "decision": decision,
        "payment": getattr(decision, "payment", None),
        "conditions": claim.outcome["conditions"] if claim else [],
        "lines": claim.outcome["lines"] if claim else [],
    }


def without_application(found: Guide) -> Guide:
    """A clerk of the office prepares; what only the firm or the 社会保険労務士 does is told, not offered."""
    if is_applying(found.url):
        found = replace(found, label="", url="", posts=False)
    return replace(found, other_label="", other_url="") if is_applying(found.other_url) else found


def is_applying(url: str) -> bool:
    return url.startswith("/") and resolve(url).url_name in APPLYING


def answers_page(
    request: Request,
    case: GrantCase,
    asked: Sequence[Asked],
    answer: Callable[[Mapping[str, tuple[str, str]]], object],
) -> HttpResponse:
    """The requirements only the firm can state; `answer` keeps what was given."""
    newest = newest_answers(case)
    data = request.POST if request.method == "POST" else None
    rows = [
        (one, RequirementForm(data, prefix=one.code, initial=answer_told(newest.get(one.code))), newest.get(one.code))
        for one in asked
    ]
    valid = [form.is_valid() for _asked, form, _last in rows]
    if request.method == "POST" and all(valid):
        given = {one.code: (form.cleaned_data["value"], form.cleaned_data["note"]) for one, form, _last in rows}
        with saying_no(request):
            answer(given)
            messages.success(request, _("要件の回答を保存しました。"))
            return redirect("grants:case", case.pk)
    return render(request, "grants/careerup/answers.html", {"case": case, "rows": rows})


def answer_told(last: Answer | None) -> dict[str, object]:
    return {"value": last.value, "note": last.note} if last else {"value": Answer.Value.UNKNOWN}
