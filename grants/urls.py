"""Table of contents of grants/: cases, what the firm states, plan, claim, papers, deadlines."""

from django.urls import path

from grants.views import (
    answers,
    cases,
    claims,
    consents,
    corrections,
    costs,
    deadlines,
    excuses,
    exports,
    outcome,
    papers,
    plans,
    steps,
)

app_name = "grants"
urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases.csv", exports.cases_csv, name="cases_csv"),
    path("costs.csv", exports.costs_csv, name="costs_csv"),
    path("cases/open/", cases.case_open, name="case_open"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("deadlines/<int:pk>/filed/", deadlines.change_filed, name="change_filed"),
    # one case
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/journal/", cases.case_journal, name="case_journal"),
    path("cases/<int:pk>/drop/", cases.case_drop, name="case_drop"),
    path("cases/<int:pk>/close/", cases.case_close, name="case_close"),
    # what the firm states
    path("cases/<int:pk>/plan-facts/", plans.plan_facts, name="plan_facts"),
    path("cases/<int:pk>/answers/", answers.answers, name="answers"),
    path("cases/<int:pk>/costs/", costs.costs, name="costs"),
    path("costs/<int:pk>/void/", costs.cost_void, name="cost_void"),
    path("cases/<int:pk>/excuses/", excuses.excuses, name="excuses"),
    path("excuses/<int:pk>/void/", excuses.excuse_void, name="excuse_void"),
    # plan
    path("cases/<int:pk>/plan/freeze/", plans.plan_freeze, name="plan_freeze"),
    path("cases/<int:pk>/plan/file/", plans.plan_file, name="plan_file"),
    # claim
    path("cases/<int:pk>/claim/", claims.claim, name="claim"),
    path("cases/<int:pk>/claim/freeze/", claims.claim_freeze, name="claim_freeze"),
    path("cases/<int:pk>/claim/file/", claims.claim_file, name="claim_file"),
    path("cases/<int:pk>/decision/", outcome.decision, name="decision"),
    path("cases/<int:pk>/payment/", outcome.payment, name="payment"),
    # after filing, and mistakes
    path("cases/<int:pk>/steps/<str:kind>/", steps.step, name="step"),
    path("cases/<int:pk>/steps/last/void/", steps.step_void, name="step_void"),
    path("cases/<int:pk>/correct/<str:what>/", corrections.correction, name="correct"),
    # papers
    path("cases/<int:pk>/papers/", papers.papers, name="papers"),
    path("cases/<int:pk>/papers/make/", papers.papers_make, name="papers_make"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("cases/<int:pk>/consent.pdf", consents.consent, name="consent"),
]
