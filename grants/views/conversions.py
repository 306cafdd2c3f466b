"""What 様式第1-1号 says where it stands in for a キャリアアップ計画書."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from grants.actions.conversions import save_conversion_plan
from grants.forms.cases import ConversionPlanForm
from grants.models import ConversionPlan, GrantCase
from grants.policies import may_prepare
from grants.views.cases import fetch


@require_http_methods(["GET", "HEAD", "POST"])
def conversion_plan(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    form = ConversionPlanForm(request.POST or None, initial=stated(case))
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            save_conversion_plan(case, form.stated(), by=request.acting)
            messages.success(request, _("キャリアアップ計画の欄を保存しました。"))
            return redirect("grants:case", pk)
    return render(request, "grants/conversion_plan.html", {"case": case, "form": form})


def stated(case: GrantCase) -> dict[str, object]:
    plan = ConversionPlan.objects.filter(case=case).first()
    if plan is None:
        return {}
    return {"is_wanted": "yes" if plan.is_wanted else "no"} | {
        part: getattr(plan, part) for part in ("manager_name", "is_conversion", "month")
    }
