"""The desk of an office: its clients by date, who works for whom, and who stands in."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.acting import Acting
from firms.files.exports import xlsx_answer
from firms.models import Organisation
from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from firms.words.searching import search_form
from grants.actions.desk import appoint_deputy, end_deputy, give_clients, save_view
from grants.cases.desk import ClientRow, rows_of
from grants.forms.desk import DeputyForm, DeskFilter, GiveForm, SaveForm
from grants.models import Deputy, SavedView
from grants.policies import may_divide_work, may_see_desk
from grants.queries.desk import caseloads, clients, colleagues

PER_PAGE = 30
FILTERS = ("q", "within", "keeper")


@require_safe
def board(request: Request) -> HttpResponse:
    require(may_see_desk(request.acting))
    form = filter_of(request)
    page = Paginator(narrowed(request.acting, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(list(page), acting=request.acting),
        "caseloads": [(f"{one.full_name}（{firms}社）", cases) for one, firms, cases in caseloads(request.acting)],
        "views": SavedView.objects.filter(person=request.person, office=request.acting.organisation_id),
        "save_form": SaveForm(),
        "query": filter_words(request.GET),
        "may_divide": may_divide_work(request.acting),
        "today": request.acting.today,
    }
    return render(request, "grants/desk.html", context)


def filter_of(request: Request) -> DeskFilter:
    return DeskFilter(request.GET, people=colleagues(request.acting.organisation_id, on=request.acting.today))


def narrowed(acting: Acting, form: DeskFilter) -> QuerySet[Any]:
    """What makes no sense in the address narrows nothing; the form says so."""
    found = clients(acting)
    if not form.is_valid():
        return found
    asked = form.cleaned_data
    if words := search_form(asked["q"]).split():
        found = found.filter(pk__in=named(found, words))
    if asked["keeper"]:
        found = found.filter(keeper=asked["keeper"].pk)
    return within(found, asked["within"], today=acting.today)


def named(found: QuerySet[Any], words: list[str]) -> list[int]:
    """An office has some hundred clients at most; their names are compared as people write them."""
    names = found.order_by().values_list("pk", "name", "name_kana")
    return [pk for pk, *said in names if all(word in search_form(" ".join(said)) for word in words)]


def within(found: QuerySet[Any], asked: str, *, today: date) -> QuerySet[Any]:
    if asked == "past":
        return found.filter(due_on__lt=today)
    return found.filter(due_on__lte=today + timedelta(days=int(asked))) if asked else found


def filter_words(given: QueryDict) -> str:
    """The words of the address that narrow the list, without the page."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if value := given.get(name, "").strip():
            kept[name] = value[:60]
    return kept.urlencode()


@require_safe
def board_xlsx(request: Request) -> HttpResponse:
    """The list as it is narrowed, one line a client."""
    require(may_see_desk(request.acting))
    found = list(narrowed(request.acting, filter_of(request)))
    head = [
        _("企業"), _("担当者"), _("代理"), _("次の期限"), _("残り日数"), _("期限の種類"), _("次にすること"), _("だれの番か"),
        _("足りない項目"), _("進行中の案件"), _("委任の終わり"),
    ]  # fmt: skip
    rows = rows_of(found, acting=request.acting)
    return xlsx_answer(_("顧問先"), head, (line(row, today=request.acting.today) for row in rows))


def line(row: ClientRow, *, today: date) -> list[object]:
    due = row.due
    return [
        row.firm.name,
        row.keeper.full_name if row.keeper else "",
        row.deputy.full_name if row.deputy else "",
        due.row.last_on if due else None,
        (due.row.last_on - today).days if due else None,
        str(due.row.get_code_display()) if due else "",
        due.words if due else "",
        "・".join(str(turn.label) for turn in due.turns) if due else "",
        row.lacks,
        row.firm.cases,
        row.mandate_ends_on,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request) -> HttpResponse:
    """From a whole colleague (`from` in the address) or of firms one by one."""
    require(may_divide_work(request.acting))
    people = colleagues(request.acting.organisation_id, on=request.acting.today)
    held = clients(request.acting).order_by("name_kana", "pk")
    former = request.GET.get("from", "")
    chosen = [firm.pk for firm in held if str(firm.keeper) == former]
    form = GiveForm(request.POST or None, people=people, firms=firms_among(held), initial={"firms": chosen})
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            moved = give_clients(**form.cleaned_data, by=request.acting)
            messages.success(request, _("%(n)s社の担当を変えました。") % {"n": moved})
            return redirect("grants:desk")
    return render(request, "grants/desk_give.html", {"form": form, "people": caseloads(request.acting)})


def firms_among(held: QuerySet[Any]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=[firm.pk for firm in held]).order_by("name_kana", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: Request) -> HttpResponse:
    acting = request.acting
    require(may_see_desk(acting))
    people = colleagues(acting.organisation_id, on=acting.today)
    form = DeputyForm(request.POST or None, people=people, may_divide=may_divide_work(acting), own=request.person)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            appoint_deputy(**form.cleaned_data, by=acting)
            messages.success(request, _("不在を登録しました。"))
            return redirect("grants:deputies")
    rows = Deputy.objects.visible_to(acting).standing(acting.today)
    context = {
        "form": form,
        "rows": rows.select_related("person", "deputy"),
        "may_divide": may_divide_work(acting),
        "own": request.person.pk,
    }
    return render(request, "grants/deputies.html", context)


@require_POST
def deputy_end(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Deputy.objects.visible_to(request.acting), pk=pk)
    require(may_divide_work(request.acting) or found.person_id == request.person.pk)
    end_deputy(found, by=request.acting)
    messages.success(request, _("不在を取り消しました。"))
    return redirect("grants:deputies")


@require_POST
def view_save(request: Request) -> HttpResponse:
    require(may_see_desk(request.acting))
    query = filter_words(QueryDict(request.POST.get("query", "")))
    form = SaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("絞込みに名前を付けてください。30字までです。"))
    else:
        with saying_no(request):
            save_view(form.cleaned_data["name"], query=query, by=request.acting)
            messages.success(request, _("絞込みを保存しました。"))
    return redirect(f"{reverse('grants:desk')}?{query}")


@require_POST
def view_remove(request: Request, pk: int) -> HttpResponse:
    own = SavedView.objects.filter(person=request.person, office=request.acting.organisation_id)
    get_object_or_404(own, pk=pk).delete()
    messages.success(request, _("保存した絞込みを消しました。"))
    return redirect("grants:desk")
