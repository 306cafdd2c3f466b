"""Files of attendance: handed in, looked at, written, taken back; and the sheets a run offers for them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.attendance.imports.meetings import NOBODY
from courses.actions.attendance.imports.reading import assign
from courses.actions.attendance.imports.refusals import in_cp932
from courses.actions.attendance.imports.taking import TakenAlready, drop, take_in
from courses.actions.attendance.imports.undoing import take_back
from courses.actions.attendance.imports.writing import write_whole, write_without_refused
from courses.forms.attendance.imports import UploadForm, WriteForm
from courses.models import AttendanceImport, Run
from courses.papers.tables import TABLES
from courses.policies import may_import_attendance
from courses.queries import lessons_of
from courses.queries.attendance.imports import people_of_lesson
from courses.states import ImportState
from courses.views.elearning.logs import download
from firms.errors import Refused
from firms.files import store as files
from firms.models import Job, StoredFile
from firms.states import JobState
from firms.web.http import Request, attempt, page_of, refusing, require
from firms.words.saying import said as _

MOVING = (ImportState.READING, ImportState.WRITING, ImportState.UNDOING)


@require_safe
def imports(request: Request) -> HttpResponse:
    require(may_import_attendance(request.acting))
    rows = AttendanceImport.objects.visible_to(request.acting).select_related("lesson__run__course", "uploaded_by")
    return render(request, "courses/attendance/imports.html", {"page": page_of(rows, request)})


@require_http_methods(["GET", "POST"])
def import_new(request: Request) -> HttpResponse:
    require(may_import_attendance(request.acting))
    initial = {name: request.GET[name] for name in ("kind", "lesson") if name in request.GET}
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*data, initial=initial, acting=request.acting)
    earlier = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            batch = take_in(given["file"], kind=given["kind"], lesson=given["lesson"], by=request.acting)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
            earlier = refused.earlier if isinstance(refused, TakenAlready) else None
        else:
            return redirect("courses:import", pk=batch.pk)
    return render(request, "courses/attendance/import_new.html", {"form": form, "earlier": earlier})


def fetch(request: Request, pk: int) -> AttendanceImport:
    seen = AttendanceImport.objects.visible_to(request.acting)
    batch = get_object_or_404(seen.select_related("lesson__run__course", "uploaded_by"), pk=pk)
    require(may_import_attendance(request.acting))
    return batch


@require_safe
def import_one(request: Request, pk: int) -> HttpResponse:
    batch = fetch(request, pk)
    return shown(request, batch, WriteForm(initial={"seen": batch.found.get("seen", "")}))


def shown(request: Request, batch: AttendanceImport, form: WriteForm) -> HttpResponse:
    """The whole page, or the part that follows the job."""
    found = batch.found
    # Where records change, the reason is no choice: the label says so.
    form.fields["reason"].required = bool(found.get("counts", {}).get("changed"))
    job = Job.objects.filter(pk=found.get("job")).first()
    context = {
        "batch": batch,
        "found": {name: found.get(name, "") for name in ("sentence", "told", "kept", "kept_count", "taken_back")},
        "counts": found.get("counts"),
        "refused": found.get("refused", []),
        "left_out": found.get("left_out", []),
        "unread": " ".join(one["why"] for one in found.get("left_out", []) if not one["row"]),
        "sample": found.get("sample", []),
        "people": found.get("people", []),
        "not_listed": found.get("not_listed", []),
        "has_errors": "errors" in found,
        "form": form,
        "job": job,
        "is_moving": batch.state in MOVING,
        "has_failed": batch.state in MOVING and job is not None and job.state == JobState.QUARANTINED,
        "seated": people_of_lesson(batch.lesson) if batch.lesson and batch.state == ImportState.READY else [],
        "nobody": NOBODY,
    }
    return render(
        request, "courses/attendance/import.html#state" if request.htmx else "courses/attendance/import.html", context
    )


@require_POST
def import_write(request: Request, pk: int) -> HttpResponse:
    batch = fetch(request, pk)
    form = WriteForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        write = write_without_refused if given["how"] == WriteForm.WITHOUT_REFUSED else write_whole
        with refusing(form):
            write(batch, seen=given["seen"], reason=given["reason"], by=request.acting)
        if form.is_valid():
            return redirect("courses:import", pk=batch.pk)
    return shown(request, batch, form)


@require_POST
def import_assign(request: Request, pk: int) -> HttpResponse:
    """The fields are numbered as the people of the list are."""
    batch = fetch(request, pk)
    chosen = {
        person["key"]: value
        for n, person in enumerate(batch.found.get("people", []))
        if (value := request.POST.get(f"who-{n}", "")) == NOBODY or value.isdecimal()
    }
    return attempt(
        request,
        lambda: assign(batch, chosen, by=request.acting),
        done=_("名前の選択を反映しました。"),
        back=request.path.removesuffix("names/"),
    )


@require_POST
def import_undo(request: Request, pk: int) -> HttpResponse:
    batch = fetch(request, pk)
    return attempt(
        request,
        lambda: take_back(batch, by=request.acting),
        done=_("取消しを始めました。"),
        back=request.path.removesuffix("undo/"),
    )


@require_POST
def import_drop(request: Request, pk: int) -> HttpResponse:
    batch = fetch(request, pk)
    try:
        drop(batch, by=request.acting)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("courses:import", pk=batch.pk)
    messages.success(request, _("書き込まずに終了しました。"))
    return redirect("courses:imports")


@require_safe
def import_errors(request: Request, pk: int) -> HttpResponse:
    """The refused rows; `?code=cp932` for Excel of old."""
    batch = fetch(request, pk)
    stored = get_object_or_404(StoredFile, pk=batch.found.get("errors", 0))
    content = files.read(stored)
    if request.GET.get("code") == "cp932":
        return download(in_cp932(content), "text/csv; charset=Shift_JIS", "取り込めない行.csv")
    return download(content, "text/csv; charset=utf-8", "取り込めない行.csv")


def taught_run(request: Request, pk: int) -> Run:
    taught = Run.objects.filter(course__college=request.acting.organisation_id).select_related("course__college")
    run = get_object_or_404(taught, pk=pk)
    require(may_import_attendance(request.acting))
    return run


@require_safe
def run_sheets(request: Request, pk: int) -> HttpResponse:
    """Paper to print and tables to fill in, lesson by lesson."""
    run = taught_run(request, pk)
    context = {
        "run": run,
        "course": run.course,
        "lessons": lessons_of(run),
        "imports": AttendanceImport.objects.visible_to(request.acting)
        .filter(lesson__run=run)
        .select_related("lesson__run__course", "uploaded_by")[:20],
        "today": request.acting.today,
    }
    return render(request, "courses/attendance/import_sheets.html", context)


@require_safe
def run_table(request: Request, pk: int, kind: str) -> HttpResponse:
    """The table to fill in with the run's people in it: Excel, or CSV as Excel of old writes it."""
    run = taught_run(request, pk)
    if kind not in TABLES:
        raise Http404
    make, media_type = TABLES[kind]
    return download(make(run), media_type, f"出席の表_{run.code}.{kind}")
