"""Applications, the board, certifications, the public register and check."""

from django.urls import path

from mentors.views import figures
from mentors.views.certifying import applying, certifications, desk, trainings
from mentors.views.certifying import register as registers

urlpatterns = [
    # the craftsman
    path("mine/", applying.mine, name="mine"),
    path("applications/new/", applying.application_new, name="application_new"),
    path("applications/<int:pk>/", applying.application, name="application"),
    path("applications/<int:pk>/edit/", applying.application_edit, name="application_edit"),
    path("applications/<int:pk>/proofs/", applying.proof_add, name="proof_add"),
    path("applications/<int:pk>/proofs/<int:proof>/", applying.proof_file, name="proof_file"),
    path("applications/<int:pk>/proofs/<int:proof>/remove/", applying.proof_remove, name="proof_remove"),
    path("applications/<int:pk>/recommendation/", applying.recommendation_ask, name="recommendation_ask"),
    path("applications/<int:pk>/submit/", applying.application_submit, name="application_submit"),
    path("applications/<int:pk>/withdraw/", applying.application_withdraw, name="application_withdraw"),
    # the ward and its board
    path("applications/", desk.applications, name="applications"),
    path("applications/<int:pk>/return/", desk.application_return, name="application_return"),
    path("applications/<int:pk>/review/", desk.application_review, name="application_review"),
    path("applications/<int:pk>/ballots/<int:ballot>/", desk.ballot_again, name="ballot_again"),
    path("applications/<int:pk>/trainings/", trainings.training_record, name="training_record"),
    path("ballots/", trainings.ballots, name="ballots"),
    path("ballots/<int:pk>/open/", trainings.ballot_open, name="ballot_open"),
    path("applications/<int:pk>/decide/", desk.application_decide, name="application_decide"),
    path("board/", desk.board, name="board"),
    path("board/<int:pk>/dismiss/", desk.board_dismiss, name="board_dismiss"),
    path("craftsmen/invite/", desk.craftsman_invite, name="craftsman_invite"),
    # certifications
    path("certifications/", desk.certifications, name="certifications"),
    path("certifications/<int:pk>/", certifications.certification, name="certification"),
    path("certifications/<int:pk>/pdf/", certifications.certificate_pdf, name="certificate_pdf"),
    path("certifications/<int:pk>/listing/", certifications.listing, name="listing"),
    path("certifications/<int:pk>/teaching/", registers.teaching, name="teaching"),
    path("certifications/<int:pk>/lift/", certifications.certification_stop, {"how": "lift"}, name="lift"),
    path("certifications/<int:pk>/suspend/", certifications.certification_stop, {"how": "suspend"}, name="suspend"),
    path("certifications/<int:pk>/withdraw/", certifications.certification_stop, {"how": "withdraw"}, name="withdraw"),
    path("figures/", figures.figures, name="figures"),
    # open to everybody
    path("register/", registers.register, name="register"),
    path("check/", certifications.certificate_find, name="certificate_find"),
    path("check/<str:code>/", certifications.certificate_check, name="certificate_check"),
]
