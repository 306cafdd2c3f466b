"""The page of one's feed, and the feed itself."""

from django.urls import path

from lms.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("revoke/<int:pk>/", views.revoke, name="revoke"),
    path("<str:token>.ics", views.feed, name="feed"),
]
