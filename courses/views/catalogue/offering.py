"""Offering a course: the own list, writing it down, proposing, listing, returning, withdrawing."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.catalogue.course_copies import copy_course
from courses.actions.catalogue.courses import (
    create_course,
    edit_course,
    list_course,
    propose_course,
    return_course,
    withdraw_course,
)
from courses.forms.catalogue.offering import CollegeForm, CourseForm, ReturnForm
from courses.models import Course, CourseRevision, Run
from courses.policies import (
    is_officer,
    may_copy_course,
    may_edit_course,
    may_offer_courses,
    may_propose_course,
    may_publish_courses,
    may_see_own_courses,
    may_withdraw_course,
)
from courses.queries import next_runs
from courses.states import CourseState
from firms.acting import Acting
from firms.errors import Refused
from firms.models import Organisation
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _

COURSES_ON_A_PAGE = 20
RUNS_SHOWN = 20
WAITING = "waiting"
WAITS = Q(state=CourseState.PROPOSED) | Q(revision__isnull=False)


@require_safe
def own_courses(request: Request) -> HttpResponse:
    """The college's own; for the ward all, what waits for its answer first."""
    acting = request.acting
    require(may_see_own_courses(acting))
    state = request.GET.get("state", "")
    courses = Course.objects.offered_by(acting).select_related("college").annotate(revision=open_revision())
    shown = courses.filter(narrowed(state)).order_by(waiting_first(), "title", "pk")
    page = Paginator(shown, COURSES_ON_A_PAGE).get_page(request.GET.get("page"))
    runs = next_runs(list(page), on=acting.today)
    context = {
        "page": page,
        "rows": [(course, runs.get(course.pk)) for course in page],
        "states": [(WAITING, _("確認待ち")), *CourseState.choices],
        "state": state,
        "may_offer": may_offer_courses(acting),
        "is_ward": is_officer(acting),
        "coming": coming_runs(request),
        "today": acting.today,
    }
    return render(request, "courses/catalogue/own_courses.html", context)


def open_revision() -> Subquery:
    """The change of a course that waits for the ward, by id."""
    return Subquery(CourseRevision.objects.waiting().filter(course=OuterRef("pk")).values("pk")[:1])


def narrowed(state: str) -> Q:
    """By a state of the course, or to what waits for the ward's answer."""
    if state == WAITING:
        return WAITS
    return Q(state=state) if state in CourseState.values else Q()


def waiting_first() -> Case:
    return Case(When(WAITS, then=Value(0)), default=Value(1), output_field=IntegerField())


def coming_runs(request: Request) -> list[Run]:
    """Runs that are being prepared or not yet over, the nearest first."""
    ahead = (
        Run.objects.offered_by(request.acting).coming(on=request.acting.today).with_dates().with_seats().with_queue()
    )
    return list(ahead.select_related("course__college")[:RUNS_SHOWN])


@require_http_methods(["GET", "POST"])
def course_new(request: Request) -> HttpResponse:
    acting = request.acting
    require(may_offer_courses(acting))
    form = CourseForm(request.POST or None)
    college_form = CollegeForm(request.POST or None) if is_officer(acting) else None
    if form.is_valid() and (college_form is None or college_form.is_valid()):
        with refusing(form):
            course = create_course(form.facts(), college=college_of(acting, college_form), by=acting)
            return redirect("courses:course", pk=course.pk)
    context = {"form": form, "college_form": college_form, "course": None, "is_revision": False, "waiting": None}
    return render(request, "courses/catalogue/course_form.html", context)


def college_of(acting: Acting, form: CollegeForm | None) -> Organisation:
    """The one the ward chose, else one's own."""
    college = form.cleaned_data["college"] if form else acting.organisation
    return cast("Organisation", college)


@require_http_methods(["GET", "POST"])
def course_edit(request: Request, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.offered_by(request.acting), pk=pk)
    require(may_edit_course(request.acting, course))
    # The form fills its own copy, so that the action still sees what stood before.
    form = CourseForm(request.POST or None, instance=Course.objects.get(pk=pk))
    if form.is_valid():
        with refusing(form):
            edit_course(course, form.facts(), by=request.acting)
            return redirect("courses:course", pk=pk)
    context = {"form": form, "college_form": None, "course": course, "is_revision": False, "waiting": None}
    return render(request, "courses/catalogue/course_form.html", context)


@require_POST
def course_copy(request: Request, pk: int) -> HttpResponse:
    """Leads to the copy's form: what is to be another is written before it is proposed."""
    course = get_object_or_404(Course.objects.offered_by(request.acting), pk=pk)
    require(may_copy_course(request.acting, course))
    try:
        made = copy_course(course, by=request.acting)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(path_of(course))
    messages.success(request, _("写しました。講座名と、変わるところを直してから、掲載を申請してください。"))
    return redirect("courses:course_edit", made.pk)


@require_POST
def course_propose(request: Request, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.offered_by(request.acting), pk=pk)
    require(may_propose_course(request.acting, course))
    done = _("区に掲載を申請しました。区が確認すると、お知らせが届きます。")
    return attempt(request, lambda: propose_course(course, by=request.acting), done=done, back=path_of(course))


@require_POST
def course_list(request: Request, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.offered_by(request.acting), pk=pk)
    require(may_publish_courses(request.acting))
    done = _("掲載しました。講座はいまから検索に出ます。")
    return attempt(request, lambda: list_course(course, by=request.acting), done=done, back=path_of(course))


@require_http_methods(["GET", "POST"])
def course_return(request: Request, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.offered_by(request.acting).select_related("college"), pk=pk)
    require(may_publish_courses(request.acting))
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            return_course(course, reason=form.cleaned_data["reason"], by=request.acting)
            return redirect(path_of(course))
    return render(request, "courses/catalogue/course_return.html", {"form": form, "course": course})


@require_POST
def course_withdraw(request: Request, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.offered_by(request.acting), pk=pk)
    require(may_withdraw_course(request.acting, course))
    done = _("掲載を終了しました。決まっている受講はそのまま続きます。")
    return attempt(request, lambda: withdraw_course(course, by=request.acting), done=done, back=path_of(course))


def path_of(course: Course) -> str:
    return reverse("courses:course", args=[course.pk])
