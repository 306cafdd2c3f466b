"""A firm asks to take part on an open page, confirms by mail, and the ward answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.actions.newcomers import accept_newcomer, ask_to_take_part, confirm_newcomer, decline_newcomer, newcomer_of
from firms.errors import Refused
from firms.forms.newcomers import DeclineNewcomerForm, NewcomerForm, NumberForm, filled_by
from firms.models import Newcomer
from firms.policies import may_answer_newcomers
from firms.queries.corporations import compared, published, register_in_use
from firms.queries.newcomers import alike, registered_as
from firms.states import NewcomerState
from firms.web.http import Request, page_of, refusing, require, saying_no, unlisted
from firms.web.strangers import comes_too_often, may_write_to
from firms.words.saying import said as _


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def newcomer_ask(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether the firm or the address is known or not."""
    asked = NumberForm(request.GET if "number" in request.GET else None)
    known = published(asked.cleaned_data["number"]) if asked.is_valid() else None
    form, status = NewcomerForm(request.POST or None, initial=filled_by(known) if known else None), 200
    if request.method == "POST" and comes_too_often(request, app="firms"):
        form, status = NewcomerForm(), 429
    elif form.is_valid():
        given = form.cleaned_data
        if may_write_to(request, given["email"], app="firms"):
            ask_to_take_part(**given)
        return redirect("firms:newcomer_asked")
    context = {
        "form": form,
        "asked": asked,
        "known": known,
        "register": register_in_use(),
        "is_too_often": status != 200,
    }
    return render(request, "firms/newcomer_ask.html", context, status=status)


@login_not_required
@require_safe
def newcomer_asked(request: HttpRequest) -> HttpResponse:
    return render(request, "firms/newcomer_asked.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newcomer_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows what was typed; pressing the button sends it, so that no scanner of mails does."""
    try:
        newcomer = confirm_newcomer(token) if request.method == "POST" else newcomer_of(token)
    except Refused as refused:
        answer = render(request, "firms/newcomer_closed.html", {"sentence": refused.sentence}, status=410)
        return unlisted(answer)
    context = {"newcomer": newcomer, "is_sent": newcomer.state != NewcomerState.UNCONFIRMED}
    return unlisted(render(request, "firms/newcomer_confirm.html", context))


@require_safe
def newcomers(request: Request) -> HttpResponse:
    require(may_answer_newcomers(request.acting))
    shows_all = "all" in request.GET
    found = Newcomer.objects.visible_to(request.acting)
    shown = found if shows_all else found.waiting().order_by("confirmed_at", "pk")
    context = {"page": page_of(shown, request), "shows_all": shows_all, "register": register_in_use()}
    return render(request, "firms/newcomers.html", context)


@require_http_methods(["GET", "POST"])
def newcomer(request: Request, pk: int) -> HttpResponse:
    """What was asked beside what is known, and the form that declines."""
    found = get_object_or_404(Newcomer.objects.visible_to(request.acting).select_related("answered_by"), pk=pk)
    require(may_answer_newcomers(request.acting))
    form = DeclineNewcomerForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            decline_newcomer(found, reason=form.cleaned_data["reason"], by=request.acting)
            messages.success(request, _("申込みを断りました。理由をメールで送ります。"))
            return redirect("firms:newcomers")
    known = published(found.corporate_number) if found.corporate_number else None
    context = {
        "newcomer": found,
        "register": register_in_use(),
        "known": known,
        "compared": compared(found, known) if known else [],
        "form": form,
        "is_waiting": found.state == NewcomerState.WAITING,
        "registered": registered_as(found),
        "alike": alike(found),
    }
    return render(request, "firms/newcomer.html", context)


@require_POST
def newcomer_accept(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Newcomer.objects.visible_to(request.acting), pk=pk)
    require(may_answer_newcomers(request.acting))
    back = reverse("firms:newcomer", args=[pk])
    with saying_no(request):
        made = accept_newcomer(found, by=request.acting)
        messages.success(request, _("「%(name)s」を登録し、担当者を招待しました。") % {"name": made})
        back = reverse("firms:organisation_detail", args=[made.pk])
    return redirect(back)
