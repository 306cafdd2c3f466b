"""A run: its page, writing it down, opening and cancelling it."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.catalogue.copying import copy_run
from courses.actions.catalogue.minimum import hold_anyway
from courses.actions.catalogue.runs import cancel_run, create_run, edit_run, may_go_without_lessons, open_run
from courses.forms.catalogue.offering import ReturnForm
from courses.forms.catalogue.runs import CopyForm, RunForm
from courses.models import Course, Enrolment, Lesson, Run, SeatQuota
from courses.models.catalogue.courses import Method
from courses.models.catalogue.runs import Selection
from courses.policies import (
    is_coordinator_of,
    may_answer_offer,
    may_answer_request,
    may_apply,
    may_enrol,
    may_manage_run,
    may_see_link,
    sends,
)
from courses.queries import first_day, last_cancel_day, last_day, leavers, lessons_of, queue_places
from courses.queries.catalogue.changes import changes_of_run
from courses.queries.seats.standing import Standing, standing
from courses.queries.seats.terms import kept_terms, terms_read_by
from courses.states import OPEN_ENROLMENTS, EnrolmentState, RunState
from courses.views.catalogue.kept import kept_for_visitors
from courses.views.catalogue.visiting import without_people
from firms.acting import Acting
from firms.models import JournalEntry
from firms.queries.prepared import PreparedFor
from firms.web.http import Request, acting_of, attempt, refusing, require
from firms.words.saying import said as _

ENTRIES_SHOWN = 20


@login_not_required
@require_safe
@kept_for_visitors(changes_of_run)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    acting = acting_of(request)
    run = run_shown(acting, pk)
    lessons = lessons_of(run)
    if acting is None:
        return render(request, "courses/catalogue/run_public.html", without_people(run, lessons))
    people = people_of(acting, run, lessons)
    terms = terms_read_by(run, [one.enrolment for one in people])
    first = first_day(run, lessons)
    context = {
        "run": run,
        "course": run.course,
        "lessons": lessons,
        "total_minutes": sum(lesson.minutes for lesson in lessons),
        "promised_minutes": int(terms.hours * 60),
        "people": people,
        "kept": kept_terms(run, [one.enrolment for one in people]),
        "terms": terms,
        "asked": [one for one in people if is_asked(acting, one.enrolment)],
        "quotas": quotas_of(acting, run),
        "may": rights_on(acting, run),
        "is_ready": bool(lessons) or may_go_without_lessons(run),
        "is_bookable": run.is_bookable(on=acting.today),
        "is_drawable": is_drawable(run, first, on=acting.today),
        "has_begun": first is not None and first <= acting.today,
        "last_cancel": last_cancel_day(run, lessons),
        "applied": sum(one.enrolment.state == EnrolmentState.APPLIED for one in people),
        "today": acting.today,
        "entries": journal_of(acting, run),
    }
    return render(request, "courses/catalogue/run.html", context)


def run_shown(acting: Acting | None, pk: int) -> Run:
    found = list(runs_shown(acting, pk)) if acting is None else one_run(acting, pk)
    if not found:
        raise Http404
    return found[0]


def runs_shown(acting: Acting | None, pk: int) -> QuerySet[Run]:
    runs = Run.objects.visible_to(acting).filter(pk=pk)
    return runs.with_dates().with_seats().with_queue().select_related("course__college")


one_run = PreparedFor(runs_shown)


def is_drawable(run: Run, first: date | None, *, on: date) -> bool:
    return (
        run.selection == Selection.LOTTERY
        and run.state == RunState.OPEN
        and on > run.apply_until
        and (first is None or on < first)
    )


@dataclass(frozen=True)
class Seat:
    """Somebody in the run: where they stand, whether the visitor's firm sends them, and the last day at the firm."""

    enrolment: Enrolment
    is_sent: bool
    standing: Standing
    left_on: date | None


def people_of(acting: Acting, run: Run, lessons: list[Lesson]) -> list[Seat]:
    """Those of the run this visitor may see."""
    people = enrolments_shown(acting, run.pk)
    for one in people:
        one.run = run
    ranked = sorted(people, key=lambda one: RANK[EnrolmentState(one.state)])
    first, last = first_day(run, lessons), last_day(run, lessons)
    gone = leavers(people, until=last)
    places = queue_places([run.pk] if any(one.state == EnrolmentState.WAITLISTED for one in people) else [])
    return [
        Seat(
            one,
            sends(acting, one),
            standing(one, first=first, last=last, on=acting.today, place=places.get(one.pk)),
            gone.get(one.pk) if one.is_open else None,
        )
        for one in ranked
    ]


@PreparedFor
def enrolments_shown(acting: Acting, run: int) -> QuerySet[Enrolment]:
    seen = Enrolment.objects.visible_to(acting).filter(run=run)
    return seen.select_related("person", "employment__establishment__organisation").in_queue_order()


def is_asked(acting: Acting, enrolment: Enrolment) -> bool:
    """Whether this visitor is the one to answer a wish or an offer."""
    if enrolment.state == EnrolmentState.OFFERED:
        return may_answer_offer(acting, enrolment)
    return enrolment.state == EnrolmentState.REQUESTED and may_answer_request(acting, enrolment)


RANK = {
    EnrolmentState.REQUESTED: 0,
    EnrolmentState.OFFERED: 0,
    EnrolmentState.APPLIED: 1,
    EnrolmentState.ACCEPTED: 2,
    EnrolmentState.COMPLETED: 2,
    EnrolmentState.NOT_COMPLETED: 2,
    EnrolmentState.WAITLISTED: 3,
    EnrolmentState.DECLINED: 4,
    EnrolmentState.REJECTED: 4,
    EnrolmentState.CANCELLED: 4,
}


def quotas_of(acting: Acting, run: Run) -> list[SeatQuota]:
    """Seats without a name: the own firm's, and for the college those of all firms."""
    if not run.reserved:  # type: ignore[attr-defined]
        return []
    return list(SeatQuota.objects.visible_to(acting).open().filter(run=run).select_related("firm"))


def rights_on(acting: Acting, run: Run) -> dict[str, bool]:
    """What the page offers; each action asks again."""
    may_ask = may_apply(acting)
    return {
        "manage": may_manage_run(acting, run.course) and run.state != RunState.CANCELLED,
        "take_back": is_coordinator_of(acting, run.course.college_id),
        "enrol": may_enrol(acting),
        "apply": may_ask and not run.enrolments.filter(person=acting.person, state__in=OPEN_ENROLMENTS).exists(),
        "roster": run.course.college_id == acting.organisation_id,
        "link": bool(run.link) and may_see_link(acting, run),
    }


def journal_of(acting: Acting, run: Run) -> list[JournalEntry] | None:
    if not may_manage_run(acting, run.course):
        return None
    return JournalEntry.objects.visible_to(acting).about(run).with_fellows(entries_shown(acting, run.pk))


@PreparedFor
def entries_shown(acting: Acting, run: int) -> QuerySet[JournalEntry]:
    about = {"subject_type": Run._meta.label_lower, "subject_id": run}
    return JournalEntry.objects.visible_to(acting).filter(**about).once().for_page()[:ENTRIES_SHOWN]


@require_http_methods(["GET", "POST"])
def run_new(request: Request, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.offered_by(request.acting).select_related("college"), pk=pk)
    require(may_manage_run(request.acting, course))
    form = RunForm(request.POST or None, initial=initial_for(course))
    if form.is_valid():
        with refusing(form):
            run = create_run(course, form.facts(), by=request.acting)
            return redirect("courses:run" if may_go_without_lessons(run) else "courses:lesson_new", pk=run.pk)
    return render(
        request, "courses/catalogue/run_form.html", {"form": form, "course": course, "run": None, "people": 0}
    )


def initial_for(course: Course) -> dict[str, object]:
    """Seats and fee as the course has them; what is not taught in a room is held online."""
    is_in_a_room = course.method == Method.CLASS
    return {
        "seats": course.seats,
        "fee_yen": course.fee_yen,
        "venue": course.college.name if is_in_a_room else _("オンライン"),
        "venue_address": course.college.address if is_in_a_room else "",
    }


@require_http_methods(["GET", "POST"])
def run_edit(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course__college"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    form = RunForm(request.POST or None, instance=Run.objects.get(pk=pk))
    if form.is_valid():
        with refusing(form):
            edit_run(run, form.facts(), by=request.acting)
            return redirect(path_of(run))
    people = run.enrolments.filter(state__in=OPEN_ENROLMENTS).count()
    context = {"form": form, "course": run.course, "run": run, "people": people}
    return render(request, "courses/catalogue/run_form.html", context)


@require_http_methods(["GET", "POST"])
def run_copy(request: Request, pk: int) -> HttpResponse:
    """The same run once more, later; the new one is in preparation and can be changed in everything."""
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course__college"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    form = CopyForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            made = copy_run(run, first_on=form.cleaned_data["first_on"], by=request.acting)
            messages.success(request, _("写しました。祝日に当たるコマや締切を確かめてから、募集を始めてください。"))
            return redirect("courses:run", pk=made.pk)
    context = {"form": form, "course": run.course, "run": run, "lessons": lessons_of(run)}
    return render(request, "courses/catalogue/run_copy.html", context)


@require_POST
def run_open(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    done = _("募集を始めました。締切日まで申し込めます。")
    return attempt(request, lambda: open_run(run, by=request.acting), done=done, back=path_of(run))


@require_POST
def run_hold(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    done = _("予定どおり開講します。申し込んだ全員に知らせました。")
    return attempt(request, lambda: hold_anyway(run, by=request.acting), done=done, back=path_of(run))


@require_http_methods(["GET", "POST"])
def run_cancel(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.offered_by(request.acting).select_related("course__college"), pk=pk)
    require(may_manage_run(request.acting, run.course))
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            cancel_run(run, reason=form.cleaned_data["reason"], by=request.acting)
            return redirect(path_of(run))
    people = run.enrolments.filter(state__in=OPEN_ENROLMENTS).count()
    return render(
        request, "courses/catalogue/run_cancel.html", {"form": form, "run": run, "course": run.course, "people": people}
    )


def path_of(run: Run) -> str:
    return reverse("courses:run", args=[run.pk])
