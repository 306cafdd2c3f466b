"""The catalogue and the page of one course."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.forms.catalogue import CatalogueForm
from courses.models import Course, Run
from courses.policies import (
    may_apply,
    may_edit_course,
    may_enrol,
    may_list_courses,
    may_manage_run,
    may_propose_course,
    may_withdraw_course,
)
from courses.queries import listed_matching, next_runs, runs_for
from courses.states import CourseState
from firms.acting import Acting
from firms.http import Request
from firms.models import JournalEntry

COURSES_ON_A_PAGE = 12


@require_safe
def catalogue(request: Request) -> HttpResponse:
    today = request.acting.today
    form = CatalogueForm(request.GET)
    facets = form.facets()
    found = listed_matching(facets, on=today).select_related("college").order_by("field", "title", "pk")
    page = Paginator(found, COURSES_ON_A_PAGE).get_page(request.GET.get("page"))
    runs = next_runs(list(page), on=today)
    context = {
        "form": form,
        "page": page,
        "cards": [(course, runs.get(course.pk)) for course in page],
        "is_searching": any(facets.values()),
        "today": today,
    }
    return render(request, "courses/catalogue.html", context)


@require_safe
def course(request: Request, pk: int) -> HttpResponse:
    acting = request.acting
    course = get_object_or_404(Course.objects.visible_to(acting).select_related("college"), pk=pk)
    coming, past = split_runs(runs_for(acting, course), acting)
    context = {
        "course": course,
        "coming": coming,
        "past": past,
        "may": rights_on(acting, course),
        "today": acting.today,
        "return_reason": return_reason(course) if course.state == CourseState.DRAFT else "",
        "entries": journal_of(acting, course),
    }
    return render(request, "courses/course.html", context)


def split_runs(runs: Any, acting: Acting) -> tuple[list[Run], list[Run]]:
    """Those whose last lesson is still ahead (or not planned yet), and those that are over."""
    held = list(runs)
    past = [run for run in held if is_past(run, acting)]
    return [run for run in held if run not in past], past[::-1]


def is_past(run: Any, acting: Acting) -> bool:
    return run.last_at is not None and timezone.localtime(run.last_at).date() < acting.today


def rights_on(acting: Acting, course: Course) -> dict[str, bool]:
    """What the page offers; each action asks again."""
    return {
        "edit": may_edit_course(acting, course),
        "propose": may_propose_course(acting, course) and course.state == CourseState.DRAFT,
        "list": may_list_courses(acting) and course.state != CourseState.LISTED,
        "return": may_list_courses(acting) and course.state == CourseState.PROPOSED,
        "withdraw": may_withdraw_course(acting, course) and course.state == CourseState.LISTED,
        "manage": may_manage_run(acting, course),
        "enrol": may_enrol(acting) and course.state == CourseState.LISTED,
        "apply": may_apply(acting) and course.state == CourseState.LISTED,
    }


def journal_of(acting: Acting, course: Course) -> list[JournalEntry] | None:
    """The course's story, for those who look after it."""
    if not may_manage_run(acting, course):
        return None
    entries = JournalEntry.objects.visible_to(acting).about(course)
    return list(entries.select_related("person", "organisation", "mandate__office")[:20])


def return_reason(course: Course) -> str:
    """Why the ward sent the draft back the last time; empty if it never did."""
    last = JournalEntry.objects.about(course).filter(verb="courses.return_reason").first()
    return str(last.details["reason"]) if last else ""
