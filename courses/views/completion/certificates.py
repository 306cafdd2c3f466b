"""Certificates: one's own and one's people's, the paper, the public check, and taking one back or giving it anew."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.completion.certificates import reissue_certificate, revoke_certificate
from courses.forms.completion.completion import CheckForm, RevocationForm, plain_code
from courses.models import Certificate, SurveyAnswer
from courses.papers.certificate import certificate_pdf as printed
from courses.policies import may_revoke_certificate
from firms.files.exports import csv_answer, day_cell
from firms.models.organisations import Kind
from firms.web.http import Request, page_of, refusing, require, searched, unlisted
from firms.words.saying import said as _


@require_safe
def certificates(request: Request) -> HttpResponse:
    """A trainee's own; a firm, an office and a college see those of their people."""
    acting, words = request.acting, searched(request)
    given = (
        Certificate.objects.visible_to(acting)
        .matching(words)
        .select_related("revocation", "enrolment__employment__establishment__organisation")
    )
    answered = SurveyAnswer.objects.filter(enrolment=OuterRef("enrolment"))
    context = {
        "words": words,
        "page": page_of(given.annotate(has_answered=Exists(answered)).order_by("-issued_on", "-pk"), request),
        "is_firm": acting.kind == Kind.FIRM and acting.role == "manager",
        "is_office": acting.kind == Kind.OFFICE,
        "is_college": acting.kind == Kind.COLLEGE,
        "person_id": acting.person.pk,
    }
    return render(request, "courses/completion/certificates.html", context)


@require_safe
def certificates_csv(request: Request) -> HttpResponse:
    """One line a certificate of the list one sees; the taken back ones say so."""
    given = Certificate.objects.visible_to(request.acting).matching(searched(request)).select_related("revocation")
    head = [_("番号"), _("氏名"), _("講座"), _("連携校"), _("発行日"), _("状態")]
    rows = (
        [
            one.number,
            one.lifted["name"],
            one.lifted["course"],
            one.lifted["college"],
            day_cell(one.issued_on),
            _("有効") if one.is_valid else _("取消し"),
        ]
        for one in given.order_by("-issued_on", "-pk")
    )
    return csv_answer(request, _("修了証"), head, rows)


@require_safe
def certificate_pdf(request: Request, pk: int) -> HttpResponse:
    """A revoked one is not printed any more; its public page says why."""
    given = Certificate.objects.visible_to(request.acting).select_related("revocation")
    certificate = get_object_or_404(given, pk=pk)
    if not certificate.is_valid:
        messages.error(request, _("取り消された修了証は印刷できません。理由を確かめてください。"))
        return redirect("courses:certificate_check", code=certificate.check_code)
    response = HttpResponse(printed(certificate, check_url=check_url(certificate)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{certificate.number}.pdf"'
    return response


def check_url(certificate: Certificate) -> str:
    return settings.SITE_URL + reverse("courses:certificate_check", args=[certificate.check_code])


def given_by_us(request: Request, pk: int) -> Certificate:
    given = Certificate.objects.visible_to(request.acting).select_related(
        "revocation", "enrolment__person", "enrolment__run__course"
    )
    certificate = get_object_or_404(given, pk=pk)
    require(may_revoke_certificate(request.acting, certificate))
    return certificate


@require_http_methods(["GET", "POST"])
def certificate_revoke(request: Request, pk: int) -> HttpResponse:
    certificate = given_by_us(request, pk)
    form = RevocationForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            revoke_certificate(certificate, reason=form.cleaned_data["reason"], by=request.acting)
            messages.success(request, _("修了証 %(number)s を取り消しました。") % {"number": certificate.number})
            return redirect("courses:completion", pk=certificate.enrolment.run_id)
    return render(request, "courses/completion/certificate_revoke.html", {"certificate": certificate, "form": form})


@require_http_methods(["GET", "POST"])
def certificate_reissue(request: Request, pk: int) -> HttpResponse:
    certificate = given_by_us(request, pk)
    form = RevocationForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            fresh = reissue_certificate(certificate, reason=form.cleaned_data["reason"], by=request.acting)
            messages.success(request, _("%(number)s を発行しました。") % {"number": fresh.number})
            return redirect("courses:completion", pk=certificate.enrolment.run_id)
    return render(request, "courses/completion/certificate_reissue.html", {"certificate": certificate, "form": form})


@login_not_required
@require_safe
def certificate_find(request: HttpRequest) -> HttpResponse:
    """Anyone with a certificate in hand types its code; nothing is written, so a GET with the code is enough."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("courses:certificate_check", code=form.cleaned_data["code"])
    return unlisted(render(request, "courses/completion/certificate_find.html", {"form": form}))


@login_not_required
@require_safe
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """One query for every code, known or not, so that neither time nor work tells how near a guess was."""
    typed = plain_code(code)[:40]
    certificate = Certificate.objects.select_related("revocation").filter(check_code=typed).first()
    if certificate is None or not constant_time_compare(certificate.check_code, typed):
        context = {"form": CheckForm(initial={"code": code}), "is_unknown": True}
        return unlisted(render(request, "courses/completion/certificate_find.html", context, status=404))
    context = {
        "certificate": certificate,
        "facts": certificate.lifted,
        "days": days_of(certificate),
    }
    return unlisted(render(request, "courses/completion/certificate_check.html", context))


def days_of(certificate: Certificate) -> dict[str, object]:
    """What the template needs as days rather than as text."""
    facts = certificate.lifted
    days = {"first_on": facts["first_on"], "last_on": facts["last_on"], "issued_on": facts["issued_on"]}
    return {name: date.fromisoformat(day) for name, day in days.items()}
