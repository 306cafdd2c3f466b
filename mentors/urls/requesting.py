"""Requests, their learners and their plans."""

from django.urls import path

from mentors.views import moving, requesting

urlpatterns = [
    path("requests/", requesting.requests, name="requests"),
    path("requests/new/", requesting.request_new, name="request_new"),
    path("requests/<int:pk>/", requesting.request_detail, name="request"),
    path("requests/<int:pk>/learners/", requesting.learner_add, name="learner_add"),
    path("requests/<int:pk>/learners/<int:learner>/remove/", requesting.learner_remove, name="learner_remove"),
    path("requests/<int:pk>/plan/<int:certification>/", requesting.plan, name="plan"),
    path("requests/<int:pk>/agree/", requesting.plan_agree, name="plan_agree"),
    path("requests/<int:pk>/decline/", requesting.plan_decline, name="plan_decline"),
    path("requests/<int:pk>/cancel/", requesting.request_cancel, name="request_cancel"),
    # a session that moves or is called off
    path("sessions/<int:pk>/cancel/", moving.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/move/", moving.session_move, name="session_move"),
    path("moves/<int:pk>/agree/", moving.move_agree, name="move_agree"),
    path("moves/<int:pk>/decline/", moving.move_decline, name="move_decline"),
    path("moves/<int:pk>/take-back/", moving.move_take_back, name="move_take_back"),
]
