"""The roster on paper: printed before the lesson, typed in after it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.attendance.attendance import RosterRefused
from courses.actions.attendance.paper import KIND, save_paper
from courses.forms.attendance.paper import PaperLine, SheetForm, initial_of
from courses.models import AttendanceMark, Enrolment, Lesson
from courses.papers.rosters import roster_pdf, run_roster_pdf
from courses.queries import newest_marks, roster_enrolments
from courses.states import RunState
from courses.views.attendance.attendance import taught_lesson
from courses.views.attendance.imports import taught_run
from courses.views.elearning.logs import download
from firms.errors import Refused
from firms.models import Evidence, JournalEntry
from firms.web.http import Request, add_refusal
from firms.words.saying import said as _


@dataclass(frozen=True)
class PaperRow:
    """One line of the sheet: its number there, the person, the form, and what is on record."""

    number: int
    enrolment: Enrolment
    form: PaperLine
    mark: AttendanceMark | None


@require_safe
def lesson_roster(request: Request, pk: int) -> HttpResponse:
    lesson = taught_lesson(request, pk)
    content = roster_pdf(lesson.run, [lesson], on=request.acting.today)
    return download(content, "application/pdf", f"名簿_{lesson.run.code}_第{lesson.number}回.pdf")


@require_safe
def run_roster(request: Request, pk: int) -> HttpResponse:
    run = taught_run(request, pk)
    return download(run_roster_pdf(run, on=request.acting.today), "application/pdf", f"名簿_{run.code}.pdf")


@require_http_methods(["GET", "POST"])
def paper_entry(request: Request, pk: int) -> HttpResponse:
    lesson = taught_lesson(request, pk)
    is_sent = request.method == "POST"
    rows = paper_rows(lesson, data=request.POST if is_sent else None)
    sheet_form = SheetForm(request.POST, request.FILES) if is_sent else SheetForm()
    if is_sent and saved(request, lesson, rows, sheet_form):
        return redirect("courses:paper_entry", pk=lesson.pk)
    context = {
        "lesson": lesson,
        "run": lesson.run,
        "course": lesson.run.course,
        "rows": rows,
        "sheet_form": sheet_form,
        "is_open": lesson.on <= request.acting.today and lesson.run.state != RunState.CANCELLED,
        "has_marks": any(row.mark for row in rows),
        "sheets": sheets_of(request, lesson),
    }
    return render(request, "courses/attendance/paper_entry.html", context)


def paper_rows(lesson: Lesson, *, data: dict | None) -> list[PaperRow]:
    """In the order of the printed sheet."""
    enrolments = list(roster_enrolments(lesson))
    newest = newest_marks([lesson.pk], [one.pk for one in enrolments])
    rows = []
    for number, one in enumerate(enrolments, start=1):
        mark = newest.get((one.pk, lesson.pk))
        if mark:
            mark.lesson = lesson
        form = PaperLine(data, prefix=f"e{one.pk}", initial=initial_of(mark))
        rows.append(PaperRow(number, one, form, None if mark is None or mark.is_void else mark))
    return rows


def saved(request: Request, lesson: Lesson, rows: list[PaperRow], sheet_form: SheetForm) -> bool:
    """All lines or none; what is refused stands at its line."""
    if not all([sheet_form.is_valid(), *(row.form.is_valid() for row in rows)]):
        messages.error(request, _("保存していません。赤い行を直して、もう一度保存してください。"))
        return False
    given = sheet_form.cleaned_data
    lines = [row.form.line(row.enrolment, lesson, reason=given["reason"]) for row in rows]
    try:
        written = save_paper(lesson, [line for line in lines if line], sheet=given["sheet"], by=request.acting)
    except RosterRefused as refused:
        messages.error(request, refused.sentence)
        for row in rows:
            if row.enrolment.pk in refused.lines:
                row.form.add_error("told", refused.lines[row.enrolment.pk].sentence)
        return False
    except Refused as refused:
        add_refusal(sheet_form, refused)
        return False
    messages.success(request, said(len(written), has_sheet=bool(given["sheet"])))
    return True


def said(written: int, *, has_sheet: bool) -> str:
    told = _("%(n)s人の出席を保存しました。") % {"n": written} if written else _("出席の変更はありません。")
    return told + _("名簿のファイルを保管しました。") if has_sheet else told


def sheets_of(request: Request, lesson: Lesson) -> list[Evidence]:
    """The signed sheets the journal of this lesson names, as far as one may see them."""
    entries = JournalEntry.objects.filter(
        subject_type=lesson._meta.label_lower, subject_id=lesson.pk, verb="attendance.attach_paper"
    )
    named = [entry.details["evidence"] for entry in entries]
    if not named:
        return []
    return list(Evidence.objects.visible_to(request.acting).filter(pk__in=named, kind=KIND).select_related("file"))
