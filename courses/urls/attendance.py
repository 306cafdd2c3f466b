"""Attendance: rosters, marks, the room screen, signatures, and where everybody stands."""

from django.urls import path

from courses.views import attendance, check_in, desk, hours, lessons, signing

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
]
