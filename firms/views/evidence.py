"""Downloading evidence: only what was checked, and never shown inside the browser."""

from pathlib import PurePath

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from firms.models import Evidence
from firms.states import EvidenceState
from firms.web.http import Request, file_answer


@require_safe
def evidence(request: Request, pk: int) -> HttpResponse:
    """The file; of a HEIC photograph the JPEG that opens everywhere, and with ?original the photograph itself."""
    seen = Evidence.objects.visible_to(request.acting).select_related("file", "picture")
    shown = get_object_or_404(seen, pk=pk)
    if shown.state != EvidenceState.CLEAN:
        return render(request, "firms/evidence.html", {"evidence": shown}, status=409)
    as_picture = shown.picture is not None and "original" not in request.GET
    stored = shown.picture if shown.picture and as_picture else shown.file
    name = PurePath(shown.name).with_suffix(".jpg") if as_picture else PurePath(shown.name)
    return file_answer(stored, name=name.name)
