"""The one page of a firm's trainees."""

from django.urls import path

from lms.trainees import views

app_name = "trainees"
urlpatterns = [path("", views.trainees, name="trainees")]
