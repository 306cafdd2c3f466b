"""Courses, runs, lessons, enrolments, attendance."""
