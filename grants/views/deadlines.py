"""All open deadlines of one's firms, and recording that a change notice was filed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from grants.actions.deadlines import tell_change
from grants.cases.situation import dues_of
from grants.claims.excused import excused_until
from grants.forms.cases import ChangeFilingForm
from grants.models import Deadline
from grants.policies import may_apply, may_list_cases
from grants.queries import deadlines_for

PER_PAGE = 50


@require_safe
def deadlines(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    page = Paginator(deadlines_for(request.acting), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "dues": dues_of(list(page), on=request.acting.today), "today": request.acting.today}
    return render(request, "grants/deadlines.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_filed(request: Request, pk: int) -> HttpResponse:
    seen = Deadline.objects.visible_to(request.acting).filter(code=Deadline.Code.CHANGE_NOTICE)
    row = get_object_or_404(
        seen.select_related(
            "case__establishment__organisation", "case__run__course", "case__conversion__person", "case__subscription"
        ),
        pk=pk,
    )
    require(may_apply(request.acting, row.case))
    form = ChangeFilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            tell_change(row, **form.cleaned_data, by=request.acting)
            messages.success(request, _("計画変更届の提出を記録しました。"))
            return redirect("grants:case", row.case_id)
    return render(
        request,
        "grants/change_filed.html",
        {"deadline": row, "case": row.case, "form": form, "excused_until": excused_until(row)},
    )
