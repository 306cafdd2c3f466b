"""The home of an employee: the next lesson, what runs, what one might learn."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from courses.models import Enrolment, Lesson, Run
from courses.models.catalogue.courses import Method
from courses.queries.attendance.hours import own_minutes
from courses.queries.catalogue.changes import changes_of_all
from courses.queries.elearning.learning import Progress, progress_of
from courses.states import OPEN_ENROLMENTS, CourseState, EnrolmentState, RunState
from firms.acting import Acting
from firms.queries.prepared import Prepared
from firms.web.kept import kept, key_of
from lms.homes.manuals import manual_steps
from lms.homes.trials import own_steps

LESSONS_SHOWN = 5
OFFERS_SHOWN, OFFERS_DRAWN = 3, 12
LESSONS = Prefetch("run__lessons", Lesson.objects.order_by("starts_at").prefetch_related("breaks"))


@dataclass(frozen=True)
class OwnLearning:
    """A run one takes part in, and how much of it is behind one."""

    enrolment: Enrolment
    attended: int
    planned: int
    is_over: bool


def gather(acting: Acting) -> dict[str, object]:
    held = open_enrolments(acting.person.pk)
    accepted = [one for one in held if one.state == EnrolmentState.ACCEPTED]
    ahead = lessons_ahead([one.run for one in accepted])[:LESSONS_SHOWN]
    own = own_minutes(acting.person)
    return {
        "trial_steps": own_steps(acting),
        "manual_steps": manual_steps(acting),
        "next_lesson": ahead[0] if ahead else None,
        "lessons": ahead,
        "to_confirm": own.to_confirm,
        "learnings": learnings(accepted, own.totals),
        "offered": [one for one in held if one.state == EnrolmentState.OFFERED],
        "waiting": [one for one in held if one.state not in (EnrolmentState.ACCEPTED, EnrolmentState.OFFERED)],
        "offers": offers(on=acting.today, taken={one.run_id for one in held}),
    }


@Prepared
def open_enrolments(person: int) -> QuerySet[Enrolment]:
    mine = Enrolment.objects.filter(person=person, state__in=OPEN_ENROLMENTS).select_related("run__course__college")
    return mine.prefetch_related(LESSONS).order_by("-run__apply_until", "-pk")


def lessons_ahead(runs: list[Run]) -> list[Lesson]:
    """As `lms.homes.steps.coming`, of runs whose lessons are at hand."""
    now = timezone.now()
    held = [one for run in runs if run.state == RunState.OPEN for one in run.lessons.all() if one.ends_at >= now]
    return sorted(held, key=lambda one: (one.starts_at, one.pk))


def learnings(accepted: list[Enrolment], totals: Mapping[int, int]) -> list[OwnLearning]:
    """In the room by minutes attended, at the screen by the standard time of the units done."""
    alone = [one for one in accepted if one.run.course.method == Method.E_LEARNING]
    units = progress_of(alone) if alone else {}
    return [
        by_units(one, units[one.pk]) if one.pk in units else by_lessons(one, totals.get(one.pk, 0)) for one in accepted
    ]


def by_lessons(enrolment: Enrolment, attended: int) -> OwnLearning:
    lessons = list(enrolment.run.lessons.all())
    return OwnLearning(
        enrolment=enrolment,
        attended=attended,
        planned=sum(lesson.minutes for lesson in lessons),
        is_over=all(lesson.ends_at < timezone.now() for lesson in lessons),
    )


def by_units(enrolment: Enrolment, progress: Progress) -> OwnLearning:
    done, planned = progress.minutes_done, progress.minutes_total
    return OwnLearning(enrolment=enrolment, attended=done, planned=planned, is_over=progress.is_complete)


def offers(*, on: date, taken: Collection[int]) -> list[SafeString]:
    """Cards of the runs one may still apply for, those that close first.

    The cards are everybody's: they are drawn once for each change of the catalogue and day, a few more than are shown,
    and only somebody who is in nearly all of them has their own drawn.
    """
    drawn = json.loads(kept(key_of("offers", on, changes_of_all()), lambda: json.dumps(cards(on=on, taken=()))))
    free = [SafeString(card) for pk, card in drawn if pk not in taken]
    if len(free) < OFFERS_SHOWN and len(drawn) == OFFERS_DRAWN:
        free = [SafeString(card) for _pk, card in cards(on=on, taken=taken)]
    return free[:OFFERS_SHOWN]


def cards(*, on: date, taken: Collection[int]) -> list[tuple[int, str]]:
    """By run; their dates are gathered for these few alone."""
    runs = Run.objects.bookable(on=on).filter(course__state=CourseState.LISTED).exclude(pk__in=taken)
    few = runs.order_by("apply_until", "pk").values("pk")[:OFFERS_DRAWN]
    found = Run.objects.filter(pk__in=few).with_dates().select_related("course").order_by("apply_until", "pk")
    return [(run.pk, render_to_string("lms/home/offer.html", {"run": run})) for run in found]
