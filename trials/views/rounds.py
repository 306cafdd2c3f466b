"""The ward's rounds in counts, and the licences of agencies."""

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from firms.files.exports import csv_answer
from firms.web.http import Request, page_of, refusing, require
from firms.words.saying import said as _
from trials.actions.matching.rounds import end_licence, open_round, register_licence
from trials.forms.matching import LicenceEndForm, LicenceForm, RoundForm
from trials.models import Intake, Licence, Round
from trials.policies import may_invite_seeker, may_keep_licences, may_open_round, may_see_rounds
from trials.queries.numbers import Numbers, numbers_of
from trials.rules import Share


@require_safe
def rounds(request: Request) -> HttpResponse:
    require(may_see_rounds(request.acting))
    found = Round.objects.visible_to(request.acting).select_related("ward")
    context = {
        "page": page_of(found, request),
        "may_open": may_open_round(request.acting),
        "today": request.acting.today,
    }
    return render(request, "trials/rounds.html", context)


@require_http_methods(["GET", "POST"])
def round_new(request: Request) -> HttpResponse:
    require(may_open_round(request.acting))
    form = RoundForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        with refusing(form):
            opened = open_round(by=request.acting, **form.cleaned_data)
            messages.success(request, _("募集回を開きました。"))
            return redirect("trials:round", opened.pk)
    return render(request, "trials/form.html", {"form": form, "heading": _("募集回を開く"), "back": "trials:rounds"})


@require_safe
def round(request: Request, pk: int) -> HttpResponse:
    """The terms as they were frozen, and for the ward how many people stand where, without a name."""
    found = get_object_or_404(Round.objects.visible_to(request.acting), pk=pk)
    is_ward = may_open_round(request.acting)
    context = {
        "round": found,
        "rules": found.rules,
        "is_verified": found.rules.is_verified(request.acting.today),
        "intake": Intake.objects.visible_to(request.acting)
        .open()
        .filter(round=found)
        .select_related("contact")
        .first(),
        "may_take_in": may_invite_seeker(request.acting),
        "counts": numbers_of(found, on=request.acting.today).standings if is_ward else [],
    }
    return render(request, "trials/round.html", context)


@require_safe
def numbers(request: Request, pk: int) -> HttpResponse:
    """The ward reads the whole round in counts that tell of nobody, an agency its own people's figures in full."""
    found = get_object_or_404(Round.objects.visible_to(request.acting), pk=pk)
    is_ward = may_open_round(request.acting)
    agency = None if is_ward else request.acting.organisation
    told = numbers_of(found, on=request.acting.today, agency=agency)
    if request.GET.get("as") == "csv":
        return csv_answer(request, _("トライアル就労の指標"), CSV_HEAD, csv_rows(told))
    return render(request, "trials/numbers.html", {"round": found, "numbers": told, "is_ward": is_ward})


CSV_HEAD = (_lazy("指標"), _lazy("分子"), _lazy("分母"), _lazy("率（%）・日数"), _lazy("定義"))


def csv_rows(told: Numbers) -> Iterator[Sequence[object]]:
    """Each figure with its definition beside it."""
    within = _("終了日から%(days)s日以内に期間の定めなく雇い入れた") % {"days": told.definition.within_days}
    for rate in told.rates:
        yield share_row(_("正規雇用転換率（件）／%(of)s") % {"of": rate.label}, rate.by_trial, within)
        yield share_row(_("正規雇用転換率（人）／%(of)s") % {"of": rate.label}, rate.by_person, within)
    due = _("雇入れから%(months)sか月の日が来た人のうち") % {"months": told.definition.retained_months}
    yield share_row(_("定着率"), told.retention, due)
    for one in told.lasting:
        yield (one.label, cell(one.number), "", "", due)
    for measure in told.process:
        if measure.share:
            yield share_row(str(measure.label), measure.share, str(measure.meaning))
        else:
            yield (measure.label, "", "", cell(measure.days), measure.meaning)


def share_row(label: str, share: Share, meaning: str) -> Sequence[object]:
    return (label, cell(share.part), cell(share.whole), cell(share.percent), meaning)


def cell(number: object) -> object:
    return _("非表示") if number is None else number


@require_safe
def licences(request: Request) -> HttpResponse:
    require(may_see_rounds(request.acting))
    found = Licence.objects.visible_to(request.acting).select_related("agency")
    context = {
        "page": page_of(found, request),
        "may_add": may_keep_licences(request.acting),
        "today": request.acting.today,
    }
    return render(request, "trials/licences.html", context)


@require_http_methods(["GET", "POST"])
def licence_new(request: Request) -> HttpResponse:
    require(may_keep_licences(request.acting))
    form = LicenceForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        with refusing(form):
            register_licence(by=request.acting, **form.cleaned_data)
            messages.success(request, _("許可を登録しました。"))
            return redirect("trials:licences")
    return render(request, "trials/form.html", {"form": form, "heading": _("許可を登録"), "back": "trials:licences"})


@require_http_methods(["GET", "POST"])
def licence_end(request: Request, pk: int) -> HttpResponse:
    licence = get_object_or_404(Licence.objects.visible_to(request.acting), pk=pk)
    require(may_keep_licences(request.acting))
    form = LicenceEndForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            end_licence(licence, by=request.acting, **form.cleaned_data)
            messages.success(request, _("記録しました。就労中の人がいるときは、三者と区に知らせます。"))
            return redirect("trials:licences")
    context = {"form": form, "heading": _("許可の取消し・廃止を記録"), "lead": str(licence), "back": "trials:licences"}
    return render(request, "trials/form.html", context)
