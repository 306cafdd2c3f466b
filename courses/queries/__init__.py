"""What other pages and apps ask courses/: who attended how long, when lessons are, which course runs next."""

from courses.queries.attendance import (
    AttendanceRow,
    attendance_rows,
    attended_totals,
    current_marks,
    history_of,
    lessons_of,
    mark_counts,
    roster_enrolments,
)
from courses.queries.catalogue import listed_matching, next_runs, runs_for
from courses.queries.people import college_staff, coordinators_of, days_not_employed, managers_of

__all__ = [
    "AttendanceRow",
    "attendance_rows",
    "attended_totals",
    "college_staff",
    "coordinators_of",
    "current_marks",
    "days_not_employed",
    "history_of",
    "lessons_of",
    "listed_matching",
    "managers_of",
    "mark_counts",
    "next_runs",
    "roster_enrolments",
    "runs_for",
]
