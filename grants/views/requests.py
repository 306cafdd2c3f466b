"""Documents an office asks its client firms for: asking many at once, what came, and the firm's own page to answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.models.organisations import Kind
from firms.web.http import Request, attempt, page_of, refusing, require, row_number
from firms.words.saying import said as _
from grants.actions.requests import ask_evidence, send_again, take_answers, withdraw
from grants.forms.requests import AnswerRequestForm, AskForm
from grants.models import EvidenceRequest, GrantCase
from grants.papers.checklist import data
from grants.policies import may_answer_request, may_ask_evidence, may_list_cases
from grants.states import RequestState

# The words of the firm's own share of a claim, in the order of the checklist.
SHOWN_WITH = ("firm", "office", "to", "asked_by")


@require_safe
def requests(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    rows = EvidenceRequest.objects.visible_to(request.acting).select_related(*SHOWN_WITH)
    open_first = rows.order_by("closed_at", "due_on", "pk").prefetch_related("items__given__evidence")
    context = {
        "page": page_of(open_first, request),
        "may_ask": may_ask_evidence(request.acting),
        "is_office": request.acting.kind == Kind.OFFICE,
        "today": request.acting.today,
    }
    return render(request, "grants/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: Request) -> HttpResponse:
    """`firm` or `case` in the address chooses ahead."""
    require(may_ask_evidence(request.acting))
    cases = GrantCase.objects.visible_to(request.acting).trainings().running().whole()
    cases = cases.order_by("establishment__organisation__name_kana", "pk")
    firm, case = (row_number(request.GET.get(name, "")) for name in ("firm", "case"))
    chosen = [one.pk for one in cases if firm == one.firm_id or case == one.pk]
    titles = dict.fromkeys(document["title"] for document in data()["documents"])
    form = AskForm(request.POST or None, cases=cases, documents=titles, initial={"cases": chosen})
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            made = ask_evidence(**form.asked(), by=request.acting)
            messages.success(request, _("%(n)s社に書類をお願いしました。") % {"n": len(made)})
            return redirect("grants:requests")
    return render(request, "grants/request_new.html", {"form": form, "has_cases": cases.exists()})


@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: Request, pk: int) -> HttpResponse:
    held = fetch_request(request, pk)
    may_answer = may_answer_request(request.acting, held) and held.state == RequestState.OPEN
    form = AnswerRequestForm(request.POST or None, request.FILES or None, held=held) if may_answer else None
    if request.method == "POST":
        require(form is not None)
        assert form is not None
        if form.is_valid():
            with refusing(form):
                take_answers(held, form.given(), who=str(request.person), by=request.acting)
                messages.success(request, _("書類を送りました。"))
                return redirect("grants:request", pk)
    context = {
        "held": held,
        "items": held.items.select_related("case__run__course").prefetch_related("given__evidence"),
        "form": form,
        "may_ask": may_ask_evidence(request.acting),
        "today": request.acting.today,
    }
    return render(request, "grants/request.html", context)


def fetch_request(request: Request, pk: int) -> EvidenceRequest:
    return get_object_or_404(EvidenceRequest.objects.visible_to(request.acting).select_related(*SHOWN_WITH), pk=pk)


@require_POST
def request_send(request: Request, pk: int) -> HttpResponse:
    held = fetch_request(request, pk)
    require(may_ask_evidence(request.acting))
    back = held.get_absolute_url()
    return attempt(request, lambda: send_again(held, by=request.acting), done=_("もう一度送りました。"), back=back)


@require_POST
def request_withdraw(request: Request, pk: int) -> HttpResponse:
    held = fetch_request(request, pk)
    require(may_ask_evidence(request.acting))
    back = held.get_absolute_url()
    return attempt(request, lambda: withdraw(held, by=request.acting), done=_("お願いを取りやめました。"), back=back)
