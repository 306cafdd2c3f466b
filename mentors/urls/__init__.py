"""The pages of mentors/, a module for each room."""

from mentors.urls import certifying, requesting

app_name = "mentors"

urlpatterns = [*certifying.urlpatterns, *requesting.urlpatterns]
