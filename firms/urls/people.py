"""The pages about who works at an organisation, when, and what one is called."""

from django.urls import path

from firms.views import accounts, leaves, patterns, people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.employment_new, name="employment_new"),
    path("people/<int:pk>/", people.employment, name="employment"),
    path("people/<int:pk>/edit/", people.employment_edit, name="employment_edit"),
    path("people/<int:pk>/correct/", people.employment_correct, name="employment_correct"),
    path("second-factor/replace/", accounts.second_factor_replace, name="second_factor_replace"),
    path("second-factor/reset/", accounts.second_factor_reset, name="second_factor_reset"),
    path("name/", people.own_name, name="own_name"),
    path("people/<int:pk>/end/", people.employment_end, name="employment_end"),
    path("people/<int:pk>/leaves/new/", leaves.leave_new, name="leave_new"),
    path("leaves/<int:pk>/", leaves.leave_correct, name="leave_correct"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("patterns/new/", patterns.pattern_new, name="pattern_new"),
    path("patterns/<int:pk>/", patterns.pattern_edit, name="pattern_edit"),
]
