"""Plan and claim of a case: frozen, filed, decided, paid, and what is put right afterwards."""

from django.urls import path

from grants.views import claims, corrections, outcome, plans, steps

urlpatterns = [
    path("cases/<int:pk>/plan/draft.pdf", plans.plan_draft, name="plan_draft"),
    path("cases/<int:pk>/plan/freeze/", plans.plan_freeze, name="plan_freeze"),
    path("cases/<int:pk>/plan/file/", plans.plan_file, name="plan_file"),
    path("cases/<int:pk>/claim/", claims.claim, name="claim"),
    path("cases/<int:pk>/claim/draft.pdf", claims.claim_draft, name="claim_draft"),
    path("cases/<int:pk>/claim/freeze/", claims.claim_freeze, name="claim_freeze"),
    path("cases/<int:pk>/claim/file/", claims.claim_file, name="claim_file"),
    path("cases/<int:pk>/decision/", outcome.decision, name="decision"),
    path("cases/<int:pk>/payment/", outcome.payment, name="payment"),
    # after filing, and mistakes
    path("cases/<int:pk>/steps/<str:kind>/", steps.step, name="step"),
    path("cases/<int:pk>/steps/last/void/", steps.step_void, name="step_void"),
    path("cases/<int:pk>/correct/<str:what>/", corrections.correction, name="correct"),
]
