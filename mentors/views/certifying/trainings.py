"""The ward's desk records a training somebody completed elsewhere; a member of the board sees what waits for their word."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from mentors.actions.certifying.reviewing import open_ballot
from mentors.actions.certifying.training import record_training
from mentors.forms.certifying.trainings import TrainingForm
from mentors.models.certifying.trainings import Training
from mentors.oneself import oneself
from mentors.policies import may_review
from mentors.queries.certifying import ballots_of
from mentors.views.certifying.applying import page_of_application, shown_application


@require_POST
def training_record(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_review(request.acting, shown))
    form = TrainingForm(request.POST)
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            told = {"completed_on": given["completed_on"], "place": given["place"], "by": request.acting}
            record_training(shown, training=Training(given["training"]), **told)
            messages.success(request, _("講習の修了を記録しました。"))
            return redirect("mentors:application", pk)
    context = page_of_application(request, shown, training_form=form)
    return render(request, "mentors/certifying/application.html", context)


@require_safe
def ballots(request: Request) -> HttpResponse:
    """Of a member who signs in under the address the ward knows them by; the others vote by the links they get."""
    found = ballots_of(request.person.email or "", on=request.acting.today)
    return render(request, "mentors/certifying/ballots.html", {"waiting": found.waiting, "said": found.said})


@require_POST
def ballot_open(request: Request, pk: int) -> HttpResponse:
    """A new link for this very moment; the one in the letter ends with it."""
    found = ballots_of(request.person.email or "", on=request.acting.today)
    ballot = get_object_or_404(found.rows, pk=pk)
    address = reverse("mentors:ballots")
    with saying_no(request):
        address = open_ballot(ballot, by=oneself(request.acting))
    return redirect(address)
