"""The pages of courses/, a module for each room."""

from courses.urls import attendance, billing, catalogue, completion, elearning, seats

app_name = "courses"

urlpatterns = [
    *billing.urlpatterns,
    *catalogue.urlpatterns,
    *seats.urlpatterns,
    *attendance.urlpatterns,
    *elearning.urlpatterns,
    *completion.urlpatterns,
]
