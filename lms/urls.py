"""The table of contents: one line for each part of the site."""

from django.contrib import admin
from django.urls import include, path

from lms import face, views
from lms.easy.views import switch_easy
from lms.help.views import first_steps, glossary
from lms.languages.views import read_in
from lms.roles.views import roles
from lms.running.views import health_page, metrics_page
from lms.searching.views import search_page

handler500 = "lms.views.failed"
urlpatterns = [
    path("", views.home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("organisations/all/", include("lms.deregistering.urls")),
    path("organisations/", include("firms.urls")),
    path("people/", include("lms.people.urls")),
    path("trainees/", include("lms.trainees.urls")),
    path("courses/", include("courses.urls")),
    path("grants/", include("grants.urls")),
    path("trials/", include("trials.urls")),
    path("mentors/trainings/", include("lms.mentoring.urls")),
    path("mentors/certificates/", include("lms.certificates.urls")),
    path("mentors/", include("mentors.urls")),
    path("language/", read_in, name="read_in"),
    path("easy/", switch_easy, name="switch_easy"),
    path("first-steps/", first_steps, name="first_steps"),
    path("glossary/", glossary, name="glossary"),
    path("roles/", roles, name="roles"),
    path("indicators/", include("lms.kpi.urls")),
    path("search/", search_page, name="search"),
    path("calendar/", include("lms.calendar.urls")),
    path("style/", face.style_page, name="style"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("health/", health_page, name="health"),
    path("metrics", metrics_page, name="metrics"),
    path("admin/", admin.site.urls),
]
