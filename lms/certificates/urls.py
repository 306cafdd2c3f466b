"""Older certificates as a table."""

from django.urls import path

from lms.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.certificates_import, name="import"),
    path("take/", views.certificates_take, name="take"),
    path("undo/", views.certificates_undo, name="undo"),
    path("pattern.csv", views.certificates_pattern, name="pattern"),
]
