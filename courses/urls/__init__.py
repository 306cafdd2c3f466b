"""The pages of courses/, a module for each part of it."""

from courses.urls import attendance, catalogue, college, logs, runs

app_name = "courses"

urlpatterns = [*college.urlpatterns, *catalogue.urlpatterns, *runs.urlpatterns, *attendance.urlpatterns, *logs.urlpatterns]
