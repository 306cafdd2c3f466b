"""The ward's pages on which an organisation is deregistered, and on which that is taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from firms.actions.deregistering import reinstate as take_back
from firms.forms.organisations import DeregisterForm, ReasonForm
from firms.models import Organisation
from firms.policies import may_deregister
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from lms.deregistering.ending import deregister_whole
from lms.deregistering.touched import touched


@require_http_methods(["GET", "POST"])
def deregister(request: Request, pk: int) -> HttpResponse:
    """What it touches is shown for the day asked about, before the word is given."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.acting), pk=pk)
    require(may_deregister(request.acting, organisation))
    today = request.acting.today
    form = DeregisterForm(request.POST or None, initial={"on": today})
    if form.is_valid() and "look" not in request.POST:
        with refusing(form):
            deregister_whole(organisation, by=request.acting, **form.cleaned_data)
            messages.success(request, _("「%(name)s」の抹消を記録しました。") % {"name": organisation})
            return redirect("firms:organisation_detail", pk)
    day = (form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None) or today
    return render(
        request,
        "deregistering/deregister.html",
        {"organisation": organisation, "form": form, "touched": touched(organisation, day), "day": day},
    )


@require_http_methods(["GET", "POST"])
def reinstate(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.acting), pk=pk)
    require(may_deregister(request.acting, organisation))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            take_back(organisation, by=request.acting, **form.cleaned_data)
            messages.success(request, _("「%(name)s」の抹消を取り消しました。") % {"name": organisation})
            return redirect("firms:organisation_detail", pk)
    return render(
        request,
        "firms/form.html",
        {
            "title": _("「%(name)s」の抹消を取り消す") % {"name": organisation},
            "lead": _("抹消とともに終わった所属が、元のとおりに戻ります。終わった委任・受講・開講・案件は戻りません。"),
            "form": form,
            "submit": _("抹消を取り消す"),
            "back": reverse("firms:organisation_detail", args=[pk]),
        },
    )
