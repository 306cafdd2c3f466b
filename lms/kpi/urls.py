"""The ward's indicators, and what was reported of them."""

from django.urls import path

from lms.kpi import views

app_name = "kpi"
urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("<int:year>/report/", views.indicators_report, name="report_new"),
    path("reports/<int:pk>/", views.reported, name="report"),
]
