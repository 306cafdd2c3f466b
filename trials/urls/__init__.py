"""The table of contents of trials/."""

from django.urls import path

from trials.urls import working
from trials.views import advising, coming, direct, placements, postings, results, rounds, seekers, sights, visits

app_name = "trials"

urlpatterns = [
    # matching
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<int:pk>/", rounds.round, name="round"),
    path("rounds/<int:pk>/numbers/", rounds.numbers, name="numbers"),
    path("rounds/<int:pk>/results/", results.results, name="results"),
    path("rounds/<int:pk>/results/<slug:until>/", results.result_issue, name="result_issue"),
    path("results/<int:pk>/", results.result, name="result"),
    path("rounds/<int:pk>/intake/", coming.intake_new, name="intake_new"),
    path("intakes/<int:pk>/close/", coming.intake_close, name="intake_close"),
    path("open/", coming.welcome, name="welcome"),
    path("open/came/", coming.came, name="came"),
    path("open/<int:pk>/", coming.come, name="come"),
    path("licences/", rounds.licences, name="licences"),
    path("licences/new/", rounds.licence_new, name="licence_new"),
    path("licences/<int:pk>/end/", rounds.licence_end, name="licence_end"),
    path("seekers/new/", seekers.seeker_new, name="seeker_new"),
    path("seekers/<int:pk>/", seekers.seeker, name="seeker"),
    path("seekers/<int:pk>/again/", seekers.seeker_again, name="seeker_again"),
    path("seekers/<int:pk>/past-jobs/new/", seekers.past_job_new, name="past_job_new"),
    path("seekers/<int:pk>/hand-over/", advising.seeker_hand_over, name="seeker_hand_over"),
    path("seekers/<int:pk>/consents/<slug:key>/", seekers.consent_give, name="consent_give"),
    path("consents/<int:pk>/withdraw/", seekers.consent_withdraw, name="consent_withdraw"),
    path("advisers/", advising.advisers, name="advisers"),
    path("advisers/<int:pk>/hand-over/", advising.caseload_hand_over, name="caseload_hand_over"),
    path("advisers/<int:pk>/deputies/new/", advising.deputy_new, name="deputy_new"),
    path("deputies/<int:pk>/end/", advising.deputy_end, name="deputy_end"),
    path("direct/", direct.directs, name="directs"),
    path("direct/new/", direct.direct_new, name="direct_new"),
    path("direct/<int:pk>/", direct.direct, name="direct"),
    path("direct/<int:pk>/<slug:code>/", direct.direct_step, name="direct_step"),
    path("postings/", postings.postings, name="postings"),
    path("postings/new/", postings.posting_new, name="posting_new"),
    path("postings/<int:pk>/", postings.posting, name="posting"),
    path("postings/<int:pk>/edit/", postings.posting_edit, name="posting_edit"),
    path("postings/<int:pk>/open/", postings.posting_open, name="posting_open"),
    path("postings/<int:pk>/close/", postings.posting_close, name="posting_close"),
    path("postings/<int:pk>/sights/<slug:kind>/new/", sights.sight_new, name="sight_new"),
    path("sights/<int:pk>/remove/", sights.sight_remove, name="sight_remove"),
    path("sights/<int:pk>/<slug:what>/", sights.sight, name="sight"),
    path("visits/", visits.visits, name="visits"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/ask/", visits.visit_ask, name="visit_ask"),
    path("visits/<int:pk>/close/", visits.visit_close, name="visit_close"),
    path("visit-requests/<int:pk>/<slug:code>/", visits.visit_request, name="visit_request"),
    # the placement, from agreement to outcome
    path("", placements.placements, name="placements"),
    path("mine/", seekers.mine, name="mine"),
    path("placements/<int:pk>/", placements.placement, name="placement"),
    path("placements/<int:pk>/clear-up/", placements.clear, name="clear_up"),
    # the days at work, before the steps, whose word may be any
    *working.urlpatterns,
    path("placements/<int:pk>/<slug:code>/", placements.step, name="step"),
]
