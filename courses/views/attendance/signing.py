"""Signatures on the instructor's tablet: the list of people, the pad of one, and the picture for those who may see it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.attendance.signing import sign_attendance
from courses.forms.attendance.attendance import initial_from_scans, initial_of
from courses.forms.attendance.signing import SignatureForm
from courses.models import AttendanceMark, Enrolment, Lesson
from courses.queries import history_of, roster_enrolments
from courses.queries.attendance.check_ins import presences
from courses.views.attendance.attendance import openness, taught_lesson
from firms.errors import Refused
from firms.files import store as files
from firms.signing.pictures import PNG
from firms.web.http import Request, add_refusal
from firms.words.saying import said as _


@require_safe
def sign(request: Request, pk: int) -> HttpResponse:
    """Who signs next: those without a signature stand first."""
    lesson = taught_lesson(request, pk)
    histories = history_of(lesson)
    people = [(one, last_of(histories.get(one.pk, []))) for one in roster_enrolments(lesson)]
    context = lesson_context(request, lesson) | {
        "waiting": [(one, mark) for one, mark in people if not (mark and mark.signature_id)],
        "signed": [(one, mark) for one, mark in people if mark and mark.signature_id],
        "total": len(people),
    }
    return render(request, "courses/attendance/sign.html", context)


@require_http_methods(["GET", "POST"])
def sign_person(request: Request, pk: int, enrolment_pk: int) -> HttpResponse:
    lesson = taught_lesson(request, pk)
    enrolment = get_object_or_404(roster_enrolments(lesson), pk=enrolment_pk)
    mark = last_of(history_of(lesson).get(enrolment.pk, []))
    presence = presences(lesson).get(enrolment.pk)
    initial = initial_from_scans(mark, lesson, presence) if presence else initial_of(mark)
    form = SignatureForm(request.POST or None, enrolment=enrolment, initial=initial)
    if form.is_valid() and signed(request, lesson, form):
        return redirect("courses:sign", pk=lesson.pk)
    context = lesson_context(request, lesson) | {"enrolment": enrolment, "mark": mark, "form": form}
    return render(request, "courses/attendance/sign_person.html", context)


def signed(request: Request, lesson: Lesson, form: SignatureForm) -> bool:
    try:
        line = form.line(lesson)
        sign_attendance(lesson, line, picture=form.cleaned_data["picture"], by=request.acting)
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    name = form.enrolment.person.full_name
    messages.success(request, _("%(name)sさんの署名を記録しました。次の人に渡してください。") % {"name": name})
    return True


def last_of(history: list[AttendanceMark]) -> AttendanceMark | None:
    """The mark at the end of a history; what was taken back is none to sign under, yet has to be named by the next."""
    return history[-1] if history else None


def lesson_context(request: Request, lesson: Lesson) -> dict[str, object]:
    return {"lesson": lesson, "run": lesson.run, "course": lesson.run.course, **openness(request, lesson)}


@require_safe
def mark_signature(request: Request, pk: int) -> HttpResponse:
    """The picture itself, for the college, the firm and its advisor, and the trainee."""
    own = Enrolment.objects.visible_to(request.acting)
    marks = AttendanceMark.objects.filter(enrolment__in=own.values("pk"), signature__isnull=False)
    mark = get_object_or_404(marks.select_related("signature"), pk=pk)
    assert mark.signature is not None
    response = HttpResponse(files.read(mark.signature), content_type=PNG)
    response["Cache-Control"] = "private, max-age=3600"
    return response
