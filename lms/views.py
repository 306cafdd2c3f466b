"""The page everybody starts from, and the one that says the site is alive."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from firms.http import Request
from firms.models import Job
from lms.homes import home_of


@require_safe
def home(request: Request) -> HttpResponse:
    """One home per role: what to do next on top."""
    template, gather = home_of(request.acting)
    return render(request, template, gather(request.acting))


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome in the catalogue; everything else needs a login anyway."""
    sitemap = f"{settings.SITE_URL}{reverse('courses:sitemap')}"
    lines = ["User-agent: *", "Allow: /courses/", "Allow: /static/", "Disallow: /", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For machines: the database answers, and how long the oldest due job has waited."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    oldest = Job.objects.due().order_by("due_at").values_list("due_at", flat=True).first()
    return JsonResponse({"database": "ok", "oldest_job_seconds": seconds_since(oldest)})


def seconds_since(moment: datetime | None) -> int:
    return int((timezone.now() - moment).total_seconds()) if moment else 0
