"""What grants/ shows on pages of courses/ and trials/: the tags of the slot templates, for those who may see money."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString

from courses.models import Course, Enrolment, Lesson, Run
from courses.policies import is_coordinator_of
from courses.queries.elearning.learning import progress_of
from courses.states import OPEN_ENROLMENTS, EnrolmentState
from firms.acting import Acting
from firms.models import Employment, Establishment
from firms.models.organisations import Kind
from firms.queries import today
from firms.web.rows import Patterns, addresses, joined
from firms.words.japanese import jdate
from grants.cases.reach import reaches
from grants.models import GrantCase
from grants.policies import may_see_forecast
from grants.queries import candidates, case_list, drawable, firms_of, forecasts
from grants.queries.after_trial import direct_prospect, options_of
from grants.queries.consents import consents_of_run
from grants.queries.drawable import RunWindow
from grants.queries.effects import firms_with_a_plan, lesson_effect, people_effect, run_effect
from grants.states import CaseState
from trials.models import DirectTrial, Placement
from trials.policies import party_of
from trials.states import Party

register = template.Library()


def acting_of(context: template.Context) -> Acting | None:
    return getattr(context["request"], "acting", None)


@register.inclusion_tag("grants/forecast.html", takes_context=True)
def grant_forecast(
    context: template.Context, run: Run, establishment: Establishment | None, chosen: Sequence[Employment]
) -> dict[str, Any]:
    """What sending these people may draw; nothing for anybody but the firm and its office."""
    acting = acting_of(context)
    if acting is None or establishment is None or not may_see_forecast(acting, establishment):
        return {"prospects": (), "today": None}
    return {
        "prospects": forecasts(run, establishment, list(chosen), acting.today),
        "joins": people_effect(run, establishment, acting, on=acting.today),
        "today": acting.today,
    }


@register.inclusion_tag("grants/run_cases.html", takes_context=True)
def run_cases(context: template.Context, run: Run) -> dict[str, Any]:
    """The cases of this run one may see, and those that may still be opened."""
    acting = acting_of(context)
    if acting is None:
        return {"cases": [], "waiting": [], "consents": [], "today": None, "csrf_token": ""}
    waiting = candidates(firms_of(acting), today=acting.today)
    return {
        "cases": list(case_list(acting).filter(run=run)) if acting.kind in ("firm", "office") else [],
        "waiting": [one for one in waiting if one.run_id == run.pk],
        "consents": consents_of_run(acting, run.pk) if is_coordinator_of(acting, run.course.college_id) else [],
        "today": acting.today,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("grants/run_claims.html", takes_context=True)
def run_claims(context: template.Context, run: Run) -> dict[str, Any]:
    """Beside the attendance table: the claims these minutes flow into, and who can still reach the share they ask for."""
    acting = acting_of(context)
    if acting is None:
        return {"rows": [], "firm_count": 0}
    cases = case_list(acting).filter(run=run)
    return {
        "rows": [(case, reaches(case, on=acting.today) if case.state == CaseState.FILED else []) for case in cases],
        "firm_count": firms_with_a_plan(run.pk) if acting.kind in (Kind.COLLEGE, Kind.WARD) else 0,
    }


@register.inclusion_tag("grants/course_grants.html")
def course_grants(course: Course, runs: Sequence[Run]) -> dict[str, Any]:
    """For everybody, signed in or not: days alone, no firm's data, and no query however many runs there are."""
    day = today()
    found = drawable(course, list(runs), on=day)
    return {"found": found, "windows": windows_of(found.runs, on=day), "course": course, "today": day}


def windows_of(runs: Iterable[RunWindow], *, on: date) -> SafeString:
    drawn, url = Patterns(), addresses("courses:run")
    return joined(window_row(one, drawn, url=url(one.run.pk), on=on) for one in runs)


def window_row(one: RunWindow, drawn: Patterns, *, url: str, on: date) -> SafeString:
    last = one.window.last
    return drawn.fill(
        "grants/run_window.html",
        {"is_late": last < on},
        url=url,
        starts=jdate(one.starts_on),
        code=one.run.code,
        first=jdate(one.window.first),
        last=jdate(last),
        because=one.window.because,
        source=one.window.source,
        days_left=drawn.parts.draw("components/days_left.html", last, day=last, today=on),
    )


@register.inclusion_tag("grants/lesson_effect.html", takes_context=True)
def lesson_effect_on_plans(context: template.Context, lesson: Lesson) -> dict[str, Any]:
    """Before a lesson is moved; who may not see a case is told how many firms it touches, and nothing of them."""
    acting = acting_of(context)
    found = lesson_effect(lesson, acting, on=acting.today) if acting else None
    return {"found": found, "lesson": lesson, "today": acting.today if acting else None}


@register.inclusion_tag("grants/run_effect.html", takes_context=True)
def run_effect_on_plans(context: template.Context, run: Run) -> dict[str, Any]:
    """Before a run's place or days are moved; the same silence about other firms' cases."""
    acting = acting_of(context)
    return {"found": run_effect(run, acting, on=acting.today) if acting else None}


@register.inclusion_tag("grants/after_trial.html", takes_context=True)
def conversion_grants(context: template.Context, placement: Placement) -> dict[str, Any]:
    """For who leads the host, before an offer is made and while it stands; for nobody else."""
    acting = acting_of(context)
    if acting is None or party_of(acting, placement) != Party.HOST:
        return {"options": ()}
    return {"options": options_of(placement, on=acting.today)}


@register.inclusion_tag("lms/trial_learning.html", takes_context=True)
def trial_learning(context: template.Context, placement: Placement) -> dict[str, Any]:
    """For the person, and whose hands they are in: how far they are with what they learn by themselves. What a firm sends
    them to is none of the agency's business."""
    acting = acting_of(context)
    if acting is None or party_of(acting, placement) not in (Party.WORKER, Party.AGENCY):
        return {"rows": [], "is_own": False}
    taken = Enrolment.objects.accepted().filter(person=placement.person_id, run__course__units__isnull=False)
    if placement.person_id != acting.person.pk:
        taken = taken.filter(employment=None)
    rows = list(taken.select_related("run__course").distinct().order_by("-pk"))
    done = progress_of(rows) if rows else {}
    return {"rows": [(one, done[one.pk]) for one in rows], "is_own": placement.person_id == acting.person.pk}


@register.inclusion_tag("grants/direct_prospect.html")
def direct_grants(trial: DirectTrial) -> dict[str, Any]:
    """On the page of who leads the firm."""
    return {"trial": trial, "found": direct_prospect(trial)}


@register.inclusion_tag("firms/employment_touches.html", takes_context=True)
def employment_touches(context: template.Context, employment: Employment) -> dict[str, Any]:
    """What somebody who leaves still has ahead: seats in runs that are not over, and the cases those stand in."""
    acting = acting_of(context)
    if acting is None:
        return {"enrolments": [], "cases": [], "csrf_token": ""}
    theirs = Enrolment.objects.visible_to(acting).filter(
        person=employment.person_id,
        employment__establishment__organisation=employment.establishment.organisation_id,
        state__in=(*OPEN_ENROLMENTS, EnrolmentState.ACCEPTED),
    )
    ahead = Q(run__lessons__ends_at__gte=timezone.now()) | Q(run__learn_until__gte=acting.today)
    enrolments = list(theirs.filter(ahead).select_related("run__course").distinct())
    cases = (
        GrantCase.objects.visible_to(acting)
        .running()
        .filter(
            run__in=[one.run_id for one in enrolments],
            establishment__organisation=employment.establishment.organisation_id,
        )
    )
    return {
        "enrolments": enrolments,
        "cases": list(cases.select_related("run__course")) if enrolments else [],
        "acting": acting,
        "csrf_token": context.get("csrf_token", ""),
    }
