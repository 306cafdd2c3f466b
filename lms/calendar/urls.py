"""The page of one's feed, and the feed itself."""

from django.urls import path

from lms.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("month/", views.month, name="month"),
    path("week/", views.week, name="week"),
    path("revoke/<int:pk>/", views.revoke, name="revoke"),
    path("runs/<int:pk>/", views.run_address, name="run_address"),
    path("runs/revoke/<int:pk>/", views.run_revoke, name="run_revoke"),
    path("visits/", views.visits_address, name="visits"),
    path("visits/revoke/<int:pk>/", views.visits_revoke, name="visits_revoke"),
    path("visits/<str:token>.ics", views.visits_feed, name="visits_feed"),
    path("trials/", views.trials_address, name="trials"),
    path("trials/revoke/<int:pk>/", views.trials_revoke, name="trials_revoke"),
    path("trials/<str:token>.ics", views.trials_feed, name="trials_feed"),
    path("run/<str:token>.ics", views.run_feed, name="run_feed"),
    path("<str:token>.ics", views.feed, name="feed"),
]
