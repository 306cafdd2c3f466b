"""What is kept until when, the list of what may be destroyed, and the bundle a successor checks by themselves."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.files.exports import attached, xlsx_answer
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from grants.actions.keeping import confirm_destruction, hand_out_bundle, void_destruction
from grants.cases.keeping import RegisteredCase, register, undecided_and_refused
from grants.forms.keeping import DestructionForm, VoidForm
from grants.models import Destruction, GrantCase
from grants.policies import may_apply, may_confirm_destruction, may_list_cases, may_make_papers
from grants.queries.keeping import documents_of
from grants.views.cases import fetch_any

PER_PAGE = 30
# A list longer than that is confirmed in parts.
MOST_AT_ONCE = 50


@require_safe
def keeping(request: Request) -> HttpResponse:
    acting = request.acting
    require(may_list_cases(acting))
    found = register(acting)
    undecided, refused = undecided_and_refused(acting)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "over": sum(one.may_be_destroyed(acting.today) for one in found),
        "undecided": undecided,
        "refused": refused,
        "today": acting.today,
        "may_confirm": may_confirm_destruction(acting),
    }
    return render(request, "grants/keeping.html", context)


@require_safe
def keeping_xlsx(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    head = [
        _("企業"),
        _("案件"),
        _("講座"),
        _("支給決定日"),
        _("保存の最終日"),
        _("数え方"),
        _("根拠"),
        _("廃棄した日"),
    ]
    return xlsx_answer(_("保存の一覧"), head, map(cells, register(request.acting)))


def cells(one: RegisteredCase) -> list[object]:
    case, because = one.case, "、".join(dict.fromkeys(kept.because for kept in one.kept))
    names = [case.establishment.organisation.name, case.number, case.title]
    days = [one.decided_on, one.until or _("入金の記録待ち"), because or "", one.source]
    return [*names, *days, one.destroyed.destroyed_on if one.destroyed else None]


@require_http_methods(["GET", "HEAD", "POST"])
def destruction(request: Request) -> HttpResponse:
    acting = request.acting
    require(may_confirm_destruction(acting))
    due = [one for one in register(acting) if one.may_be_destroyed(acting.today)]
    shown = sorted(due[:MOST_AT_ONCE], key=lambda one: one.case.pk)
    chosen = [one.case.pk for one in shown]
    offered = GrantCase.objects.visible_to(acting).whole().filter(pk__in=chosen).order_by("pk")
    form = DestructionForm(request.POST or None, cases=offered, initial={"destroyed_on": acting.today})
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            count = confirm_destruction(**form.cleaned_data, by=acting)
            messages.success(request, _("%(n)s件の廃棄を記録しました。") % {"n": count})
            return redirect("grants:destruction")
    documents = documents_of(chosen)
    confirmed = Destruction.objects.filter(case__in=GrantCase.objects.visible_to(acting), voids=None)
    context = {
        "form": form,
        "rows": [(one, documents.get(one.case.pk, [])) for one in shown],
        "more": len(due) - len(shown),
        "confirmed": confirmed.select_related(
            "case__establishment__organisation",
            "case__run__course",
            "case__conversion__person",
            "case__subscription",
            "confirmed_by",
            "voided_by__confirmed_by",
        ).order_by("-pk")[:PER_PAGE],
    }
    return render(request, "grants/destruction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def destruction_void(request: Request, pk: int) -> HttpResponse:
    rows = Destruction.objects.filter(case__in=GrantCase.objects.visible_to(request.acting), voids=None)
    found = get_object_or_404(
        rows.select_related(
            "case__establishment__organisation", "case__run__course", "case__conversion__person", "case__subscription"
        ),
        pk=pk,
    )
    require(may_apply(request.acting, found.case))
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        void_destruction(found, why=form.cleaned_data["why"], by=request.acting)
        messages.success(request, _("廃棄の記録を取り消しました。"))
        return redirect("grants:destruction")
    return render(request, "grants/destruction_void.html", {"form": form, "found": found})


@require_POST
def bundle(request: Request, pk: int) -> HttpResponse:
    case = fetch_any(request, pk)
    require(may_make_papers(request.acting, case))
    content = hand_out_bundle(case, by=request.acting)
    name = _("%(number)s 引継ぎ用の一式.zip") % {"number": case.number}
    answer = attached(content, name, content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer
