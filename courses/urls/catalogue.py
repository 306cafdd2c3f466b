"""The catalogue, offering courses in it, their runs and lessons, and who teaches when."""

from django.urls import path

from courses.views.catalogue import calendar, catalogue, lessons, offering, revisions, runs, schedule
from courses.views.seats import applying, enrolments

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("<int:pk>/", catalogue.course, name="course"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("sitemap.xml", catalogue.sitemap, name="sitemap"),
    path("own/", offering.own_courses, name="own_courses"),
    path("new/", offering.course_new, name="course_new"),
    path("<int:pk>/edit/", offering.course_edit, name="course_edit"),
    path("<int:pk>/copy/", offering.course_copy, name="course_copy"),
    path("<int:pk>/propose/", offering.course_propose, name="course_propose"),
    path("<int:pk>/list/", offering.course_list, name="course_list"),
    path("<int:pk>/return/", offering.course_return, name="course_return"),
    path("<int:pk>/withdraw/", offering.course_withdraw, name="course_withdraw"),
    path("<int:pk>/revise/", revisions.course_revise, name="course_revise"),
    path("revisions/<int:pk>/", revisions.revision, name="revision"),
    path("revisions/<int:pk>/accept/", revisions.revision_accept, name="revision_accept"),
    path("revisions/<int:pk>/return/", revisions.revision_return, name="revision_return"),
    path("revisions/<int:pk>/take-back/", revisions.revision_take_back, name="revision_take_back"),
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
    path("schedule/", schedule.schedule, name="schedule"),
]
