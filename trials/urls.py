"""The table of contents of trials/."""

from django.urls import path

from trials.views import placements, postings, rounds, seekers

app_name = "trials"

urlpatterns = [
    # matching
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<int:pk>/", rounds.round, name="round"),
    path("rounds/<int:pk>/numbers/", rounds.numbers, name="numbers"),
    path("licences/", rounds.licences, name="licences"),
    path("licences/new/", rounds.licence_new, name="licence_new"),
    path("seekers/new/", seekers.seeker_new, name="seeker_new"),
    path("seekers/<int:pk>/", seekers.seeker, name="seeker"),
    path("seekers/<int:pk>/again/", seekers.seeker_again, name="seeker_again"),
    path("seekers/<int:pk>/past-jobs/new/", seekers.past_job_new, name="past_job_new"),
    path("seekers/<int:pk>/hand-over/", seekers.seeker_hand_over, name="seeker_hand_over"),
    path("seekers/<int:pk>/consents/<slug:key>/", seekers.consent_give, name="consent_give"),
    path("consents/<int:pk>/withdraw/", seekers.consent_withdraw, name="consent_withdraw"),
    path("postings/", postings.postings, name="postings"),
    path("postings/new/", postings.posting_new, name="posting_new"),
    path("postings/<int:pk>/", postings.posting, name="posting"),
    path("postings/<int:pk>/edit/", postings.posting_edit, name="posting_edit"),
    path("postings/<int:pk>/open/", postings.posting_open, name="posting_open"),
    path("postings/<int:pk>/close/", postings.posting_close, name="posting_close"),
    # the placement, from agreement to outcome
    path("", placements.placements, name="placements"),
    path("mine/", seekers.mine, name="mine"),
    path("placements/<int:pk>/", placements.placement, name="placement"),
    path("placements/<int:pk>/clear-up/", placements.clear, name="clear_up"),
    path("placements/<int:pk>/<slug:code>/", placements.step, name="step"),
]
