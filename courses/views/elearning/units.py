"""Authoring: the units of a course in their order, each written down, replaced or retired, and the questions of a quiz."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.elearning.run_units import renew_units
from courses.actions.elearning.units import (
    add_unit,
    edit_unit,
    is_bound,
    make_version,
    move_down,
    move_up,
    publish_unit,
    retire_question,
    retire_unit,
    save_question,
)
from courses.forms.elearning.units import QuestionForm, UnitForm, initial_of_question
from courses.learning.kinds import KINDS
from courses.models import Course, LearningEvent, Question, Run, Unit
from courses.models.elearning.learning import UnitKind
from courses.policies import may_author_units, may_manage_run, may_try_units
from courses.queries.elearning.units import bound_units, runs_behind
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _

MOVES = {"up": move_up, "down": move_down}


def course_of(request: Request, pk: int) -> Course:
    return get_object_or_404(Course.objects.offered_by(request.acting).select_related("college"), pk=pk)


def authored(request: Request, pk: int) -> Unit:
    """A unit one may write; another college's is nobody's business."""
    courses = Course.objects.offered_by(request.acting)
    unit = get_object_or_404(
        Unit.objects.filter(course__in=courses).select_related("course", "file", "captions"), pk=pk
    )
    require(may_author_units(request.acting, unit.course))
    return unit


@require_safe
def units(request: Request, pk: int) -> HttpResponse:
    course = course_of(request, pk)
    learned = LearningEvent.objects.filter(unit=OuterRef("pk"))
    counted = Unit.objects.filter(course=course).annotate(
        question_count=Count("questions", filter=Q(questions__retired_at=None)), has_learners=Exists(learned)
    )
    # A query that counts forgets the order of its model.
    rows = counted.select_related("replaces").order_by("number", "pk")
    in_use, promised = [unit for unit in rows if unit.is_offered], bound_units(course)
    context = {
        "course": course,
        "units": [(unit, KINDS[unit.kind].icon, unit.has_learners or unit.pk in promised) for unit in in_use],
        "drafts": [(unit, KINDS[unit.kind].icon) for unit in rows if unit.is_draft],
        "retired": [unit for unit in rows if unit.published_at and unit.retired_at],
        "behind": runs_behind(course, on=request.acting.today) if may_manage_run(request.acting, course) else [],
        "minutes": sum(unit.standard_minutes for unit in in_use),
        "kinds": [(kind, kind.label, KINDS[kind].icon) for kind in UnitKind],
        "may_author": may_author_units(request.acting, course),
        "may_try": may_try_units(request.acting, course),
    }
    return render(request, "courses/elearning/units.html", context)


@require_safe
def run_units(request: Request, pk: int) -> HttpResponse:
    """The tab of a run leads to the units of its course."""
    run = get_object_or_404(Run.objects.offered_by(request.acting), pk=pk)
    return redirect("courses:units", pk=run.course_id)


@require_http_methods(["GET", "POST"])
def unit_new(request: Request, pk: int, kind: str) -> HttpResponse:
    course = course_of(request, pk)
    require(may_author_units(request.acting, course))
    if kind not in KINDS:
        raise Http404
    form = UnitForm(request.POST or None, request.FILES or None, kind=kind)
    if form.is_valid():
        with refusing(form):
            unit = add_unit(course, kind, form.facts(), by=request.acting)
            return after_saving(unit)
    return render(request, "courses/elearning/unit_form.html", form_context(course, form))


@require_http_methods(["GET", "POST"])
def unit_edit(request: Request, pk: int) -> HttpResponse:
    unit = authored(request, pk)
    form = UnitForm(request.POST or None, request.FILES or None, kind=unit.kind, unit=unit)
    if form.is_valid():
        with refusing(form):
            edit_unit(unit, form.facts(), by=request.acting)
            messages.success(request, _("教材を保存しました。"))
            return redirect("courses:units", pk=unit.course_id)
    context = form_context(unit.course, form) | {"unit": unit, "is_bound": is_bound(unit)}
    return render(request, "courses/elearning/unit_form.html", context)


@require_http_methods(["GET", "POST"])
def unit_version(request: Request, pk: int) -> HttpResponse:
    old = authored(request, pk)
    form = UnitForm(request.POST or None, request.FILES or None, kind=old.kind, unit=old)
    if form.is_valid():
        with refusing(form):
            make_version(old, form.facts(), by=request.acting)
            messages.success(
                request, _("新しい版の下書きをつくりました。確かめてから公開すると、前の版と入れ替わります。")
            )
            return redirect("courses:units", pk=old.course_id)
    return render(
        request, "courses/elearning/unit_form.html", form_context(old.course, form) | {"unit": old, "is_version": True}
    )


def form_context(course: Course, form: UnitForm) -> dict[str, object]:
    return {"course": course, "form": form, "kind": form.kind, "kind_label": UnitKind(form.kind).label}


def after_saving(unit: Unit) -> HttpResponse:
    """A quiz still needs its questions."""
    if unit.kind == UnitKind.QUIZ:
        return redirect("courses:questions", pk=unit.pk)
    return redirect("courses:units", pk=unit.course_id)


@require_POST
def unit_move(request: Request, pk: int, way: str) -> HttpResponse:
    unit = authored(request, pk)
    if way not in MOVES:
        raise Http404
    return attempt(
        request, lambda: MOVES[way](unit, by=request.acting), done=_("順番を変えました。"), back=units_path(unit)
    )


@require_POST
def unit_retire(request: Request, pk: int) -> HttpResponse:
    unit = authored(request, pk)
    done = (
        _("下書きを捨てました。")
        if unit.is_draft
        else _("教材の使用を終えました。募集を始めた開講と、学習した人の記録には残ります。")
    )
    return attempt(request, lambda: retire_unit(unit, by=request.acting), done=done, back=units_path(unit))


@require_POST
def unit_publish(request: Request, pk: int) -> HttpResponse:
    unit = authored(request, pk)
    done = _("公開しました。これから募集を始める開講で使われます。募集を始めた開講の教材は変わりません。")
    return attempt(request, lambda: publish_unit(unit, by=request.acting), done=done, back=units_path(unit))


@require_POST
def run_units_renew(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    done = _("開講の教材を、いまの教材に替えました。申し込んでいる人と企業に知らせました。")
    back = reverse("courses:units", args=[run.course_id])
    return attempt(request, lambda: renew_units(run, by=request.acting), done=done, back=back)


def units_path(unit: Unit) -> str:
    return reverse("courses:units", args=[unit.course_id])


def quiz_of(request: Request, pk: int) -> Unit:
    unit = authored(request, pk)
    if unit.kind != UnitKind.QUIZ:
        raise Http404
    return unit


@require_safe
def questions(request: Request, pk: int) -> HttpResponse:
    unit = quiz_of(request, pk)
    context = {"unit": unit, "course": unit.course, "questions": list(unit.questions.filter(retired_at=None))}
    return render(request, "courses/elearning/unit_questions.html", context)


@require_http_methods(["GET", "POST"])
def question_new(request: Request, pk: int) -> HttpResponse:
    unit = quiz_of(request, pk)
    form = QuestionForm(request.POST or None)
    return question_form(request, unit, form, lambda: save_question(unit, form.facts(), by=request.acting))


@require_http_methods(["GET", "POST"])
def question_edit(request: Request, pk: int) -> HttpResponse:
    question, unit = question_of(request, pk)
    form = QuestionForm(request.POST or None, initial=initial_of_question(question))
    save = lambda: save_question(unit, form.facts(), by=request.acting, replaces=question)  # noqa: E731
    return question_form(request, unit, form, save)


def question_of(request: Request, pk: int) -> tuple[Question, Unit]:
    question = get_object_or_404(Question.objects.filter(retired_at=None), pk=pk)
    return question, quiz_of(request, question.unit_id)


def question_form(request: Request, unit: Unit, form: QuestionForm, save: Callable[[], object]) -> HttpResponse:
    if form.is_valid():
        with refusing(form):
            save()
            messages.success(request, _("問題を保存しました。"))
            return redirect("courses:questions", pk=unit.pk)
    return render(request, "courses/elearning/unit_question.html", {"unit": unit, "course": unit.course, "form": form})


@require_POST
def question_retire(request: Request, pk: int) -> HttpResponse:
    question, unit = question_of(request, pk)
    back = reverse("courses:questions", args=[unit.pk])
    done = _("この問題は、これからのテストには出ません。")
    return attempt(request, lambda: retire_question(question, by=request.acting), done=done, back=back)
