"""A certification: its page, the paper, listing, suspension and withdrawal; the public check."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.queries import today
from firms.web.http import Request, attempt, refusing, require, unlisted
from firms.words.saying import said as _
from mentors.actions.certifying.issuing import lift, list_publicly, suspend, unlist, withdraw
from mentors.forms.certifying import BecauseForm, CheckForm
from mentors.models import Certification
from mentors.models.certifying.certifications import STANDING_TONE, Standing
from mentors.papers.certificate import certificate_pdf as printed
from mentors.policies import may_choose_listing, may_stop


@dataclass(frozen=True)
class Stop:
    """What the ward does to a certification, always with a reason; `asks` stands above its own form."""

    how: str
    act: Callable[..., object]
    title: str | Promise
    asks: str | Promise
    done: str | Promise

    def form(self, data: Mapping[str, Any] | None = None) -> BecauseForm:
        return BecauseForm(data, prefix=self.how, use_required_attribute=False)

    @property
    def address(self) -> str:
        return f"mentors:{self.how}"


SUSPEND = Stop(
    "suspend",
    suspend,
    gettext_lazy("今日から停止する"),
    gettext_lazy("解除するまで、指導の記録も新しい計画もできません。理由は本人に届きます。"),
    gettext_lazy("停止を記録し、本人に知らせました。"),
)
LIFT = Stop(
    "lift",
    lift,
    gettext_lazy("停止を解除する"),
    gettext_lazy("今日が停止の最後の日になります。理由は本人に届きます。"),
    gettext_lazy("停止を解除し、本人に知らせました。"),
)
WITHDRAW = Stop(
    "withdraw",
    withdraw,
    gettext_lazy("認定を取り消す"),
    gettext_lazy("今日から認定は有効でなくなり、元に戻せません。理由は本人に届き、照会ページにも出ます。"),
    gettext_lazy("認定を取り消しました。"),
)
STOPS = {stop.how: stop for stop in (SUSPEND, LIFT, WITHDRAW)}


def shown_certification(request: Request, pk: int) -> Certification:
    seen = Certification.objects.visible_to(request.acting).select_related("person", "ward", "application")
    return get_object_or_404(seen.prefetch_related("suspensions"), pk=pk)


@require_safe
def certification(request: Request, pk: int) -> HttpResponse:
    return render(
        request, "mentors/certifying/certification.html", page_of_one(request, shown_certification(request, pk))
    )


def page_of_one(
    request: Request, shown: Certification, refused: Mapping[str, BecauseForm] | None = None
) -> dict[str, object]:
    standing = shown.standing_on(request.acting.today)
    stops = (LIFT if standing == Standing.SUSPENDED else SUSPEND, WITHDRAW)
    return {
        "certification": shown,
        "standing": standing,
        "tone": STANDING_TONE.get(standing, "neutral"),
        "check_url": check_url(shown),
        "is_own": may_choose_listing(request.acting, shown),
        "may_stop": may_stop(request.acting, shown),
        "stops": [(stop, (refused or {}).get(stop.how) or stop.form()) for stop in stops],
    }


def check_url(shown: Certification) -> str:
    return settings.SITE_URL + reverse("mentors:certificate_check", args=[shown.check_code])


@require_safe
def certificate_pdf(request: Request, pk: int) -> HttpResponse:
    """One that was withdrawn is not printed any more; its public page says why."""
    shown = shown_certification(request, pk)
    if shown.standing_on(request.acting.today) == Standing.WITHDRAWN:
        messages.error(request, _("取り消された認定証は印刷できません。"))
        return redirect("mentors:certification", pk)
    response = HttpResponse(printed(shown, check_url=check_url(shown)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="meister-{shown.number}.pdf"'
    return response


@require_POST
def listing(request: Request, pk: int) -> HttpResponse:
    """The holder's word, both ways: `listed` is 1 or 0."""
    shown = shown_certification(request, pk)
    require(may_choose_listing(request.acting, shown))
    is_wanted = request.POST.get("listed") == "1"
    done = _("公開名簿に載せました。") if is_wanted else _("公開名簿から外しました。")
    choose = list_publicly if is_wanted else unlist
    return attempt(request, lambda: choose(shown, by=request.acting), done=done, back=one_url(pk))


def one_url(pk: int) -> str:
    return reverse("mentors:certification", args=[pk])


@require_POST
def certification_stop(request: Request, pk: int, how: str) -> HttpResponse:
    """Each act has its form and its reason; one that was refused is shown again with what was typed in it."""
    shown = shown_certification(request, pk)
    require(may_stop(request.acting, shown))
    stop = STOPS[how]
    form = stop.form(request.POST)
    if form.is_valid():
        with refusing(form):
            stop.act(shown, because=form.cleaned_data["because"], by=request.acting)
            messages.success(request, str(stop.done))
            return redirect("mentors:certification", pk)
    return render(request, "mentors/certifying/certification.html", page_of_one(request, shown, {how: form}))


@login_not_required
@require_http_methods(["GET", "HEAD"])
def certificate_find(request: HttpRequest) -> HttpResponse:
    """Anyone with a certificate in hand types its code."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    if form.is_valid() and plain_code(form.cleaned_data["code"]):
        return redirect("mentors:certificate_check", code=plain_code(form.cleaned_data["code"]))
    return unlisted(render(request, "mentors/certifying/certificate_find.html", {"form": form}))


def plain_code(typed: str) -> str:
    """Nothing but letters and digits, as the code is kept."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())[:40]


@login_not_required
@require_safe
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """The same queries for every code, known or not."""
    typed = plain_code(code)
    known = Certification.objects.filter(check_code=typed).prefetch_related("suspensions").first()
    if known is None or not constant_time_compare(known.check_code, typed):
        context = {"form": CheckForm(initial={"code": code}), "is_unknown": True}
        return unlisted(render(request, "mentors/certifying/certificate_find.html", context, status=404))
    standing = known.standing_on(today())
    context = {
        "certification": known,
        "facts": known.lifted,
        "standing": standing,
        "is_valid": standing == Standing.VALID,
    }
    return unlisted(render(request, "mentors/certifying/certificate_check.html", context))
