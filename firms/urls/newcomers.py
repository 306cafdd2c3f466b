"""The pages of a firm that asks to take part."""

from django.urls import path

from firms.views import newcomers

urlpatterns = [
    path("come/", newcomers.newcomer_ask, name="newcomer_ask"),
    path("come/sent/", newcomers.newcomer_asked, name="newcomer_asked"),
    path("come/<str:token>/", newcomers.newcomer_confirm, name="newcomer_confirm"),
    path("newcomers/", newcomers.newcomers, name="newcomers"),
    path("newcomers/<int:pk>/", newcomers.newcomer, name="newcomer"),
    path("newcomers/<int:pk>/accept/", newcomers.newcomer_accept, name="newcomer_accept"),
]
