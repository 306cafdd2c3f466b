"""The page of one's feed, and the feed itself."""

from django.urls import path

from lms.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("revoke/<int:pk>/", views.revoke, name="revoke"),
    path("runs/<int:pk>/", views.run_address, name="run_address"),
    path("runs/revoke/<int:pk>/", views.run_revoke, name="run_revoke"),
    path("run/<str:token>.ics", views.run_feed, name="run_feed"),
    path("<str:token>.ics", views.feed, name="feed"),
]
