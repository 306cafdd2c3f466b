"""Runs and lessons, and taking part in them."""

from django.urls import path

from courses.views import applying, enrolments, lessons, runs

urlpatterns = [
    path("runs/<int:pk>/copy/", runs.run_copy, name="run_copy"),
    path("<int:pk>/runs/new/", runs.run_new, name="run_new"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/edit/", runs.run_edit, name="run_edit"),
    path("runs/<int:pk>/open/", runs.run_open, name="run_open"),
    path("runs/<int:pk>/cancel/", runs.run_cancel, name="run_cancel"),
    path("runs/<int:pk>/lessons/new/", lessons.lesson_new, name="lesson_new"),
    path("runs/<int:pk>/lessons/repeat/", lessons.lessons_repeat, name="lessons_repeat"),
    path("lessons/<int:pk>/edit/", lessons.lesson_edit, name="lesson_edit"),
    path("lessons/<int:pk>/delete/", lessons.lesson_delete, name="lesson_delete"),
    path("runs/<int:pk>/enrol/", enrolments.enrol, name="enrol"),
    path("runs/<int:pk>/apply/", applying.apply, name="apply"),
    path("enrolments/<int:pk>/approve/", applying.enrolment_approve, name="enrolment_approve"),
    path("enrolments/<int:pk>/decline/", applying.enrolment_decline, name="enrolment_decline"),
    path("enrolments/<int:pk>/cancel/", enrolments.enrolment_cancel, name="enrolment_cancel"),
    path("mine/", applying.my_enrolments, name="my_enrolments"),
]
