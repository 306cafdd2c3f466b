"""The room screen of a lesson: its code, who is in, and the two buttons that open and close it."""

from io import BytesIO

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.actions.attendance.desk import close_desk, open_desk
from courses.desk_code import STEP_SECONDS, code_at, in_groups, is_fresh, step_at
from courses.models import CheckInDesk, Lesson
from courses.queries import roster_enrolments
from courses.queries.attendance.check_ins import room_of
from courses.states import RunState
from courses.views.attendance.attendance import taught_lesson
from firms.web.http import Request, attempt
from firms.words.saying import said as _


@never_cache
@require_safe
def desk(request: Request, pk: int) -> HttpResponse:
    """The whole screen, or for its own poll the part that lives."""
    lesson = taught_lesson(request, pk)
    opened = open_desk_of(lesson)
    now = timezone.now()
    step = step_at(now)
    context = {
        "lesson": lesson,
        "run": lesson.run,
        "course": lesson.run.course,
        "desk": opened,
        "now": now,
        "step": step,
        "left": STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS,
        "step_seconds": STEP_SECONDS,
        "code": in_groups(code_at(opened.secret, lesson.pk, step)) if opened else "",
        "typed_at": settings.SITE_URL.partition("://")[2] + reverse("courses:check_in"),
        "room": room_of(lesson, roster_enrolments(lesson)),
        "may_open": lesson.on <= request.acting.today and lesson.run.state != RunState.CANCELLED,
    }
    return render(
        request, "courses/attendance/desk.html#live" if request.htmx else "courses/attendance/desk.html", context
    )


def open_desk_of(lesson: Lesson) -> CheckInDesk | None:
    return CheckInDesk.objects.filter(lesson=lesson, closed_at=None).first()


@require_POST
def desk_open(request: Request, pk: int) -> HttpResponse:
    lesson = taught_lesson(request, pk)
    return attempt(
        request,
        lambda: open_desk(lesson, by=request.acting),
        done=_("受付を開きました。この画面を教室に映してください。"),
        back=reverse("courses:desk", args=[lesson.pk]),
    )


@require_POST
def desk_close(request: Request, pk: int) -> HttpResponse:
    lesson = taught_lesson(request, pk)
    return attempt(
        request,
        lambda: close_desk(lesson, by=request.acting),
        done=_("受付を閉じました。退室の記録がない人を、出席簿で確かめて保存してください。"),
        back=reverse("courses:roster", args=[lesson.pk]),
    )


@never_cache
@require_safe
def desk_code(request: Request, pk: int, step: int) -> HttpResponse:
    """The picture of one half minute's code; there is none of the past or of what is to come."""
    lesson = taught_lesson(request, pk)
    opened = open_desk_of(lesson)
    now = timezone.now()
    if opened is None or step > step_at(now) or not is_fresh(step, at=now):
        raise Http404
    path = reverse("courses:check_in_code", args=[lesson.pk, code_at(opened.secret, lesson.pk, step)])
    return HttpResponse(qr_svg(settings.SITE_URL + path), content_type="image/svg+xml")


def qr_svg(text: str) -> bytes:
    import segno

    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", border=2, omitsize=True, light="#fff")
    return picture.getvalue()
