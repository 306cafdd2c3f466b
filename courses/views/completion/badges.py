"""The public face of the badges: the file itself, the keys, the issuer, the status list, and the page that checks one."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.badges.credential import enveloped
from courses.forms.completion.completion import VerifyForm, plain_code
from courses.models import Certificate, SigningKey
from courses.queries.completion.badges import address, badge_token, issuer_profile, key_at, status_token, verdict_on
from firms.errors import Refused
from firms.models import Organisation
from firms.models.organisations import Kind
from firms.web.http import unlisted

JWT = "application/vc+jwt"
JSON = "application/vc"
# More badges than anyone will give; an address beyond is no list of ours.
MOST_LISTS = 1000
# Keys and issuers change rarely, revocations at any time.
KEPT = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
FRESH = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


@login_not_required
@require_safe
def badge_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """`.jwt`, or `.json` that envelops the same; whoever has the code may have it. A revoked one says so when checked."""
    if kind not in {"jwt", "json"}:
        raise Http404
    certificate = get_object_or_404(Certificate, check_code=plain_code(code)[:40])
    try:
        token = badge_token(certificate)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("courses:certificate_check", code=certificate.check_code)
    response = HttpResponse(token, content_type=JWT) if kind == "jwt" else JsonResponse(enveloped(token))
    response["Content-Type"] = JWT if kind == "jwt" else JSON
    response["Content-Disposition"] = f'attachment; filename="badge-{certificate.number}.{kind}"'
    return unlisted(response)


@login_not_required
@require_safe
def badge_key(request: HttpRequest, key_id: str) -> HttpResponse:
    """The public key as JWK, retired ones too: what a badge's `kid` leads to."""
    key = key_at(address("badge_key", key_id))
    if key is None:
        raise Http404
    return JsonResponse(json.loads(key.public_key), content_type="application/jwk+json", headers=KEPT)


@login_not_required
@require_safe
def badge_issuer(request: HttpRequest, pk: int) -> HttpResponse:
    college = get_object_or_404(Organisation, pk=pk, kind=Kind.COLLEGE)
    return JsonResponse(issuer_profile(college), content_type="application/ld+json", headers=KEPT)


@login_not_required
@require_safe
def badge_status(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    college = get_object_or_404(Organisation, pk=pk, kind=Kind.COLLEGE)
    if page > MOST_LISTS or not SigningKey.objects.filter(retired_at=None).exists():
        raise Http404
    try:
        token = status_token(college, page)
    except Refused as refusal:
        return HttpResponse(refusal.sentence, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(token, content_type=JWT, headers=FRESH)


@login_not_required
@require_http_methods(["GET", "POST"])
def badge_verify(request: HttpRequest) -> HttpResponse:
    """A POST because a badge is long; it asks and writes nothing."""
    form = VerifyForm(request.POST or None)
    verdict = verdict_on(form.cleaned_data["token"]) if form.is_valid() else None
    return render(request, "courses/completion/badge_verify.html", {"form": form, "verdict": verdict})
