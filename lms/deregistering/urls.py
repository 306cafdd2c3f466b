"""Deregistering an organisation, and taking it back."""

from django.urls import path

from lms.deregistering import views

app_name = "deregistering"
urlpatterns = [
    path("<int:pk>/deregister/", views.deregister, name="deregister"),
    path("<int:pk>/reinstate/", views.reinstate, name="reinstate"),
]
