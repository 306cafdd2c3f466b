"""Taking part: how seats are given, drawn, chosen, offered to who waits, reserved by firms."""

from django.urls import path

from courses.views.catalogue import runs
from courses.views.seats import enrolments, messages, seats

urlpatterns = [
    path("runs/<int:pk>/draw/", seats.run_draw, name="run_draw"),
    path("runs/<int:pk>/choose/", seats.run_choose, name="run_choose"),
    path("runs/<int:pk>/hold/", runs.run_hold, name="run_hold"),
    path("runs/<int:pk>/reserve/", seats.quota_new, name="quota_new"),
    path("runs/<int:pk>/messages/", messages.run_messages, name="run_messages"),
    path("quotas/<int:pk>/", seats.quota, name="quota"),
    path("quotas/<int:pk>/return/", seats.quota_return, name="quota_return"),
    path("enrolments/<int:pk>/take-back/", enrolments.take_back, name="take_back"),
    path("enrolments/<int:pk>/offer/", seats.offer, name="offer"),
]
