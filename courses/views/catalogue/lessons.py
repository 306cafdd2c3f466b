"""Lessons of a run, and an instructor's own."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.catalogue.lessons import add_lesson, change_lesson, remove_lesson
from courses.actions.catalogue.repeating import monday, repeat_lessons
from courses.forms.catalogue.runs import LessonForm, RepeatForm, initial_of
from courses.models import Lesson, Run
from courses.policies import may_manage_run, may_see_own_courses
from courses.queries import in_same_room, lessons_of, mark_counts
from courses.states import OPEN_ENROLMENTS, RunState
from firms.acting import Acting
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _

PAST_SHOWN = 30
COMING_SHOWN = 30


@require_http_methods(["GET", "POST"])
def lesson_new(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course__college"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    lessons = lessons_of(run)
    form = LessonForm(
        request.POST or None,
        course=run.course,
        on=request.acting.today,
        initial=initial_after(lessons),
        is_following=True,
    )
    if form.is_valid():
        with refusing(form):
            added = add_lesson(run, form.wish(), by=request.acting)
            warn_of_room(request, added)
            again = "another" in request.POST
            return redirect(reverse("courses:lesson_new" if again else "courses:run", args=[run.pk]))
    return render(
        request, "courses/catalogue/lesson_form.html", form_context(run, form, lesson=None) | {"lessons": lessons}
    )


def initial_after(lessons: list[Lesson]) -> dict[str, object]:
    """The next lesson is most often a week later, at the same hours and place."""
    if not lessons:
        return {}
    initial = initial_of(lessons[-1])
    return initial | {"topic": "", "on": (lessons[-1].on + timedelta(days=7)).isoformat()}


@require_http_methods(["GET", "POST"])
def lessons_repeat(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course__college"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    lessons = lessons_of(run)
    form = RepeatForm(request.POST or None, initial=last_week(lessons))
    if form.is_valid():
        with refusing(form):
            made = repeat_lessons(run, by=request.acting, **form.cleaned_data)
            messages.success(request, _("コマを%(n)s回追加しました。") % {"n": len(made)})
            return redirect("courses:run", pk=run.pk)
    context = {"form": form, "run": run, "course": run.course, "lessons": lessons}
    return render(request, "courses/catalogue/lessons_repeat.html", context)


def last_week(lessons: list[Lesson]) -> dict[str, object]:
    """What is most often asked for: the week taught last, from the Monday after it."""
    if not lessons:
        return {}
    start = monday(lessons[-1].on)
    return {"first_on": start, "last_on": start + timedelta(days=6), "starts_on": start + timedelta(days=7)}


@require_http_methods(["GET", "POST"])
def lesson_edit(request: Request, pk: int) -> HttpResponse:
    lessons = Lesson.objects.offered_by(request.acting).select_related("run__course__college", "instructor")
    lesson = get_object_or_404(lessons, pk=pk)
    require(may_manage_run(request.acting, lesson.run.course))
    form = LessonForm(
        request.POST or None, course=lesson.run.course, on=request.acting.today, initial=initial_of(lesson)
    )
    if form.is_valid():
        with refusing(form):
            changed = change_lesson(lesson, form.wish(), by=request.acting)
            warn_of_room(request, changed)
            return redirect("courses:run", pk=lesson.run_id)
    context = form_context(lesson.run, form, lesson=lesson) | {"lessons": lessons_of(lesson.run)}
    return render(request, "courses/catalogue/lesson_form.html", context)


def warn_of_room(request: Request, lesson: Lesson) -> None:
    """Two classes may share a hall, so a room taken twice is said and not refused."""
    if clash := in_same_room(lesson).select_related("run__course").first():
        messages.warning(
            request,
            _("「%(room)s」は同じ時間に「%(course)s 第%(number)s回」でも使う予定です。教室を確かめてください。")
            % {"room": lesson.room, "course": clash.run.course.title, "number": clash.number},
        )


def form_context(run: Run, form: LessonForm, *, lesson: Lesson | None) -> dict[str, object]:
    return {
        "run": run,
        "course": run.course,
        "form": form,
        "lesson": lesson,
        "people": run.enrolments.filter(state__in=OPEN_ENROLMENTS).count(),
        "is_marked": lesson is not None and lesson.marks.exists(),
    }


@require_POST
def lesson_delete(request: Request, pk: int) -> HttpResponse:
    lesson = get_object_or_404(Lesson.objects.offered_by(request.acting).select_related("run__course"), pk=pk)
    require(may_manage_run(request.acting, lesson.run.course))
    back = reverse("courses:run", args=[lesson.run_id])
    return attempt(request, lambda: remove_lesson(lesson, by=request.acting), done=_("コマを削除しました。"), back=back)


@require_safe
def my_lessons(request: Request) -> HttpResponse:
    """Today's, those to come, and the past, where what is still unmarked stands first."""
    require(may_see_own_courses(request.acting))
    own = own_lessons(request.acting)
    start = timezone.make_aware(datetime.combine(request.acting.today, time.min))
    end = start + timedelta(days=1)
    past = list(mark_counts(own.filter(starts_at__lt=start)).order_by("-starts_at")[:PAST_SHOWN])
    unmarked = [lesson for lesson in past if lesson.unmarked]
    context = {
        "todays": list(mark_counts(own.filter(starts_at__gte=start, starts_at__lt=end)).order_by("starts_at")),
        "coming": list(mark_counts(own.filter(starts_at__gte=end)).order_by("starts_at")[:COMING_SHOWN]),
        "unmarked": unmarked,
        "done": [lesson for lesson in past if lesson not in unmarked],
        "today": request.acting.today,
    }
    return render(request, "courses/catalogue/my_lessons.html", context)


def own_lessons(acting: Acting) -> QuerySet[Lesson]:
    own = Lesson.objects.taught_by(acting).filter(instructor=acting.person).exclude(run__state=RunState.CANCELLED)
    return own.select_related("run__course").prefetch_related("breaks")
