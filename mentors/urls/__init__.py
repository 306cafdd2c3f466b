"""The pages of mentors/, a module for each room."""

from mentors.urls import certifying, requesting, sessions

app_name = "mentors"

urlpatterns = [*certifying.urlpatterns, *requesting.urlpatterns, *sessions.urlpatterns]
