"""The catalogue, and offering courses in it."""

from django.urls import path

from courses.views import calendar, catalogue, offering, revisions

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("<int:pk>/", catalogue.course, name="course"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("sitemap.xml", catalogue.sitemap, name="sitemap"),
    path("own/", offering.own_courses, name="own_courses"),
    path("new/", offering.course_new, name="course_new"),
    path("<int:pk>/edit/", offering.course_edit, name="course_edit"),
    path("<int:pk>/copy/", offering.course_copy, name="course_copy"),
    path("<int:pk>/propose/", offering.course_propose, name="course_propose"),
    path("<int:pk>/list/", offering.course_list, name="course_list"),
    path("<int:pk>/return/", offering.course_return, name="course_return"),
    path("<int:pk>/withdraw/", offering.course_withdraw, name="course_withdraw"),
    path("<int:pk>/revise/", revisions.course_revise, name="course_revise"),
    path("revisions/<int:pk>/", revisions.revision, name="revision"),
    path("revisions/<int:pk>/accept/", revisions.revision_accept, name="revision_accept"),
    path("revisions/<int:pk>/return/", revisions.revision_return, name="revision_return"),
    path("revisions/<int:pk>/take-back/", revisions.revision_take_back, name="revision_take_back"),
]
