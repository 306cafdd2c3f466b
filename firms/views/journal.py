"""The journal: who did what for whom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.models import JournalEntry
from firms.web.http import Request, page_of, row_number


@require_safe
def journal(request: Request) -> HttpResponse:
    """`?subject=firms.mandate:12` shows what was done to one thing."""
    rows = JournalEntry.objects.visible_to(request.acting)
    subject_type, _colon, subject_id = request.GET.get("subject", "").partition(":")
    number = row_number(subject_id) if subject_type.isprintable() else 0
    if number:
        rows = rows.filter(subject_type=subject_type, subject_id=number)
    page = page_of(rows.once().for_page(), request)
    context = {"page": page, "entries": rows.with_fellows(list(page)), "is_filtered": bool(number)}
    return render(request, "firms/journal.html", context)
