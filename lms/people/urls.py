"""Employees as a table."""

from django.urls import path

from lms.people import views

app_name = "people"
urlpatterns = [
    path("", views.people_import, name="import"),
    path("register/", views.people_register, name="register"),
    path("undo/", views.people_undo, name="undo"),
    path("people.csv", views.people_csv, name="csv"),
]
