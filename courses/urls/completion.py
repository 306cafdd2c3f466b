"""The end of a run: results, certificates with their public check, badges, the survey, skills."""

from django.urls import path

from courses.views.completion import badges, certificates, completion, skills, surveys

urlpatterns = [
    path("runs/<int:pk>/completion/", completion.completion, name="completion"),
    path("runs/<int:pk>/completion/decide/", completion.decide, name="completion_decide"),
    path("runs/<int:pk>/completion/words/", completion.words, name="completion_words"),
    path("runs/<int:pk>/completion.<str:kind>", completion.export, name="completion_export"),
    path("runs/<int:pk>/survey/", surveys.survey_results, name="survey_results"),
    path("enrolments/<int:pk>/survey/", surveys.survey, name="survey"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates.csv", certificates.certificates_csv, name="certificates_csv"),
    path("certificates/<int:pk>/pdf/", certificates.certificate_pdf, name="certificate_pdf"),
    path("certificates/<int:pk>/revoke/", certificates.certificate_revoke, name="certificate_revoke"),
    path("certificates/<int:pk>/reissue/", certificates.certificate_reissue, name="certificate_reissue"),
    path("certificates/check/", certificates.certificate_find, name="certificate_find"),
    path("certificates/check/<str:code>/", certificates.certificate_check, name="certificate_check"),
    path("certificates/check/<str:code>/badge.<str:kind>", badges.badge_file, name="badge_file"),
    path("badges/verify/", badges.badge_verify, name="badge_verify"),
    path("badges/keys/<str:key_id>/", badges.badge_key, name="badge_key"),
    path("badges/issuers/<int:pk>/", badges.badge_issuer, name="badge_issuer"),
    path("badges/issuers/<int:pk>/status/<int:page>/", badges.badge_status, name="badge_status"),
    path("skills/", skills.skills, name="skills"),
    path("skills/firm/", skills.firm_skills, name="firm_skills"),
    path("skills/firm/<int:pk>/", skills.client_skills, name="client_skills"),
    path("skills/mine/", skills.my_skills, name="my_skills"),
]
