"""The catalogue and the page of one course, for everybody: signed in or not."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from courses import frameworks
from courses.forms.catalogue.catalogue import SORT_LABELS, CatalogueForm
from courses.forms.catalogue.offering import missing_words
from courses.models import Course, CourseRevision, CourseSkill, Run
from courses.policies import (
    may_apply,
    may_copy_course,
    may_edit_course,
    may_enrol,
    may_manage_run,
    may_propose_course,
    may_publish_courses,
    may_revise_course,
    may_withdraw_course,
)
from courses.queries import listed_matching, next_runs, runs_for
from courses.queries.catalogue.catalogue import facet_choices, sorted_by
from courses.queries.catalogue.changes import changes_of_all, changes_of_course
from courses.queries.catalogue.structured import data_block, structured
from courses.queries.elearning.units import offered_units
from courses.states import CourseState, RevisionState
from courses.views.catalogue.kept import kept_for_visitors
from firms.acting import Acting
from firms.models import JournalEntry
from firms.queries import today as this_day
from firms.web.http import acting_of
from firms.web.kept import kept, key_of

COURSES_ON_A_PAGE = 12
# A card shows none of these, and sorting thousands of courses with them takes twice as long.
LONG_TEXTS = ("search_text", "goals", "syllabus")


@login_not_required
@require_safe
@kept_for_visitors(changes_of_all)
def catalogue(request: HttpRequest) -> HttpResponse:
    """What is found is everybody's; who is signed in has it in a frame of their own."""
    key = key_of("found", request.get_full_path(), this_day(), changes_of_all())
    context = {
        "found": SafeString(kept(key, lambda: found_by(request))),
        "canonical": address_of(reverse("courses:catalogue")),
    }
    return render(request, "courses/catalogue/catalogue.html", context)


def found_by(request: HttpRequest) -> str:
    """The search and the courses it finds."""
    today = this_day()
    form = CatalogueForm(request.GET, choices=facet_choices(on=today))
    facets = form.facets()
    found = listed_matching(facets, on=today).select_related("college").defer(*LONG_TEXTS)
    ordered = sorted_by(found, facets.get("sort", ""), on=today)
    page = Paginator(ordered, COURSES_ON_A_PAGE).get_page(request.GET.get("page"))
    runs = next_runs(list(page), on=today)
    context = {
        "form": form,
        "page": page,
        "cards": [(course, runs.get(course.pk)) for course in page],
        "chips": form.chips(),
        "sort": facets.get("sort", ""),
        "sorts": SORT_LABELS,
        "today": today,
    }
    return render_to_string("courses/catalogue/catalogue.html#found", context, request)


@login_not_required
@require_safe
@kept_for_visitors(changes_of_course)
def course(request: HttpRequest, pk: int) -> HttpResponse:
    acting = acting_of(request)
    today = this_day()
    course = get_object_or_404(Course.objects.visible_to(acting).select_related("college"), pk=pk)
    coming, past = split_runs(of_course(course, runs_for(acting, course)), on=today)
    may = rights_on(acting, course)
    context = {
        "course": course,
        "coming": coming,
        "past": past if acting else [],
        "next_run": next((run for run in coming if run.is_bookable(on=today)), None),
        "units": list(offered_units(course)),
        "skills": skills_of(course),
        "may": may,
        "today": today,
        "canonical": address_of(reverse("courses:course", args=[pk])),
        "structured": data_block(structured(course, coming)) if course.state == CourseState.LISTED else "",
        **desk(acting, course, may),
    }
    return render(request, "courses/catalogue/course.html", context)


def address_of(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def of_course(course: Course, runs: Iterable[Run]) -> list[Run]:
    """The runs, each with the course at hand, so that nobody asks the database for it again."""
    held = list(runs)
    for run in held:
        run.course = course
    return held


def split_runs(runs: list[Run], *, on: date) -> tuple[list[Run], list[Run]]:
    """Those whose last lesson is still ahead (or not planned yet), and those that are over."""
    past = [run for run in runs if is_past(run, on=on)]
    return [run for run in runs if run not in past], past[::-1]


def is_past(run: Any, *, on: date) -> bool:
    last = timezone.localtime(run.last_at).date() if run.last_at else run.learn_until
    return last is not None and last < on


def skills_of(course: Course) -> list[tuple[str, list[frameworks.Item]]]:
    """The items a course is tagged with, by standard."""
    keys = CourseSkill.objects.filter(course=course).values_list("item", flat=True)
    items = [one for key in keys if (one := frameworks.item(key))]
    editions = dict.fromkeys(one.edition for one in items)
    return [(edition, [one for one in items if one.edition == edition]) for edition in editions]


def rights_on(acting: Acting | None, course: Course) -> dict[str, bool]:
    """What the page offers; each action asks again."""
    if acting is None:
        return {"sign_in": course.state == CourseState.LISTED}
    return {
        "edit": may_edit_course(acting, course),
        "copy_course": may_copy_course(acting, course),
        "revise": may_revise_course(acting, course),
        "propose": may_propose_course(acting, course) and course.state == CourseState.DRAFT,
        "list": may_publish_courses(acting) and course.state != CourseState.LISTED,
        "return": may_publish_courses(acting) and course.state == CourseState.PROPOSED,
        "withdraw": may_withdraw_course(acting, course) and course.state == CourseState.LISTED,
        "manage": may_manage_run(acting, course),
        "enrol": may_enrol(acting) and course.state == CourseState.LISTED,
        "apply": may_apply(acting) and course.state == CourseState.LISTED,
    }


def desk(acting: Acting | None, course: Course, may: dict[str, bool]) -> dict[str, Any]:
    """For those who look after the course: what waits, why it came back, and its story."""
    if acting is None or not may["manage"]:
        return {"return_reason": "", "revision": None, "missing": [], "entries": None}
    entries = JournalEntry.objects.visible_to(acting).about(course)
    return {
        "return_reason": return_reason(course) if course.state == CourseState.DRAFT else "",
        "revision": last_revision(course),
        "missing": missing_words(course) if may["propose"] or may["return"] else [],
        "entries": entries.told(20),
    }


def last_revision(course: Course) -> CourseRevision | None:
    """The change that waits, or the one the ward returned last; what was accepted or taken back is only history."""
    last = CourseRevision.objects.filter(course=course).first()
    return last if last and last.state in {RevisionState.OPEN, RevisionState.RETURNED} else None


def return_reason(course: Course) -> str:
    """Why the ward sent the draft back the last time; empty if it never did."""
    last = JournalEntry.objects.about(course).filter(verb="course.return_reason").first()
    return str(last.details["reason"]) if last else ""


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every listed course for machines that look for them."""
    listed = Course.objects.listed().order_by("pk").values_list("pk", "listed_on")
    pages = [(address_of(reverse("courses:course", args=[pk])), day) for pk, day in listed]
    context = {"catalogue": address_of(reverse("courses:catalogue")), "pages": pages}
    return render(request, "courses/sitemap.xml", context, content_type="application/xml")
