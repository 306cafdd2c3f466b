"""What machines ask: is the site well, and its numbers."""

from dataclasses import asdict

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.running import metrics
from lms.running.health import health


@login_not_required
@never_cache
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    """503 where something needs somebody, so that a monitor needs no rules of its own."""
    found = health()
    troubles = found.troubles
    return JsonResponse({"troubles": troubles, "database": "ok", **asdict(found)}, status=503 if troubles else 200)


@login_not_required
@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """For whoever carries METRICS_TOKEN; a site without one has no such page."""
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(said, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse("\n".join([*metrics.lines(), ""]), content_type="text/plain; version=0.0.4; charset=utf-8")
