"""The pages of courses/: the catalogue, offering courses and runs, taking part, and attendance."""

from django.urls import path

from courses.views import applying, attendance, catalogue, enrolments, lessons, offering, runs

app_name = "courses"

urlpatterns = [
    # the catalogue
    path("", catalogue.catalogue, name="catalogue"),
    path("<int:pk>/", catalogue.course, name="course"),
    # offering a course
    path("own/", offering.own_courses, name="own_courses"),
    path("new/", offering.course_new, name="course_new"),
    path("<int:pk>/edit/", offering.course_edit, name="course_edit"),
    path("<int:pk>/propose/", offering.course_propose, name="course_propose"),
    path("<int:pk>/list/", offering.course_list, name="course_list"),
    path("<int:pk>/return/", offering.course_return, name="course_return"),
    path("<int:pk>/withdraw/", offering.course_withdraw, name="course_withdraw"),
    # runs and lessons
    path("<int:pk>/runs/new/", runs.run_new, name="run_new"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/edit/", runs.run_edit, name="run_edit"),
    path("runs/<int:pk>/open/", runs.run_open, name="run_open"),
    path("runs/<int:pk>/cancel/", runs.run_cancel, name="run_cancel"),
    path("runs/<int:pk>/lessons/new/", lessons.lesson_new, name="lesson_new"),
    path("lessons/<int:pk>/edit/", lessons.lesson_edit, name="lesson_edit"),
    path("lessons/<int:pk>/delete/", lessons.lesson_delete, name="lesson_delete"),
    # taking part
    path("runs/<int:pk>/enrol/", enrolments.enrol, name="enrol"),
    path("runs/<int:pk>/apply/", applying.apply, name="apply"),
    path("enrolments/<int:pk>/approve/", applying.enrolment_approve, name="enrolment_approve"),
    path("enrolments/<int:pk>/decline/", applying.enrolment_decline, name="enrolment_decline"),
    path("enrolments/<int:pk>/cancel/", enrolments.enrolment_cancel, name="enrolment_cancel"),
    path("mine/", applying.my_enrolments, name="my_enrolments"),
    # attendance
    path("lessons/mine/", lessons.my_lessons, name="my_lessons"),
    path("lessons/<int:pk>/roster/", attendance.roster, name="roster"),
    path("marks/<int:pk>/correct/", attendance.mark_correct, name="mark_correct"),
    path("runs/<int:pk>/attendance/", attendance.attendance, name="attendance"),
]
