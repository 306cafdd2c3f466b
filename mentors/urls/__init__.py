"""The pages of mentors/, a module for each room."""

from mentors.urls import certifying, manuals, requesting, sessions, subsidies

app_name = "mentors"

urlpatterns = [
    *certifying.urlpatterns,
    *requesting.urlpatterns,
    *sessions.urlpatterns,
    *manuals.urlpatterns,
    *subsidies.urlpatterns,
]
