"""Attendance: rosters, marks, and where everybody stands."""

from django.urls import path

from courses.views import attendance, lessons

urlpatterns = [
    path("lessons/mine/", lessons.my_lessons, name="my_lessons"),
    path("lessons/<int:pk>/roster/", attendance.roster, name="roster"),
    path("marks/<int:pk>/correct/", attendance.mark_correct, name="mark_correct"),
    path("runs/<int:pk>/attendance/", attendance.attendance, name="attendance"),
]
