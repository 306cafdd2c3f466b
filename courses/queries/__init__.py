"""What other pages and apps ask courses/: who attended how long, when lessons are, which course runs next."""

from courses.queries.attendance.attendance import (
    AttendanceRow,
    MarkMap,
    attendance_rows,
    attended_totals,
    current_marks,
    history_of,
    in_same_room,
    lessons_of,
    mark_counts,
    newest_marks,
    roster_enrolments,
)
from courses.queries.catalogue.catalogue import listed_matching, next_runs, runs_for
from courses.queries.catalogue.days import first_day, has_begun, is_over, last_cancel_day, last_day, needed_days
from courses.queries.seats.departures import leavers, left_on
from courses.queries.seats.people import advisors_of, college_staff, coordinators_of, days_not_employed, managers_of
from courses.queries.seats.queue import next_rank, queue_places

__all__ = [
    "AttendanceRow",
    "MarkMap",
    "advisors_of",
    "attendance_rows",
    "attended_totals",
    "college_staff",
    "coordinators_of",
    "current_marks",
    "days_not_employed",
    "first_day",
    "has_begun",
    "history_of",
    "in_same_room",
    "is_over",
    "last_cancel_day",
    "last_day",
    "leavers",
    "left_on",
    "lessons_of",
    "listed_matching",
    "managers_of",
    "mark_counts",
    "needed_days",
    "newest_marks",
    "next_rank",
    "next_runs",
    "queue_places",
    "roster_enrolments",
    "runs_for",
]
