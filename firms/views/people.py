"""Who works at one's establishments, and on what terms."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from firms.actions.people import edit_employment, end_employment, start_employment
from firms.actions.registrations import correct_registration, may_be_renamed, rename_oneself
from firms.forms.people import (
    EmploymentForm,
    EndForm,
    NewEmploymentForm,
    OwnNameForm,
    PeopleSearch,
    RegistrationForm,
)
from firms.models import Employment, JournalEntry
from firms.models.employments import EmploymentQuerySet
from firms.models.people import NAME_FIELDS
from firms.policies import may_edit_establishment, may_list_people, may_manage_people
from firms.queries import hired_on
from firms.views.organisations import own_organisation
from firms.web.http import Request, page_of, refusing, require
from firms.words.letters import pattern_of
from firms.words.saying import said as _


@require_safe
def people(request: Request) -> HttpResponse:
    require(may_list_people(request.acting))
    form = PeopleSearch(request.GET)
    found = search(Employment.objects.visible_to(request.acting), form, request)
    rows = found.select_related("person", "establishment__organisation", "pattern")
    return render(
        request,
        "firms/people.html",
        {
            "form": form,
            "page": page_of(rows, request),
            "may_manage": may_manage_people(request.acting),
            "for_clients": request.acting.kind == "office",
        },
    )


def search(found: EmploymentQuerySet, form: PeopleSearch, request: Request) -> EmploymentQuerySet:
    if not form.is_valid():
        return found
    state, q = form.cleaned_data["state"], form.cleaned_data["q"].replace("　", " ").strip()
    if state == "ended":
        found = found.filter(ended_on__lt=request.acting.today)
    elif state == "":
        found = found.filter(Q(ended_on=None) | Q(ended_on__gte=request.acting.today))
    for word in q.split():
        found = found.filter(
            Q(person__family_name__iregex=pattern_of(word))
            | Q(person__given_name__iregex=pattern_of(word))
            | Q(person__family_kana__iregex=pattern_of(word))
            | Q(person__given_kana__iregex=pattern_of(word))
            | Q(insured_number__startswith=word)
        )
    return found


@require_http_methods(["GET", "POST"])
def employment_new(request: Request) -> HttpResponse:
    require(may_manage_people(request.acting))
    organisation = own_organisation(request)
    form = NewEmploymentForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        given = dict(form.cleaned_data)
        names = {name: given.pop(name) for name in NAME_FIELDS}
        with refusing(form):
            made = start_employment(given.pop("establishment"), by=request.acting, names=names, **given)
            messages.success(request, _("%(name)sさんを登録しました。") % {"name": made.person.full_name})
            return redirect("firms:employment", made.pk)
    has_place = organisation.establishments.exists()
    return render(request, "firms/employment_new.html", {"form": form, "has_place": has_place})


def visible_employment(request: Request, pk: int) -> Employment:
    found = Employment.objects.visible_to(request.acting)
    return get_object_or_404(found.select_related("person", "establishment__organisation", "pattern"), pk=pk)


@require_safe
def employment(request: Request, pk: int) -> HttpResponse:
    shown = visible_employment(request, pk)
    entries = JournalEntry.objects.visible_to(request.acting).about(shown)
    others = Employment.objects.visible_to(request.acting).filter(person=shown.person_id).exclude(pk=pk)
    return render(
        request,
        "firms/employment.html",
        {
            "employment": shown,
            "hired_on": hired_on(shown),
            "hours": shown.pattern.hours.all() if shown.pattern else [],
            "leaves": shown.person.leaves.standing().filter(establishment=shown.establishment),
            "others": others.select_related("establishment", "pattern").order_by("-started_on"),
            "entries": entries.told(20),
            "may_edit": may_edit_establishment(request.acting, shown.establishment),
            "may_list": may_list_people(request.acting),
        },
    )


@require_http_methods(["GET", "POST"])
def employment_edit(request: Request, pk: int) -> HttpResponse:
    shown = visible_employment(request, pk)
    require(may_edit_establishment(request.acting, shown.establishment))
    form = EmploymentForm(request.POST or None, employment=shown)
    if form.is_valid():
        with refusing(form):
            after = edit_employment(shown, by=request.acting, **form.cleaned_data)
            messages.success(request, _("雇用の条件を保存しました。"))
            return redirect("firms:employment", after.pk)
    return render(
        request,
        "firms/form.html",
        {
            "title": _("%(name)sさんの雇用の条件を変更") % {"name": shown.person.full_name},
            "form": form,
            "submit": _("保存する"),
            "back": reverse("firms:employment", args=[pk]),
        },
    )


@require_http_methods(["GET", "POST"])
def employment_correct(request: Request, pk: int) -> HttpResponse:
    shown = visible_employment(request, pk)
    require(may_edit_establishment(request.acting, shown.establishment))
    form = RegistrationForm(request.POST or None, employment=shown, may_rename=may_be_renamed(shown.person))
    if form.is_valid():
        with refusing(form):
            correct_registration(shown, by=request.acting, **form.cleaned_data)
            messages.success(request, _("登録の内容を訂正しました。前の内容は履歴に残っています。"))
            return redirect("firms:employment", pk)
    return render(
        request,
        "firms/form.html",
        {
            "title": _("%(name)sさんの登録を訂正") % {"name": shown.person.full_name},
            "lead": _("登録の誤りを直します。前の内容は履歴に残り、確定した申請や作成済みの様式は変わりません。"),
            "form": form,
            "submit": _("訂正する"),
            "back": reverse("firms:employment", args=[pk]),
        },
    )


@require_http_methods(["GET", "POST"])
def own_name(request: Request) -> HttpResponse:
    """Everybody says themselves what they are called."""
    held = {name: getattr(request.person, name) for name in NAME_FIELDS}
    form = OwnNameForm(request.POST or None, initial=held)
    if form.is_valid():
        with refusing(form):
            rename_oneself(request.person, by=request.acting, **form.cleaned_data)
            messages.success(request, _("氏名を変更しました。"))
            return redirect("firms:own_name")
    return render(
        request,
        "firms/form.html",
        {
            "title": _("氏名の変更"),
            "lead": _("修了証や届出には、つくった時点の氏名が使われます。すでにつくった書類は変わりません。"),
            "form": form,
            "submit": _("変更する"),
            "back": reverse("home"),
        },
    )


@require_http_methods(["GET", "POST"])
def employment_end(request: Request, pk: int) -> HttpResponse:
    shown = visible_employment(request, pk)
    require(may_edit_establishment(request.acting, shown.establishment))
    form = EndForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            end_employment(shown, by=request.acting, ended_on=form.cleaned_data["ended_on"])
            messages.success(request, _("雇用の終了を記録しました。"))
            return redirect("firms:employment", pk)
    return render(
        request,
        "firms/employment_end.html",
        {
            "employment": shown,
            "title": _("%(name)sさんの雇用を終了") % {"name": shown.person.full_name},
            "lead": _(
                "記録は消えません。終了した日の翌日から、講座への申込みの対象から外れ、従業員としてのログインも終わります。"
            ),
            "form": form,
            "submit": _("終了を記録する"),
            "back": reverse("firms:employment", args=[pk]),
        },
    )
