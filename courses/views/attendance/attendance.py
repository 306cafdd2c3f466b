"""The roster of a lesson, the correction of a mark, and the attendance of a run."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.attendance.attendance import RosterRefused, save_roster
from courses.actions.attendance.marking import is_over
from courses.actions.attendance.roster_undo import take_back_saved
from courses.forms.attendance.attendance import CorrectionForm, LineForm, initial_from_scans, initial_of
from courses.models import AttendanceMark, Enrolment, Lesson, Run
from courses.pace import Pace
from courses.policies import may_keep_roster, may_see_attendance
from courses.queries import AttendanceRow, attendance_rows, history_of, lessons_of, roster_enrolments
from courses.queries.attendance.check_ins import NOBODY, InRoom, presences
from courses.queries.attendance.paces import pace_of_row
from courses.queries.seats.people import leaves_of
from courses.states import RunState
from firms.errors import Refused
from firms.web.http import Request, add_refusal, require, saying_no
from firms.words.saying import said as _

# In the session: the lesson and the marks of the last saving.
LAST_SAVED = "roster_saved"


@dataclass(frozen=True)
class RosterRow:
    """One person of the roster: the form of the line, the mark in force, all that were, and the scans."""

    enrolment: Enrolment
    form: LineForm
    history: list[AttendanceMark]
    presence: InRoom

    @property
    def mark(self) -> AttendanceMark | None:
        return self.history[-1] if self.history else None


@dataclass(frozen=True)
class PacedRow:
    """One person of the attendance table, and how they stand against the course's line."""

    row: AttendanceRow
    pace: Pace


@require_http_methods(["GET", "POST"])
def roster(request: Request, pk: int) -> HttpResponse:
    lesson = taught_lesson(request, pk)
    rows = roster_rows(lesson, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and save(request, lesson, rows):
        return redirect("courses:roster", pk=lesson.pk)
    context = {
        "lesson": lesson,
        "run": lesson.run,
        "course": lesson.run.course,
        "rows": rows,
        "lessons": list(lesson.run.lessons.order_by("starts_at")),
        **openness(request, lesson),
        "saved": saved_marks(request, lesson),
        "has_marks": any(row.mark for row in rows),
        "has_scans": any(row.presence.came_at for row in rows),
        "shares_device": any(row.presence.shares_device for row in rows),
        "today": request.acting.today,
    }
    return render(request, "courses/attendance/roster.html", context)


def openness(request: Request, lesson: Lesson) -> dict[str, bool]:
    """Whether a lesson can be marked, and whether it is only its end that is waited for."""
    has_come = lesson.on <= request.acting.today and lesson.run.state != RunState.CANCELLED
    has_ended = has_come and is_over(lesson, by=request.acting)
    return {"is_open": has_ended, "is_under_way": has_come and not has_ended}


def saved_marks(request: Request, lesson: Lesson) -> list[int]:
    """What this person saved last, if it was this lesson: only that can be taken back whole."""
    last = request.session.get(LAST_SAVED, {})
    return last.get("marks", []) if last.get("lesson") == lesson.pk else []


def taught_lesson(request: Request, pk: int) -> Lesson:
    lessons = Lesson.objects.taught_by(request.acting).select_related("run__course__college", "instructor")
    lesson = get_object_or_404(lessons.prefetch_related("breaks"), pk=pk)
    require(may_keep_roster(request.acting, lesson))
    return lesson


def roster_rows(lesson: Lesson, *, data: dict | None) -> list[RosterRow]:
    histories = history_of(lesson)
    scans = presences(lesson)
    rows = []
    for enrolment in roster_enrolments(lesson):
        history = histories.get(enrolment.pk, [])
        mark, presence = history[-1] if history else None, scans.get(enrolment.pk, NOBODY)
        initial = initial_from_scans(mark, lesson, presence) if scans else initial_of(mark)
        form = LineForm(data, prefix=f"e{enrolment.pk}", initial=initial)
        rows.append(RosterRow(enrolment, form, history, presence))
    return rows


def save(request: Request, lesson: Lesson, rows: list[RosterRow]) -> bool:
    """All rows or none; what is refused stands at its row."""
    if not all(row.form.is_valid() for row in rows):
        messages.error(request, _("保存していません。赤い行を直して、もう一度保存してください。"))
        return False
    try:
        lines = [row.form.line(row.enrolment, lesson) for row in rows]
        written = save_roster(lesson, lines, by=request.acting)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        lines_refused = refusal.lines if isinstance(refusal, RosterRefused) else {}
        for row in rows:
            if row.enrolment.pk in lines_refused:
                add_refusal(row.form, lines_refused[row.enrolment.pk])
        return False
    if written:
        request.session[LAST_SAVED] = {"lesson": lesson.pk, "marks": [mark.pk for mark in written]}
    messages.success(
        request, _("%(n)s人の出席を保存しました。") % {"n": len(written)} if written else _("変更はありません。")
    )
    return True


@require_POST
def roster_undo(request: Request, pk: int) -> HttpResponse:
    """The last saving of this roster, by the one who saved; a second click finds nothing left to take back."""
    lesson = taught_lesson(request, pk)
    with saying_no(request):
        taken = take_back_saved(lesson, saved_marks(request, lesson), by=request.acting)
        messages.success(request, _("%(n)s人の保存を取り消しました。") % {"n": len(taken)})
    request.session.pop(LAST_SAVED, None)
    return redirect("courses:roster", pk=lesson.pk)


@require_http_methods(["GET", "POST"])
def mark_correct(request: Request, pk: int) -> HttpResponse:
    """Correct the mark in force; a link to an older one leads to the same page."""
    marks = AttendanceMark.objects.taught_by(request.acting).select_related("enrolment__person")
    named = get_object_or_404(marks, pk=pk)
    lesson = taught_lesson(request, named.lesson_id)
    enrolment = named.enrolment
    history = history_of(lesson)[enrolment.pk]
    form = CorrectionForm(request.POST or None, initial=initial_of(history[-1]))
    if form.is_valid() and corrected(request, lesson, enrolment, form):
        return redirect("courses:roster", pk=lesson.pk)
    context = {
        "lesson": lesson,
        "run": lesson.run,
        "course": lesson.run.course,
        "enrolment": enrolment,
        "form": form,
        "history": history,
        "mark": history[-1],
    }
    return render(request, "courses/attendance/mark_correct.html", context)


def corrected(request: Request, lesson: Lesson, enrolment: Enrolment, form: LineForm) -> bool:
    try:
        save_roster(lesson, [form.line(enrolment, lesson)], by=request.acting)
    except RosterRefused as refusal:
        add_refusal(form, refusal.lines[enrolment.pk])
        return False
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, _("記録を訂正しました。前の記録は履歴に残ります。"))
    return True


@require_safe
def attendance(request: Request, pk: int) -> HttpResponse:
    acting = request.acting
    run = get_object_or_404(Run.objects.visible_to(acting).select_related("course__college"), pk=pk)
    if not may_see_attendance(acting, run):
        raise Http404
    people = Enrolment.objects.visible_to(acting).accepted().filter(run=run)
    ordered = people.select_related("person", "employment__establishment__organisation").order_by(
        "person__family_kana", "person__given_kana", "pk"
    )
    lessons = lessons_of(run)
    seated = list(ordered)
    leaves = leaves_of(seated)
    context = {
        "run": run,
        "course": run.course,
        "lessons": lessons,
        "rows": [
            PacedRow(row, pace_of_row(row, leaves.get(row.enrolment.pk, ()), on=acting.today))
            for row in attendance_rows(seated, lessons)
        ],
        "planned": sum(lesson.minutes for lesson in lessons),
        "keeps_roster": run.course.college_id == acting.organisation_id,
        "today": acting.today,
    }
    return render(request, "courses/attendance/attendance.html", context)
