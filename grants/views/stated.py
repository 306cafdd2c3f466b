"""What the firm states for its papers, a page a kind, and 様式第11号, which the firm itself confirms."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from grants.actions.stated import state
from grants.forms.stated import ONE, ROWS, ConfirmationForm, rows_of
from grants.models import GrantCase, Stated, Statement
from grants.models.stated import OF_THE_FIRM
from grants.policies import may_confirm, may_prepare
from grants.queries.stated import newest_statements
from grants.subjects.confirming import items_of
from grants.views.cases import fetch, fetch_any


@dataclass(frozen=True)
class Page:
    title: object
    lead: object


PAGES: dict[str, Page] = {
    Stated.NOTICE: Page(
        gettext_lazy("計画届のそのほかの欄（様式第1-1号 欄10・16・17・18）"),
        gettext_lazy("資格試験、連携校と契約した経緯、デジタル人材の区分を書きます。そのまま様式に印刷されます。"),
    ),
    Stated.LECTURERS: Page(
        gettext_lazy("講師の要件（様式第10号）"),
        gettext_lazy("事業内訓練の講師が要件を満たすことを、講師ごとに書きます。資格証などの写しを添えます。"),
    ),
    Stated.PRICE: Page(
        gettext_lazy("受講料の価格（様式第28号）"),
        gettext_lazy("経費助成を申請するときに添える、受講料の価格設定に関する疎明書に印刷されます。"),
    ),
    Stated.STANDING: Page(
        gettext_lazy("支給要件確認申立書（共通要領様式第1号）"),
        gettext_lazy("支給申請に添える申立書の4から16までに答えます。事業主に確かめてから答えてください。"),
    ),
    Stated.DIRECTORS: Page(
        gettext_lazy("役員等一覧（共通要領様式第1号 別紙）"),
        gettext_lazy(
            "役員名簿にある全員です。会社として一度入力すれば、どの案件の様式にも印刷されます。添付がないと支給されません。"
        ),
    ),
    Stated.ACCOUNT: Page(
        gettext_lazy("振込先の口座（支払方法・受取人住所届）"),
        gettext_lazy(
            "初めて申請するときと口座を変えたときに出します。会社として一度入力すれば、どの案件の様式にも印刷されます。"
        ),
    ),
    Stated.HOUSES: Page(
        gettext_lazy("事業所の一覧（様式第13号）"),
        gettext_lazy(
            "ほかの都道府県や、雇用保険の適用を受けない事業所も含めて、すべて書きます。人数の合計が企業全体の人数になります。"
        ),
    ),
}


# What every grant's claim asks of the firm; the rest is of trainings.
EVERY_CASE = (Stated.STANDING, *OF_THE_FIRM)


@require_http_methods(["GET", "HEAD", "POST"])
def stated(request: Request, pk: int, kind: str) -> HttpResponse:
    case = fetch_any(request, pk) if kind in EVERY_CASE else fetch(request, pk)
    require(may_prepare(request.acting, case))
    if kind not in PAGES:
        raise Http404
    newest = newest_statements([case])[case.pk].get(kind)
    form = form_of(kind, newest, case, request)
    if request.method == "POST" and form.is_valid():
        with saying_no(request):
            state(case, Stated(kind), form.facts(), by=request.acting)
            messages.success(request, _("保存しました。"))
            return redirect("grants:case", pk)
    context = {"case": case, "form": form, "page": PAGES[kind], "last": newest, "has_rows": kind in ROWS}
    return render(request, "grants/stated.html", context)


def form_of(kind: str, newest: Statement | None, case: GrantCase, request: Request) -> Any:
    data = request.POST if request.method == "POST" else None
    if kind in ROWS:
        return rows_of(ROWS[kind])(data, initial=known_rows(kind, newest, case), prefix="rows")
    initial = ONE[kind].filled(newest.facts) if newest else {}
    return ONE[kind](data, initial=initial)


def known_rows(kind: str, newest: Statement | None, case: GrantCase) -> list[Any]:
    """What was stated last; of the establishments those registered here, to begin with."""
    if newest:
        return [ROWS[kind].filled(row) for row in newest.facts["rows"]]  # type: ignore[attr-defined]
    if kind == Stated.HOUSES:
        places = case.establishment.organisation.establishments.order_by("pk")
        return [{"name": place.name, "number": place.insurance_number} for place in places]
    return []


@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: Request, pk: int) -> HttpResponse:
    """The office sees when and by whom; only the firm's own manager has marks to set."""
    case = fetch(request, pk)
    items = items_of(case.entry, case.entry.edition_on(request.acting.today))
    newest = newest_statements([case])[case.pk].get(Stated.CONFIRMATION)
    form = ConfirmationForm(request.POST or None, items=items)
    if request.method == "POST":
        require(may_confirm(request.acting, case))
        if form.is_valid():
            with refusing(form):
                state(case, Stated.CONFIRMATION, form.facts(), by=request.acting)
                messages.success(request, _("事前確認書に答えました。"))
                return redirect("grants:case", pk)
    context = {
        "case": case,
        "form": form,
        "items": items,
        "last": newest,
        "may_confirm": may_confirm(request.acting, case),
    }
    return render(request, "grants/confirmation.html", context)
