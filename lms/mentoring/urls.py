"""The ward's page of trainings."""

from django.urls import path

from lms.mentoring import views

app_name = "mentoring"
urlpatterns = [
    path("", views.trainings, name="trainings"),
    path("<int:pk>/drop/", views.training_drop, name="training_drop"),
]
