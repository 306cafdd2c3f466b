"""A conversion: opened, told, planned, answered, claimed."""

from django.urls import path

from grants.views import careerup

urlpatterns = [
    path("conversions/new/", careerup.conversion_new, name="conversion_new"),
    path("cases/<int:pk>/careerup/", careerup.careerup_case, name="careerup_case"),
    path("cases/<int:pk>/careerup/plan/", careerup.careerup_plan, name="careerup_plan"),
    path(
        "cases/<int:pk>/careerup/plan/<int:number>/choose/", careerup.careerup_plan_choose, name="careerup_plan_choose"
    ),
    path("cases/<int:pk>/careerup/plan/freeze/", careerup.careerup_plan_freeze, name="careerup_plan_freeze"),
    path("cases/<int:pk>/careerup/plan/file/", careerup.careerup_plan_file, name="careerup_plan_file"),
    path("cases/<int:pk>/careerup/facts/", careerup.conversion_facts, name="conversion_facts"),
    path("cases/<int:pk>/careerup/pay/", careerup.period_pay, name="period_pay"),
    path("cases/<int:pk>/careerup/answers/", careerup.conversion_answers, name="conversion_answers"),
    path("cases/<int:pk>/careerup/claim/freeze/", careerup.period_freeze, name="period_freeze"),
    path("cases/<int:pk>/careerup/claim/file/", careerup.period_file, name="period_file"),
    path("cases/<int:pk>/careerup/second/", careerup.second_open, name="second_open"),
]
