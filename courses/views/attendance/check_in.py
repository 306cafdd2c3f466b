"""A trainee's telephone in the room: the scanned or typed code, the one button, and what was recorded."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.attendance.check_in import Scan, check_in, expected, lesson_of
from courses.desk_code import as_typed
from courses.forms.attendance.check_in import CodeForm
from courses.models import CheckIn, Lesson, Run
from firms.errors import Refused
from firms.web.http import Request, refusing
from firms.words.amounts import minutes_words
from firms.words.saying import said as _

Direction = CheckIn.Direction


@never_cache
@require_safe
def check_in_typed(request: Request) -> HttpResponse:
    """Whoever cannot scan types the eight letters; they lead to the same page as the picture."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = as_typed(form.cleaned_data["code"])
        with refusing(form):
            lesson = lesson_of(code, at=timezone.now(), by=request.acting)
            return redirect("courses:check_in_code", pk=lesson.pk, code=code)
    return render(request, "courses/attendance/check_in_typed.html", {"form": form, "now": timezone.now()})


@never_cache
@require_http_methods(["GET", "POST"])
def check_in_code(request: Request, pk: int, code: str) -> HttpResponse:
    """Looking says what would be recorded and writes nothing; the button records it."""
    lesson = seen_lesson(request, pk)
    now = timezone.now()
    context: dict[str, object] = {"lesson": lesson, "run": lesson.run, "course": lesson.run.course, "now": now}
    try:
        if request.method == "POST":
            scan = check_in(lesson, code, at=now, device=device_of(request, lesson), by=request.acting)
            say(request, scan)
            return redirect("courses:checked_in", pk=lesson.pk)
        context["direction"] = expected(lesson, code, at=now, by=request.acting)
    except Refused as refusal:
        context["refusal"] = refusal.sentence
    return render(request, "courses/attendance/check_in.html", context)


@require_safe
def checked_in(request: Request, pk: int) -> HttpResponse:
    """What this lesson's desk knows of oneself."""
    lesson = seen_lesson(request, pk)
    own = CheckIn.objects.filter(lesson=lesson, enrolment__person=request.person).order_by("pk")
    context = {"lesson": lesson, "run": lesson.run, "course": lesson.run.course, "scans": list(own)}
    return render(request, "courses/attendance/checked_in.html", context)


def seen_lesson(request: Request, pk: int) -> Lesson:
    runs = Run.objects.visible_to(request.acting)
    lessons = Lesson.objects.filter(run__in=runs.values("pk")).select_related("run__course__college")
    return get_object_or_404(lessons.prefetch_related("breaks"), pk=pk)


def device_of(request: Request, lesson: Lesson) -> str:
    """A mark of line and browser that means nothing outside this lesson, so that nobody can be followed by it."""
    told = [str(lesson.pk), str(get_adapter().get_client_ip(request)), request.headers.get("User-Agent", "")]
    return salted_hmac("courses.check_in", "|".join(told), algorithm="sha256").hexdigest()


def say(request: Request, scan: Scan) -> None:
    at = f"{timezone.localtime(scan.check_in.at):%H:%M}"
    if scan.check_in.direction == Direction.IN:
        messages.success(
            request, _("%(at)sに入室を記録しました。帰るときも、画面のコードを読み取ってください。") % {"at": at}
        )
    elif scan.stands_by_hand:
        messages.info(
            request,
            _("%(at)sに退室を読み取りました。出席は講師が記録してあるので、そちらがそのまま残ります。") % {"at": at},
        )
    elif scan.mark is None:
        messages.warning(
            request, _("%(at)sに退室を読み取りました。コマの時間に重ならないため、受講時間はありません。") % {"at": at}
        )
    else:
        messages.success(
            request,
            _("%(at)sに退室を記録しました。受講時間は%(minutes)sです。")
            % {"at": at, "minutes": minutes_words(scan.mark.minutes)},
        )
