"""The table of contents: one line for each part of the site."""

from django.contrib import admin
from django.urls import include, path

from lms import face, views

handler500 = "lms.views.failed"
urlpatterns = [
    path("", views.home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("organisations/all/", include("lms.deregistering.urls")),
    path("organisations/", include("firms.urls")),
    path("people/", include("lms.people.urls")),
    path("courses/", include("courses.urls")),
    path("grants/", include("grants.urls")),
    path("trials/", include("trials.urls")),
    path("mentors/trainings/", include("lms.mentoring.urls")),
    path("mentors/", include("mentors.urls")),
    path("calendar/", include("lms.calendar.urls")),
    path("style/", face.style_page, name="style"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
]
