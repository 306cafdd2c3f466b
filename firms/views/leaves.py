"""休業・休職 of one employee."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from firms.actions.leaves import correct_leave, record_leave
from firms.forms.leaves import LeaveCorrectionForm, LeaveForm
from firms.models import Employment, Leave
from firms.policies import may_edit_establishment
from firms.views.people import visible_employment
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _

FIELDS = ("kind", "started_on", "ended_on", "is_withdrawn")


@require_http_methods(["GET", "POST"])
def leave_new(request: Request, pk: int) -> HttpResponse:
    shown = visible_employment(request, pk)
    require(may_edit_establishment(request.acting, shown.establishment))
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            record_leave(shown, by=request.acting, **form.cleaned_data)
            messages.success(request, _("休業を記録しました。"))
            return redirect("firms:employment", pk)
    return render(
        request,
        "firms/form.html",
        {
            "title": _("%(name)sさんの休業を記録") % {"name": shown.person.full_name},
            "lead": _("休業の日は所定労働時間がないものとして数え、受講の見込みと助成金の計算に反映します。"),
            "form": form,
            "submit": _("記録する"),
            "back": reverse("firms:employment", args=[pk]),
        },
    )


@require_http_methods(["GET", "POST"])
def leave_correct(request: Request, pk: int) -> HttpResponse:
    leaves = Leave.objects.visible_to(request.acting).select_related("person", "establishment__organisation")
    leave = get_object_or_404(leaves, pk=pk)
    require(may_edit_establishment(request.acting, leave.establishment))
    terms = Employment.objects.filter(person=leave.person, establishment=leave.establishment)
    shown = terms.select_related("person", "establishment").latest("started_on")
    form = LeaveCorrectionForm(request.POST or None, initial={name: getattr(leave, name) for name in FIELDS})
    if form.is_valid():
        with refusing(form):
            correct_leave(shown, leave, by=request.acting, **form.cleaned_data)
            messages.success(request, _("休業の記録を直しました。前の内容は履歴に残っています。"))
            return redirect("firms:employment", shown.pk)
    return render(
        request,
        "firms/form.html",
        {
            "title": _("%(name)sさんの休業を訂正") % {"name": shown.person.full_name},
            "lead": _("復職の日が決まったとき、期間が変わったときもここで直します。確定した申請は変わりません。"),
            "form": form,
            "submit": _("訂正する"),
            "back": reverse("firms:employment", args=[shown.pk]),
        },
    )
