"""What is typed into a portal, in the order of its screens; and official workbooks, kept marked and given back filled."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from firms.files import store as files
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from grants.actions.papers import frozen_last
from grants.actions.workbooks import keep_workbook
from grants.facts.stated import channel_of
from grants.forms.workbooks import WorkbookForm
from grants.models import Workbook
from grants.papers.entries import named_values, names_known, portals, screens
from grants.papers.workbook import filled
from grants.policies import may_keep_workbooks, may_make_papers, may_read_papers
from grants.queries.workbooks import fitting
from grants.views.cases import fetch

# How a cell is marked by what is written in it.
EXAMPLE = "{{firm.name}}"


@require_safe
def transcription(request: Request, pk: int, kind: str) -> HttpResponse:
    case = fetch(request, pk)
    require(may_read_papers(request.acting, case))
    if kind not in portals():
        raise Http404
    frozen = frozen_last(case)
    context = {
        "case": case,
        "frozen": frozen,
        "portal": portals()[kind],
        "kind": kind,
        "others": [(name, one["title"]) for name, one in portals().items() if name != kind],
        "screens": screens(kind, frozen) if frozen else [],
        "is_paper": channel_of(case) == "paper",
    }
    return render(request, "grants/transcription.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workbooks(request: Request) -> HttpResponse:
    require(may_keep_workbooks(request.acting))
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusing(form):
            kept = keep_workbook(form.cleaned_data["file"], **form.kept(), by=request.acting)
            messages.success(request, _("様式のファイルを登録しました。印は%(n)s個です。") % {"n": kept.mark_count})
            return redirect("grants:workbooks")
    rows = Workbook.objects.visible_to(request.acting).select_related("kept_by")
    return render(
        request, "grants/workbooks.html", {"form": form, "rows": rows, "names": names_known(), "example": EXAMPLE}
    )


@require_safe
def workbook_filled(request: Request, pk: int, number: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_make_papers(request.acting, case))
    frozen = frozen_last(case)
    book = get_object_or_404(Workbook.objects.visible_to(request.acting).select_related("file"), pk=number)
    if frozen is None or book not in fitting(request.acting, frozen):
        raise Http404
    content = filled(files.read(book.file), named_values(frozen))
    answer = HttpResponse(content, content_type=book.file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{case.number} {book.name}") or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
