"""The home of an employee: the next lesson, what runs, what one might learn."""

from dataclasses import dataclass

from django.utils import timezone

from courses.models import Enrolment, Lesson, Run
from courses.models.catalogue.courses import Method
from courses.models.catalogue.runs import RunQuerySet
from courses.queries import attended_totals
from courses.queries.attendance.hours import marks_to_confirm
from courses.queries.elearning.learning import Progress, progress_of
from courses.states import OPEN_ENROLMENTS, CourseState, EnrolmentState
from firms.acting import Acting
from lms.homes.steps import coming

LESSONS_SHOWN = 5
OFFERS_SHOWN = 3


@dataclass(frozen=True)
class OwnLearning:
    """A run one takes part in, and how much of it is behind one."""

    enrolment: Enrolment
    attended: int
    planned: int
    is_over: bool


def gather(acting: Acting) -> dict[str, object]:
    mine = Enrolment.objects.filter(person=acting.person, state__in=OPEN_ENROLMENTS).select_related(
        "run__course__college"
    )
    held = list(mine.prefetch_related("run__lessons__breaks").order_by("-run__apply_until", "-pk"))
    accepted = [one for one in held if one.state == EnrolmentState.ACCEPTED]
    ahead = list(coming(Lesson.objects.filter(run__in=[one.run_id for one in accepted]))[:LESSONS_SHOWN])
    return {
        "next_lesson": ahead[0] if ahead else None,
        "lessons": ahead,
        "to_confirm": marks_to_confirm(acting.person).count(),
        "learnings": learnings(accepted),
        "offered": [one for one in held if one.state == EnrolmentState.OFFERED],
        "waiting": [one for one in held if one.state not in (EnrolmentState.ACCEPTED, EnrolmentState.OFFERED)],
        "offers": list(offers(acting, taken=[one.run_id for one in held])),
    }


def learnings(accepted: list[Enrolment]) -> list[OwnLearning]:
    """In the room by minutes attended, at the screen by the standard time of the units done."""
    alone = [one for one in accepted if one.run.course.method == Method.E_LEARNING]
    totals = attended_totals(accepted)
    units = progress_of(alone) if alone else {}
    return [by_units(one, units[one.pk]) if one.pk in units else by_lessons(one, totals[one.pk]) for one in accepted]


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


def offers(acting: Acting, *, taken: list[int]) -> RunQuerySet:
    """Runs one may still apply for, those that close first; their dates are gathered for these few alone."""
    runs = Run.objects.bookable(on=acting.today).filter(course__state=CourseState.LISTED).exclude(pk__in=taken)
    few = runs.order_by("apply_until", "pk").values("pk")[:OFFERS_SHOWN]
    return Run.objects.filter(pk__in=few).with_dates().select_related("course").order_by("apply_until", "pk")
