"""Attendance: rosters, marks, the room screen, signatures, files and paper, and where everybody stands."""

from django.urls import path

from courses.views.attendance import attendance, check_in, desk, hours, imports, paper, signing
from courses.views.catalogue import lessons

urlpatterns = [
    path("lessons/mine/", lessons.my_lessons, name="my_lessons"),
    path("lessons/<int:pk>/roster/", attendance.roster, name="roster"),
    path("lessons/<int:pk>/roster/undo/", attendance.roster_undo, name="roster_undo"),
    path("lessons/<int:pk>/desk/", desk.desk, name="desk"),
    path("lessons/<int:pk>/desk/open/", desk.desk_open, name="desk_open"),
    path("lessons/<int:pk>/desk/close/", desk.desk_close, name="desk_close"),
    path("lessons/<int:pk>/desk/<int:step>.svg", desk.desk_code, name="desk_code"),
    path("lessons/<int:pk>/sign/", signing.sign, name="sign"),
    path("lessons/<int:pk>/sign/<int:enrolment_pk>/", signing.sign_person, name="sign_person"),
    path("check-in/", check_in.check_in_typed, name="check_in"),
    path("check-in/<int:pk>/", check_in.checked_in, name="checked_in"),
    path("check-in/<int:pk>/<str:code>/", check_in.check_in_code, name="check_in_code"),
    path("marks/<int:pk>/", hours.mark, name="mark"),
    path("marks/<int:pk>/correct/", attendance.mark_correct, name="mark_correct"),
    path("marks/<int:pk>/confirm/", hours.mark_confirm, name="mark_confirm"),
    path("marks/<int:pk>/signature.png", signing.mark_signature, name="mark_signature"),
    path("hours/", hours.hours, name="hours"),
    path("hours/<int:pk>/confirm/", hours.hours_confirm, name="hours_confirm"),
    path("runs/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:pk>/", imports.import_one, name="import"),
    path("imports/<int:pk>/names/", imports.import_assign, name="import_assign"),
    path("imports/<int:pk>/write/", imports.import_write, name="import_write"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/drop/", imports.import_drop, name="import_drop"),
    path("imports/<int:pk>/errors.csv", imports.import_errors, name="import_errors"),
    path("runs/<int:pk>/sheets/", imports.run_sheets, name="run_sheets"),
    path("runs/<int:pk>/attendance-table.<str:kind>", imports.run_table, name="run_table"),
    path("runs/<int:pk>/roster.pdf", paper.run_roster, name="run_paper"),
    path("lessons/<int:pk>/roster.pdf", paper.lesson_roster, name="lesson_paper"),
    path("lessons/<int:pk>/paper/", paper.paper_entry, name="paper_entry"),
]
