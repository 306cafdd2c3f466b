"""A subscription: opened, told, planned, changed, learned with, answered, claimed."""

from django.urls import path

from grants.views import subscriptions

urlpatterns = [
    path("subscriptions/new/", subscriptions.subscription_new, name="subscription_new"),
    path("cases/<int:pk>/subscription/", subscriptions.subscription_case, name="subscription_case"),
    path("cases/<int:pk>/subscription/facts/", subscriptions.subscription_facts, name="subscription_facts"),
    path(
        "cases/<int:pk>/subscription/plan/freeze/",
        subscriptions.subscription_plan_freeze,
        name="subscription_plan_freeze",
    ),
    path("cases/<int:pk>/subscription/plan/file/", subscriptions.subscription_plan_file, name="subscription_plan_file"),
    path("cases/<int:pk>/subscription/change/", subscriptions.subscription_change, name="subscription_change"),
    path("cases/<int:pk>/subscription/learning/", subscriptions.subscription_learning, name="subscription_learning"),
    path("cases/<int:pk>/subscription/answers/", subscriptions.subscription_answers, name="subscription_answers"),
    path(
        "cases/<int:pk>/subscription/claim/freeze/",
        subscriptions.subscription_claim_freeze,
        name="subscription_claim_freeze",
    ),
    path(
        "cases/<int:pk>/subscription/claim/file/", subscriptions.subscription_claim_file, name="subscription_claim_file"
    ),
]
