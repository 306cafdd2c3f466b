"""What the firm states of a case."""

from django.urls import path

from grants.views import answers, causes, conversions, costs, excuses, plans, stated

urlpatterns = [
    path("cases/<int:pk>/plan-facts/", plans.plan_facts, name="plan_facts"),
    path("cases/<int:pk>/conversion-plan/", conversions.conversion_plan, name="conversion_plan"),
    path("cases/<int:pk>/stated/<str:kind>/", stated.stated, name="stated"),
    path("cases/<int:pk>/confirmation/", stated.confirmation, name="confirmation"),
    path("cases/<int:pk>/answers/", answers.answers, name="answers"),
    path("cases/<int:pk>/causes/", causes.causes, name="causes"),
    path("exemptions/<int:pk>/void/", causes.exemption_void, name="exemption_void"),
    path("cases/<int:pk>/costs/", costs.costs, name="costs"),
    path("costs/<int:pk>/void/", costs.cost_void, name="cost_void"),
    path("cases/<int:pk>/excuses/", excuses.excuses, name="excuses"),
    path("excuses/<int:pk>/void/", excuses.excuse_void, name="excuse_void"),
]
