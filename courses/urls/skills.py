"""The skill standards, a firm's gaps and one's own skills."""

from django.urls import path

from courses.views import skills

urlpatterns = [
    path("skills/", skills.skills, name="skills"),
    path("skills/firm/", skills.firm_skills, name="firm_skills"),
    path("skills/firm/<int:pk>/", skills.client_skills, name="client_skills"),
    path("skills/mine/", skills.my_skills, name="my_skills"),
]
