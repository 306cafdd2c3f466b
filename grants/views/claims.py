"""The claim: every requirement, trainee and yen on one page; freezing it; recording its filing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.errors import Refused
from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.claims import OPEN_FOR_CLAIM, assessed, draft_claim, file_claim, freeze_claim, why_not_ready
from grants.claims.assessment import Assessment, name_of, open_requirements
from grants.claims.claim_page import claim_page, departures, late_records
from grants.facts import filed_plan
from grants.facts.stated import channel_of
from grants.forms.cases import ClaimFiledForm
from grants.models import Claim, GrantCase
from grants.policies import may_apply, may_read_papers
from grants.shapes import ClaimFacts, OutcomeFacts
from grants.views.cases import fetch
from grants.views.plans import draft_answer


def newest(case: GrantCase) -> Claim | None:
    found = case.claims.select_related("filing", "decision__payment", "frozen_by")
    return found.current_first().first()


@require_safe
def claim(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    if filed_plan(case) is None:
        messages.info(request, _("支給申請の内容は、計画届の提出を記録した後に見られます。"))
        return redirect("grants:case", pk)
    frozen, today = newest(case), request.acting.today
    is_open = case.state in OPEN_FOR_CLAIM
    try:
        live = assessed(case, today) if is_open or frozen is None else None
    except Refused as refused:
        messages.error(request, refused.sentence)
        live = None
    if (shown := shown_of(frozen, live)) is None:
        return redirect("grants:case", pk)
    context = {
        "case": case,
        "frozen": frozen,
        "filing": getattr(frozen, "filing", None),
        "page": claim_page(*shown, on=today, set_aside=live.set_aside if live else ()),
        "drift": live.drift if live else (),
        "departures": departures(frozen, live) if frozen and live else late(case, frozen),
        "exempted": case.exemptions.in_force(today),
        "is_filed": case.state not in OPEN_FOR_CLAIM,
        "today": today,
        "may_freeze": is_open and may_apply(request.acting, case),
        "not_ready": why_not_ready(live) if live else "",
        "despite": named_requirements(live) if live else [],
        "may_draft": live is not None and not why_not_ready(live),
        "may_file": is_open and may_apply(request.acting, case),
    }
    return render(request, "grants/claim.html", context)


def shown_of(frozen: Claim | None, live: Assessment | None) -> tuple[ClaimFacts, OutcomeFacts] | None:
    """What was frozen stands before what would be frozen today."""
    if frozen:
        return frozen.lifted, frozen.outcome
    return (live.facts, live.outcome) if live else None


def late(case: GrantCase, frozen: Claim | None) -> list[str]:
    """After filing there is no version to come; what changed is shown all the same."""
    return late_records(case, frozen) if frozen else []


def named_requirements(live: Assessment) -> list[tuple[str, str]]:
    """What must be ticked before the claim is frozen: name and words of each."""
    names = {one["key"]: one["name"] for one in live.facts["workers"]}
    return [
        (name_of(one), f"{one['label']}（{names[one['subject']]}）" if one["subject"] else one["label"])
        for one in open_requirements(live.outcome)
    ]


@require_safe
def claim_draft(request: Request, pk: int) -> HttpResponse:
    """As the plan's: to look through before anything is frozen."""
    case = fetch(request, pk)
    require(may_read_papers(request.acting, case))
    return draft_answer(
        request, case, lambda: draft_claim(case, on=request.acting.today), name=_("%(number)s 支給申請の下書き.pdf")
    )


@require_POST
def claim_freeze(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    with saying_no(request):
        frozen = freeze_claim(case, by=request.acting, despite=request.POST.getlist("despite"))
        messages.success(request, _("支給申請を第%(number)s版として確定しました。") % {"number": frozen.number})
    return redirect("grants:claim", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_file(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_apply(request.acting, case))
    form = ClaimFiledForm(request.POST or None, initial={"channel": channel_of(case) or "paper"})
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            file_claim(case, by=request.acting, **form.cleaned_data)
            messages.success(request, _("支給申請の提出を記録しました。"))
            return redirect("grants:case", pk)
    return render(request, "grants/claim_file.html", {"case": case, "form": form, "claim": newest(case)})
