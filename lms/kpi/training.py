"""Rows of training: who came to which course, and the hours of courses and of マイスター by skill."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Sum

from courses.models import AttendanceMark, LearningEvent, Lesson
from courses.models.catalogue.courses import Field
from courses.models.elearning.learning import EventKind
from courses.states import EnrolmentState
from lms.kpi.frames import begin, frame, placed
from mentors import occupations
from mentors.models import LogAttendance
from mentors.states import SessionState

if TYPE_CHECKING:
    from pandas import DataFrame

ENROLMENT = ("person", "employment__establishment__organisation", "run__course__field", "state")
NAMES = ("enrolment", "who", "firm", "programme", "state", "sessions", "minutes")


def attended(year: int) -> Any:
    """Marks in force of lessons somebody came to, of lessons of the fiscal year."""
    marks = AttendanceMark.objects.current().filter(minutes__gt=0).order_by()
    return marks.filter(lesson__starts_at__gte=begin(year), lesson__starts_at__lt=begin(year + 1))


def taught(year: int) -> "DataFrame":
    """One row an enrolment with a lesson attended that year."""
    told = [f"enrolment__{name}" for name in ENROLMENT]
    rows = attended(year).values_list("enrolment", *told).annotate(n=Count("pk"), minutes=Sum("minutes"))
    return frame(rows, NAMES)


def learned(year: int) -> "DataFrame":
    """The same of runs without lessons: whoever completed a unit first that year."""
    done = LearningEvent.objects.filter(kind=EventKind.COMPLETED, enrolment__run__lessons=None).order_by()
    told = [f"enrolment__{name}" for name in ENROLMENT]
    this_year = done.filter(at__gte=begin(year), at__lt=begin(year + 1)).exclude(
        enrolment__in=done.filter(at__lt=begin(year)).values("enrolment")
    )
    rows = this_year.values_list("enrolment", *told).distinct()
    return frame(((*row, 0, 0) for row in rows), NAMES)


def begun_before(year: int) -> set[int]:
    """Enrolments in runs of this year that somebody had come to before it."""
    runs = Lesson.objects.filter(starts_at__gte=begin(year), starts_at__lt=begin(year + 1)).values("run")
    marks = AttendanceMark.objects.current().filter(minutes__gt=0, lesson__starts_at__lt=begin(year))
    return set(marks.filter(enrolment__run__in=runs).order_by().values_list("enrolment", flat=True))


def participants(year: int, in_class: "DataFrame", known: "DataFrame") -> "DataFrame":
    from pandas import concat

    rows = concat([in_class, learned(year)], ignore_index=True)
    rows["came"] = ~rows["enrolment"].isin(begun_before(year))
    rows["completed"] = rows["came"] & (rows["state"] == EnrolmentState.COMPLETED)
    rows["taught"] = True
    rows["programme"] = rows["programme"].map({str(one.value): str(one.label) for one in Field})
    return placed(rows, known)


def hours(year: int, ward_id: int, in_class: "DataFrame", known: "DataFrame") -> "DataFrame":
    """Minutes of courses and of sessions of マイスター, each beside the skill it was about."""
    from pandas import concat

    courses = in_class.assign(programme=in_class["programme"].map({str(one.value): str(one.label) for one in Field}))
    courses["in_class"], courses["by_mentor"] = True, False
    mentored = guided(year, ward_id)
    mentored["in_class"], mentored["by_mentor"] = False, True
    rows = concat([courses, mentored], ignore_index=True)
    rows["both"] = True
    return placed(rows[["who", "firm", "programme", "minutes", "in_class", "by_mentor", "both"]], known)


def guided(year: int, ward_id: int) -> "DataFrame":
    """Whoever has no account is told apart by their place on the list of learners."""
    told = LogAttendance.objects.filter(
        log__correction=None,
        log__starts_at__gte=begin(year),
        log__starts_at__lt=begin(year + 1),
        log__session__request__ward=ward_id,
    ).exclude(log__session__state=SessionState.CANCELLED)
    request = F("log__session__request__host"), F("log__session__request__occupation")
    rows = told.order_by().values_list("learner__person", "learner", *request, "minutes")
    known = (
        (person or -learner, host, occupations.label_of(occupation), minutes)
        for person, learner, host, occupation, minutes in rows
    )
    return frame(known, ("who", "firm", "programme", "minutes"))
