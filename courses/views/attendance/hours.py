"""A trainee's own hours, and the history of one mark for everybody who may see it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from courses.actions.attendance.hours import confirm_all, confirm_mark
from courses.forms.attendance.hours import HoursWordForm
from courses.models import AttendanceMark, Enrolment
from courses.policies import may_confirm_hours, may_keep_roster
from courses.queries import history_of
from courses.queries.attendance.hours import own_hours
from firms.web.http import Request, require, saying_no
from firms.words.saying import said as _


@require_safe
def hours(request: Request) -> HttpResponse:
    return render(
        request, "courses/attendance/hours.html", {"runs": own_hours(request.person, on=request.acting.today)}
    )


@require_POST
def mark_confirm(request: Request, pk: int) -> HttpResponse:
    """The trainee's word on one mark; a refusal comes back as a sentence above the list."""
    marks = AttendanceMark.objects.filter(enrolment__in=Enrolment.objects.visible_to(request.acting).values("pk"))
    related = marks.select_related("lesson__instructor", "enrolment__person", "enrolment__run__course__college")
    mark = get_object_or_404(related, pk=pk)
    require(may_confirm_hours(request.acting, mark.enrolment))
    form = HoursWordForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(sentence) for own in form.errors.values() for sentence in own))
        return redirect("courses:hours")
    with saying_no(request):
        given = confirm_mark(mark, **form.cleaned_data, by=request.acting)
        messages.success(
            request,
            _("確認しました。") if given.agrees else _("違うところを連携校に伝えました。返事を待ってください。"),
        )
    return redirect("courses:hours")


@require_POST
def hours_confirm(request: Request, pk: int) -> HttpResponse:
    """Everything of one run that waits is right."""
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.acting), pk=pk)
    require(may_confirm_hours(request.acting, enrolment))
    n = confirm_all(enrolment, by=request.acting)
    messages.success(request, _("%(n)s件を確認しました。") % {"n": n} if n else _("確認を待つ記録はありません。"))
    return redirect("courses:hours")


@require_safe
def mark(request: Request, pk: int) -> HttpResponse:
    """All that was ever recorded of one person in one lesson, with source, actor, signature and the trainee's word."""
    visible = Enrolment.objects.visible_to(request.acting)
    marks = AttendanceMark.objects.filter(enrolment__in=visible.values("pk"))
    named = get_object_or_404(marks.select_related("lesson__run__course__college", "enrolment__person"), pk=pk)
    history = history_of(named.lesson)[named.enrolment_id]
    context = {
        "lesson": named.lesson,
        "run": named.lesson.run,
        "course": named.lesson.run.course,
        "enrolment": named.enrolment,
        "history": history,
        "mark": history[-1],
        "may_correct": may_keep_roster(request.acting, named.lesson),
    }
    return render(request, "courses/attendance/mark.html", context)
