"""The open pages by which a job seeker finds a round and an agency, and the agency's intake behind them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.queries import today
from firms.web.http import Request, attempt, refusing, require
from firms.web.strangers import comes_too_often, may_write_to
from firms.words.saying import said as _
from trials.actions.matching.intakes import ask_to_join, close_intake, open_intake
from trials.forms.coming import ComeForm, IntakeForm
from trials.models import Intake, Round
from trials.policies import may_invite_seeker
from trials.queries.advising import at_agency
from trials.queries.intakes import open_rounds


@login_not_required
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Rounds that take people today, for everybody."""
    return render(request, "trials/open/welcome.html", {"rounds": open_rounds(on=today())})


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def come(request: HttpRequest, pk: int) -> HttpResponse:
    """What the round is, and the form that leads to an agency; the answer is the same for every address."""
    found = get_object_or_404(open_rounds(on=today()), pk=pk)
    intakes = Intake.objects.shown_on(today()).filter(round=found).select_related("agency")
    form = ComeForm(request.POST or None, intakes=intakes)
    status = 200
    if request.method == "POST" and comes_too_often(request, app="trials"):
        form, status = ComeForm(intakes=intakes), 429
    elif form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            if may_write_to(request, given["email"], app="trials"):
                ask_to_join(found, **given)
            return redirect("trials:came")
    context = {"round": found, "rules": found.rules, "form": form, "is_too_often": status != 200}
    return render(request, "trials/open/come.html", context, status=status)


@login_not_required
@require_safe
def came(request: HttpRequest) -> HttpResponse:
    return render(request, "trials/open/came.html")


@require_http_methods(["GET", "POST"])
def intake_new(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Round.objects.visible_to(request.acting), pk=pk)
    require(may_invite_seeker(request.acting))
    desk = at_agency(request.acting.organisation_id, on=request.acting.today)
    form = IntakeForm(request.POST or None, desk=desk)
    if form.is_valid():
        with refusing(form):
            open_intake(found, by=request.acting, **form.cleaned_data)
            messages.success(request, _("公開の受付を開きました。"))
            return redirect("trials:round", pk)
    context = {"form": form, "heading": _("公開の受付を開く"), "back": "trials:round", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_POST
def intake_close(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Intake.objects.visible_to(request.acting), pk=pk)
    back = reverse("trials:round", args=[found.round_id])
    done = _("公開の受付を閉じました。")
    return attempt(request, lambda: close_intake(found, by=request.acting), done=done, back=back)
