"""What a firm could draw and does not."""

from django.urls import path

from grants.views import chances

urlpatterns = [
    path("chances/", chances.chances, name="chances"),
    path("chances/wish/", chances.chances_wish, name="chances_wish"),
    path("chances/ward/", chances.chances_ward, name="chances_ward"),
]
