"""The pages of courses/, a module for each part of it."""

from courses.urls import attendance, catalogue, college, completion, logs, runs, skills

app_name = "courses"

urlpatterns = [
    *college.urlpatterns,
    *catalogue.urlpatterns,
    *runs.urlpatterns,
    *attendance.urlpatterns,
    *logs.urlpatterns,
    *skills.urlpatterns,
    *completion.urlpatterns,
]
