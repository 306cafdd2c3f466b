"""What of an organisation still reaches the day on which it is deregistered, or goes past it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models import AttendanceMark, Course, Enrolment, LearningEvent, Run, SeatQuota
from courses.queries.catalogue.days import ONE_DAY
from courses.states import OPEN_ENROLMENTS, CourseState
from firms.models import Organisation

KEPT = ("run__course", "person", "employment__establishment__organisation")


def seats_reaching(firm: Organisation, day: date) -> QuerySet[Enrolment]:
    """Open enrolments through its employments, in runs that are not over before that day and do not begin before it."""
    ahead = open_seats(firm, day).exclude(run__in=begun_before(day))
    return ahead.filter(~Exists(marks()), ~Exists(events()))


def seats_begun(firm: Organisation, day: date) -> QuerySet[Enrolment]:
    """Those begun by then: what was attended is not unmade, so the college decides whether it was completed."""
    return open_seats(firm, day).exclude(pk__in=seats_reaching(firm, day).values("pk"))


def open_seats(firm: Organisation, day: date) -> QuerySet[Enrolment]:
    theirs = Enrolment.objects.filter(employment__establishment__organisation=firm, state__in=OPEN_ENROLMENTS)
    return theirs.filter(run__in=not_over(day)).select_related(*KEPT).order_by("pk")


def marks() -> QuerySet[AttendanceMark]:
    return AttendanceMark.objects.filter(enrolment=OuterRef("pk"))


def events() -> QuerySet[LearningEvent]:
    return LearningEvent.objects.filter(enrolment=OuterRef("pk"))


def quotas_reaching(firm: Organisation) -> QuerySet[SeatQuota]:
    return SeatQuota.objects.open().filter(firm=firm).select_related("run__course")


def runs_reaching(college: Organisation, day: date) -> QuerySet[Run]:
    return Run.objects.filter(course__college=college, pk__in=not_over(day)).select_related("course").order_by("pk")


def runs_begun(college: Organisation, day: date) -> QuerySet[Run]:
    """Those that cannot be unmade by then: they begin before, or people were there or have learned already."""
    there = AttendanceMark.objects.filter(lesson__run=OuterRef("pk"))
    learned = LearningEvent.objects.filter(enrolment__run=OuterRef("pk"))
    return runs_reaching(college, day).filter(Q(pk__in=begun_before(day)) | Exists(there) | Exists(learned))


def begun_before(day: date) -> QuerySet[Run]:
    return Run.objects.filter(pk__in=Run.objects.begun(on=day - ONE_DAY).order_by().values("pk"))


def not_over(day: date) -> QuerySet[Run]:
    return Run.objects.filter(pk__in=Run.objects.coming(on=day).order_by().values("pk"))


def courses_shown(college: Organisation) -> QuerySet[Course]:
    """In the catalogue, or asked to be."""
    return Course.objects.filter(college=college, state__in=[CourseState.LISTED, CourseState.PROPOSED])
