"""Table of contents of firms/: organisations, people, mandates, the journal, evidence, messages and jobs."""

from django.urls import path

from firms.urls import newcomers, people, signing
from firms.views import (
    evidence,
    invitations,
    jobs,
    journal,
    letters,
    mandates,
    members,
    notifications,
    organisations,
    patterns,
    site_texts,
    ward,
)

app_name = "firms"
urlpatterns = [
    # the organisation acted for
    path("", organisations.organisation, name="organisation"),
    path("edit/", organisations.organisation_edit, name="organisation_edit"),
    path("switch/", organisations.switch, name="switch"),
    path("establishments/new/", organisations.establishment_new, name="establishment_new"),
    path("establishments/<int:pk>/", organisations.establishment_edit, name="establishment_edit"),
    path("establishments/<int:pk>/holidays/", patterns.holidays, name="holidays"),
    path("all/", ward.organisations, name="organisations"),
    path("all/new/", ward.organisation_new, name="organisation_new"),
    path("all/<int:pk>/", ward.organisation_detail, name="organisation_detail"),
    path("all/<int:pk>/correct/", ward.organisation_correct, name="organisation_correct"),
    path("establishments/<int:pk>/correct/", ward.establishment_correct, name="establishment_correct"),
    *newcomers.urlpatterns,
    # who acts for it
    path("members/", members.members, name="members"),
    path("members/<int:pk>/end/", members.membership_end, name="membership_end"),
    path("invite/", invitations.invite, name="invite"),
    path("invitations/<int:pk>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("join/<str:token>/", invitations.join, name="join"),
    *people.urlpatterns,
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/request/", mandates.mandate_request, name="mandate_request"),
    path("mandates/<int:pk>/", mandates.mandate, name="mandate"),
    path("mandates/<int:pk>/accept/", mandates.mandate_accept, name="mandate_accept"),
    path("mandates/<int:pk>/decline/", mandates.mandate_decline, name="mandate_decline"),
    path("mandates/<int:pk>/revoke/", mandates.mandate_revoke, name="mandate_revoke"),
    *signing.urlpatterns,
    # what the ward says
    path("texts/<str:kind>/", site_texts.site_text, name="site_text"),
    path("texts/<str:kind>/edit/", site_texts.site_text_edit, name="site_text_edit"),
    # what was done, and what waits
    path("journal/", journal.journal, name="journal"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/<int:pk>/read/", notifications.notification_read, name="notification_read"),
    path("letters/", letters.letter_wishes, name="letter_wishes"),
    path("letters/volumes/", letters.letter_volumes, name="letter_volumes"),
    path("outbox/", notifications.outbox, name="outbox"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/retry/", jobs.job_retry, name="job_retry"),
]
