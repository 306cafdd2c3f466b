"""What an office did on behalf of a firm, for the firm to see; and for the office, what it did for its clients."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firms.models import JournalEntry
from firms.web.http import Request, page_of, require
from grants.policies import may_list_cases


@require_safe
def acts(request: Request) -> HttpResponse:
    require(may_list_cases(request.acting))
    rows = JournalEntry.objects.visible_to(request.acting)
    rows = rows.filter(mandate__isnull=False, subject_type__startswith="grants.")
    page = page_of(rows.once().for_page(), request)
    return render(request, "grants/acts.html", {"page": page, "entries": rows.with_fellows(list(page))})
