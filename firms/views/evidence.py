"""Downloading evidence: only what was checked, and never shown inside the browser."""

from pathlib import PurePath

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from firms import files
from firms.http import Request
from firms.models import Evidence
from firms.states import EvidenceState


@require_safe
def evidence(request: Request, pk: int) -> HttpResponse:
    shown = get_object_or_404(Evidence.objects.visible_to(request.acting).select_related("file"), pk=pk)
    if shown.state != EvidenceState.CLEAN:
        return render(request, "firms/evidence.html", {"evidence": shown}, status=409)
    response = HttpResponse(files.read(shown.file), content_type=shown.file.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=PurePath(shown.name).name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
