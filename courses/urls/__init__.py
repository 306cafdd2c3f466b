"""The pages of courses/, a module for each part of it."""

from courses.urls import attendance, catalogue, college, completion, imports, learning, logs, runs, seats, skills

app_name = "courses"

urlpatterns = [
    *college.urlpatterns,
    *catalogue.urlpatterns,
    *runs.urlpatterns,
    *seats.urlpatterns,
    *attendance.urlpatterns,
    *imports.urlpatterns,
    *learning.urlpatterns,
    *logs.urlpatterns,
    *skills.urlpatterns,
    *completion.urlpatterns,
]
