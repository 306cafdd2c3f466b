"""The pages of courses/, a module for each part of it."""

from courses.urls import attendance, catalogue, runs

app_name = "courses"

urlpatterns = [*catalogue.urlpatterns, *runs.urlpatterns, *attendance.urlpatterns]
