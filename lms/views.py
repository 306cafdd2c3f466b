"""The page everybody starts from, the one that says the site is alive, and the one that says it is not."""

import errno
import sys
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from firms.models import Job
from firms.web.http import Request
from lms.homes import home_of
from lms.roles.visits import since_last_visit


@require_safe
def home(request: Request) -> HttpResponse:
    """One home per role: what to do next on top."""
    template, gather = home_of(request.acting)
    return render(request, template, {**gather(request.acting), "since": since_last_visit(request)})


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


# The disk, its quota or its mount gives no more room, and there is nothing to be mended in the code.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
RETRY_SECONDS = 60


def failed(request: HttpRequest) -> HttpResponse:
    """handler500: where the database or the room is gone, a plain page with 503 that asks neither for anything."""
    if not is_away(sys.exc_info()[1]):
        return server_error(request)
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})


def is_away(raised: BaseException | None) -> bool:
    """The error itself, or the one it came from."""
    while raised is not None:
        if isinstance(raised, OperationalError | InterfaceError):
            return True
        if isinstance(raised, OSError) and raised.errno in NO_ROOM:
            return True
        raised = raised.__cause__ or raised.__context__
    return False
