"""The homes of a college: its coordinator's and its instructors'."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from courses.models import Course, Enrolment, Lesson, Run
from courses.models.catalogue.runs import RunQuerySet
from courses.queries.billing.invoices import runs_to_invoice
from courses.queries.completion.completion import runs_to_decide
from courses.states import SEATED, CourseState, EnrolmentState, RunState
from firms.acting import Acting
from firms.words.saying import said as _
from grants.cases.turns import Work, turns_of
from lms.homes.manuals import home_steps
from lms.homes.steps import SHOWN, HomeStep, coming, most_urgent, roster_steps

LESSONS_SHOWN = 6


def gather_coordinator(acting: Acting) -> dict[str, object]:
    ours = Lesson.objects.filter(run__course__college=acting.organisation_id)
    runs = list(runs_ahead(acting)[:SHOWN])
    steps = [
        *roster_steps(ours),
        *run_steps(acting),
        *course_steps(acting),
        *completion_steps(acting),
        *invoice_steps(acting),
    ]
    return {
        **most_urgent(steps),
        "runs": runs,
        "lessons": list(coming(ours, now=timezone.now())[:LESSONS_SHOWN]),
        **course_counts(acting),
    }


def gather_instructor(acting: Acting) -> dict[str, object]:
    mine = Lesson.objects.filter(instructor=acting.person, run__course__college=acting.organisation_id)
    ahead = list(with_people(coming(mine, now=timezone.now()))[: LESSONS_SHOWN + 2])
    steps = [*roster_steps(mine), *home_steps(acting)]
    return {**most_urgent(steps), "lessons": ahead, "next_lesson": ahead[0] if ahead else None}


def with_people(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    seated = Q(run__enrolments__state__in=SEATED)
    return lessons.annotate(people=Count("run__enrolments", filter=seated))


def runs_ahead(acting: Acting) -> RunQuerySet:
    """Open runs that still take applications, with the seats taken."""
    runs = Run.objects.filter(course__college=acting.organisation_id).bookable(on=acting.today)
    return runs.with_dates().with_seats().select_related("course").order_by("apply_until", "pk")


def run_steps(acting: Acting) -> list[HomeStep]:
    """Runs still in preparation, and waiting lists."""
    preparing = Run.objects.filter(course__college=acting.organisation_id, state=RunState.PREPARING).select_related(
        "course"
    )
    waiting = (
        Run.objects.filter(course__college=acting.organisation_id, state=RunState.OPEN, apply_until__gte=acting.today)
        .annotate(queue=Count("enrolments", filter=Q(enrolments__state=EnrolmentState.WAITLISTED)))
        .filter(queue__gt=0)
        .select_related("course")
    )
    return [
        *(
            HomeStep(
                title=_("募集を始める：%(course)s") % {"course": run.course.title},
                about=_("%(code)s　コマと定員を確かめて募集を始めてください。") % {"code": run.code},
                url=reverse("courses:run", args=[run.pk]),
                icon="calendar",
                turns=turns_of([Work.TEACHING]),
            )
            for run in preparing.order_by("apply_until", "pk")[:SHOWN]
        ),
        *(
            HomeStep(
                title=_("キャンセル待ちが%(n)s名：%(course)s") % {"n": run.queue, "course": run.course.title},
                about=_("満席です。増席や次の開講を検討してください。"),
                url=reverse("courses:run", args=[run.pk]),
                icon="people",
                turns=turns_of([Work.TEACHING]),
                day=run.apply_until,
            )
            for run in waiting.order_by("apply_until", "pk")[:SHOWN]
        ),
    ]


def invoice_steps(acting: Acting) -> list[HomeStep]:
    """Runs that began with people on no invoice yet: one line for all of them, as they are asked for in one place."""
    runs = runs_to_invoice(acting.organisation_id or 0, on=acting.today)
    if not runs:
        return []
    return [
        HomeStep(
            title=_("請求書を発行する：%(n)s件の開講") % {"n": len(runs)},
            about=_("始まった開講に、まだ請求していない受講者がいます。"),
            url=reverse("courses:invoices"),
            icon="file",
            turns=turns_of([Work.TEACHING]),
        )
    ]


def completion_steps(acting: Acting) -> list[HomeStep]:
    """Runs that are over and whose people still wait for their result."""
    return [
        HomeStep(
            title=_("修了を決める：%(course)s") % {"course": run.course.title},
            about=_("%(code)s　%(n)s名の結果がまだです。") % {"code": run.code, "n": run.undecided},  # type: ignore[attr-defined]
            url=reverse("courses:completion", args=[run.pk]),
            icon="flag",
            turns=turns_of([Work.TEACHING]),
        )
        for run in runs_to_decide(acting.organisation_id, on=acting.today)[:SHOWN]
    ]


def course_steps(acting: Acting) -> list[HomeStep]:
    drafts = Course.objects.filter(college=acting.organisation_id, state=CourseState.DRAFT).order_by("pk")
    return [
        HomeStep(
            title=_("掲載を申請する：%(course)s") % {"course": course.title},
            about=_("下書きのままです。内容をそろえて区に申請してください。"),
            url=reverse("courses:course", args=[course.pk]),
            icon="book",
            turns=turns_of([Work.TEACHING]),
        )
        for course in drafts[:SHOWN]
    ]


def course_counts(acting: Acting) -> dict[str, object]:
    states = Course.objects.filter(college=acting.organisation_id).aggregate(
        listed=Count("pk", filter=Q(state=CourseState.LISTED)),
        proposed=Count("pk", filter=Q(state=CourseState.PROPOSED)),
    )
    seated = Enrolment.objects.accepted().filter(run__course__college=acting.organisation_id)
    return states | {"learners": seated.filter(run__lessons__ends_at__gte=timezone.now()).distinct().count()}
