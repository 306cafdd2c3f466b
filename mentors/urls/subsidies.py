"""The ward's subsidies: asked for, decided, reported, fixed, paid."""

from django.urls import path

from mentors.views import subsidies

urlpatterns = [
    path("subsidies/", subsidies.subsidies, name="subsidies"),
    path("subsidies/new/", subsidies.subsidy_new, name="subsidy_new"),
    path("subsidies/<int:pk>/", subsidies.subsidy, name="subsidy"),
    path("subsidies/<int:pk>/edit/", subsidies.subsidy_edit, name="subsidy_edit"),
    path("subsidies/<int:pk>/apply/", subsidies.subsidy_apply, name="subsidy_apply"),
    path("subsidies/<int:pk>/proofs/", subsidies.subsidy_prove, name="subsidy_prove"),
    path("subsidies/<int:pk>/proofs/<int:proof>/", subsidies.subsidy_proof, name="subsidy_proof"),
    path("subsidies/<int:pk>/report/", subsidies.subsidy_report, name="subsidy_report"),
    path("subsidies/<int:pk>/withdraw/", subsidies.subsidy_withdraw, name="subsidy_withdraw"),
    path("subsidies/<int:pk>/papers/<int:paper>/", subsidies.subsidy_paper, name="subsidy_paper"),
    # the ward
    path("subsidies/<int:pk>/decide/", subsidies.subsidy_decide, name="subsidy_decide"),
    path("subsidies/<int:pk>/refuse/", subsidies.subsidy_refuse, name="subsidy_refuse"),
    path("subsidies/<int:pk>/return/", subsidies.subsidy_return, name="subsidy_return"),
    path("subsidies/<int:pk>/fix/", subsidies.subsidy_fix, name="subsidy_fix"),
    path("subsidies/<int:pk>/pay/", subsidies.subsidy_pay, name="subsidy_pay"),
]
