"""Tours and internships: a firm's own, and the open ones for schools and agencies."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.web.http import Request, attempt, page_of, refusing, require
from firms.words.saying import said as _
from trials.actions.matching import visits as act
from trials.forms.visits import AnswerVisitForm, AskVisitForm, CountVisitForm, VisitForm
from trials.models import Visit, VisitRequest
from trials.policies import may_ask_visit, may_keep_visit, may_post, may_see_visits
from trials.states import PostingState


def seen_visit(request: Request, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.acting).select_related("establishment__organisation")
    return get_object_or_404(rows, pk=pk)


@require_safe
def visits(request: Request) -> HttpResponse:
    require(may_see_visits(request.acting))
    found = (
        Visit.objects.visible_to(request.acting).select_related("establishment__organisation").order_by("-day", "-pk")
    )
    context = {"page": page_of(found, request), "may_offer": may_post(request.acting)}
    return render(request, "trials/visits.html", context)


@require_http_methods(["GET", "POST"])
def visit_new(request: Request) -> HttpResponse:
    require(may_post(request.acting))
    form = VisitForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        with refusing(form):
            offered = act.offer_visit(by=request.acting, **form.cleaned_data)
            messages.success(request, _("公開しました。学校と派遣元に見えます。"))
            return redirect("trials:visit", offered.pk)
    context = {"form": form, "heading": _("見学・インターンシップを開く"), "back": "trials:visits"}
    return render(request, "trials/form.html", context)


@require_safe
def visit(request: Request, pk: int) -> HttpResponse:
    """The firm sees who asked; a school or an agency its own asking alone."""
    found = seen_visit(request, pk)
    keeps = may_keep_visit(request.acting, found)
    asked = found.requests.select_related("asker")
    context = {
        "visit": found,
        "keeps": keeps,
        "is_open": found.state == PostingState.OPEN,
        "is_past": found.day <= request.acting.today,
        "asked": asked if keeps else asked.filter(asker=request.acting.organisation_id),
        "may_ask": may_ask_visit(request.acting, found),
    }
    return render(request, "trials/visit.html", context)


@require_http_methods(["GET", "POST"])
def visit_ask(request: Request, pk: int) -> HttpResponse:
    found = seen_visit(request, pk)
    require(may_ask_visit(request.acting, found))
    form = AskVisitForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            act.ask_visit(found, by=request.acting, **form.cleaned_data)
            messages.success(request, _("申し込みました。企業の回答を待ちます。"))
            return redirect("trials:visit", pk)
    return form_page(request, form, _("申し込む"), pk)


def form_page(request: Request, form: Form, heading: str, pk: int) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": "trials:visit", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_http_methods(["GET", "POST"])
def visit_request(request: Request, pk: int, code: str) -> HttpResponse:
    """The firm answers, and afterwards counts who came."""
    mine = VisitRequest.objects.filter(visit__in=Visit.objects.visible_to(request.acting))
    asked = get_object_or_404(mine.select_related("visit__establishment__organisation"), pk=pk)
    require(may_keep_visit(request.acting, asked.visit))
    if code not in ("answer", "count"):
        raise Http404
    forms: dict[str, type[Form]] = {"answer": AnswerVisitForm, "count": CountVisitForm}
    form = forms[code](request.POST or None)
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            if code == "answer":
                act.answer_visit(asked, is_yes=given["wish"] == "yes", reason=given["reason"], by=request.acting)
            else:
                act.count_visit(asked, attended=given["attended"], by=request.acting)
            messages.success(request, _("記録しました。"))
            return redirect("trials:visit", asked.visit_id)
    heading = _("申込みに答える") if code == "answer" else _("来た人数を記録する")
    return form_page(request, form, heading, asked.visit_id)


@require_POST
def visit_close(request: Request, pk: int) -> HttpResponse:
    found = seen_visit(request, pk)
    require(may_keep_visit(request.acting, found))
    back = reverse("trials:visit", args=[pk])
    done = _("申込みを締め切りました。")
    return attempt(request, lambda: act.close_visit(found, by=request.acting), done=done, back=back)
