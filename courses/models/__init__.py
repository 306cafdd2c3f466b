"""Courses, their runs and lessons, who is enrolled, and the minutes they attended."""

from courses.models.attendance import AttendanceMark
from courses.models.catalogue import Course, Lesson, LessonBreak, Run
from courses.models.enrolments import Enrolment

__all__ = ["AttendanceMark", "Course", "Enrolment", "Lesson", "LessonBreak", "Run"]
