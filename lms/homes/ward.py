"""The home of a ward officer: courses to list, and how the ward's training goes."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from courses.models import Course, CourseRevision, Enrolment, Lesson, Run
from courses.models.catalogue.courses import Field
from courses.models.catalogue.runs import RunQuerySet
from courses.states import CourseState
from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import Kind
from firms.words.saying import said as _
from grants.cases.turns import Work, turns_of
from grants.rules import fiscal_year
from lms.homes.manuals import ward_subsidy_steps
from lms.homes.mentoring import ward_steps
from lms.homes.newcomers import newcomer_steps
from lms.homes.steps import SHOWN, HomeStep, most_urgent

CLOSING_DAYS = 30
COLLEGES_SHOWN = 8
FEW = 0.5


def gather(acting: Acting) -> dict[str, object]:
    year = fiscal_year(acting.today)
    return {
        **most_urgent(
            [
                *proposal_steps(),
                *revision_steps(),
                *newcomer_steps(acting),
                *ward_steps(acting),
                *ward_subsidy_steps(acting),
            ]
        ),
        "closing": [run for run in closing_runs(acting.today) if run.taken < run.seats * FEW][:SHOWN],  # type: ignore[attr-defined]
        "year": year,
        **numbers(acting.today),
        **learners(date(year, 4, 1), date(year + 1, 3, 31)),
    }


def proposal_steps() -> list[HomeStep]:
    proposed = Course.objects.filter(state=CourseState.PROPOSED).select_related("college").order_by("pk")
    return [
        HomeStep(
            title=_("掲載の申請を確かめる：%(course)s") % {"course": course.title},
            about=f"{course.college}　{course.get_field_display()}",
            url=reverse("courses:course", args=[course.pk]),
            icon="book",
            turns=turns_of([Work.LISTING]),
        )
        for course in proposed[: SHOWN * 2]
    ]


def revision_steps() -> list[HomeStep]:
    """Changes of listed courses that wait for the ward, the longest first."""
    waiting = CourseRevision.objects.waiting().select_related("course__college").order_by("pk")
    return [
        HomeStep(
            title=_("変更の申請を確かめる：%(course)s") % {"course": revision.course.title},
            about=str(revision.course.college),
            url=reverse("courses:revision", args=[revision.pk]),
            icon="edit",
            turns=turns_of([Work.LISTING]),
        )
        for revision in waiting[: SHOWN * 2]
    ]


def closing_runs(today: date) -> RunQuerySet:
    """Runs whose applications close within a month."""
    runs = Run.objects.bookable(on=today).filter(
        apply_until__lte=today + timedelta(days=CLOSING_DAYS), course__state=CourseState.LISTED
    )
    return runs.with_dates().with_seats().select_related("course__college").order_by("apply_until", "pk")[: SHOWN * 3]


def numbers(today: date) -> dict[str, object]:
    kinds = dict(Organisation.objects.registered_on(today).order_by().values_list("kind").annotate(n=Count("pk")))
    return {
        "firms": kinds.get(Kind.FIRM, 0),
        "offices": kinds.get(Kind.OFFICE, 0),
        "listed": Course.objects.listed().count(),
    }


def learners(first: date, last: date) -> dict[str, object]:
    """People whose training begins in these days, by field and by college."""
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, last + timedelta(days=1)))
    begun = Lesson.objects.filter(number=1, starts_at__gte=begin, starts_at__lt=end)
    taught = Enrolment.objects.accepted().filter(run__in=begun.values("run"))
    rows = taught.order_by().values("run__course__field", "run__course__college__name").annotate(n=Count("pk"))
    by_field: dict[str, int] = {}
    by_college: dict[str, int] = {}
    for row in rows:
        field, college = row["run__course__field"], row["run__course__college__name"]
        by_field[field] = by_field.get(field, 0) + row["n"]
        by_college[college] = by_college.get(college, 0) + row["n"]
    return {
        "learners": sum(by_field.values()),
        "field_bars": [(Field(field).label, n) for field, n in sorted(by_field.items(), key=lambda pair: -pair[1])],
        "college_bars": sorted(by_college.items(), key=lambda pair: -pair[1])[:COLLEGES_SHOWN],
    }
