"""The days at work, their months, papers and records."""

from django.urls import path

from trials.views import keeping, months, papers, records, working

urlpatterns = [
    path("placements/<int:pk>/days/", working.days, name="days"),
    path("placements/<int:pk>/days/in/", working.press_in, name="press_in"),
    path("placements/<int:pk>/days/out/", working.press_out, name="press_out"),
    path("placements/<int:pk>/days/<slug:on>/", working.day, name="day"),
    path("days/<int:pk>/confirm/", months.day_confirm, name="day_confirm"),
    path("agreements/", working.agreements, name="agreements"),
    path("agreements/new/", working.agreement_new, name="agreement_new"),
    # a month
    path("months/<int:pk>/", months.month, name="month"),
    path("months/<int:pk>/approve/", months.month_approve, name="month_approve"),
    path("months/<int:pk>/link/", months.month_link, name="month_link"),
    path("months/<int:pk>/close/", months.month_close, name="month_close"),
    path("months/<int:pk>/reopen/", months.month_reopen, name="month_reopen"),
    path("months/<int:pk>/notices/<int:number>/", months.month_notice, name="month_notice"),
    # papers
    path("placements/<int:pk>/papers/", papers.papers, name="papers"),
    path("placements/<int:pk>/papers/<slug:kind>/", papers.paper_issue, name="paper_issue"),
    path("placements/<int:pk>/signed/<slug:word>/", papers.paper_signed, name="paper_signed"),
    path("placements/<int:pk>/learning/new/", keeping.learning_new, name="learning_new"),
    path("placements/<int:pk>/pay/", keeping.pay_again, name="pay_again"),
    path("placements/<int:pk>/teachings/new/", keeping.teaching_new, name="teaching_new"),
    path("placements/<int:pk>/evaluations/new/", keeping.evaluation_new, name="evaluation_new"),
    path("placements/<int:pk>/calls/new/", keeping.call_new, name="call_new"),
    path("placements/<int:pk>/end-notices/new/", keeping.end_notice_new, name="end_notice_new"),
    path("papers/<int:pk>/take/", keeping.paper_take, name="paper_take"),
    path("placements/<int:pk>/ledger-note/", papers.ledger_note, name="ledger_note"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    # complaints and accidents
    path("placements/<int:pk>/records/", records.records, name="records"),
    path("placements/<int:pk>/complaints/new/", records.complaint_new, name="complaint_new"),
    path("complaints/<int:pk>/answer/", records.complaint_answer, name="complaint_answer"),
    path("placements/<int:pk>/accidents/new/", records.accident_new, name="accident_new"),
    path("accidents/<int:pk>/", records.accident, name="accident"),
    path("accidents/<int:pk>/detail/", keeping.accident_detail, name="accident_detail"),
    path("accidents/<int:pk>/days-off/", records.accident_days_off, name="accident_days_off"),
    path("accidents/<int:pk>/<slug:what>/", records.accident_step, name="accident_step"),
]
