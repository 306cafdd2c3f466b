"""The pages of mentors/, a module for each room."""

from mentors.urls import certifying

app_name = "mentors"

urlpatterns = [*certifying.urlpatterns]
