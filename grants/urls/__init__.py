"""Table of contents of grants/: cases, what the firm states, plan, claim, papers, deadlines."""

from django.urls import path

from grants.urls import careerup, chances, filing, keeping, stated, subscriptions
from grants.views import (
    acts,
    cases,
    changes,
    consents,
    deadlines,
    desk,
    entries,
    exports,
    money,
    outside,
    papers,
    requests,
)

app_name = "grants"
urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases.csv", exports.cases_csv, name="cases_csv"),
    path("costs.csv", exports.costs_csv, name="costs_csv"),
    path("cases/open/", cases.case_open, name="case_open"),
    # the desk of an office
    path("desk/", desk.board, name="desk"),
    path("desk.xlsx", desk.board_xlsx, name="desk_xlsx"),
    path("desk/give/", desk.give, name="desk_give"),
    path("desk/deputies/", desk.deputies, name="deputies"),
    path("desk/deputies/<int:pk>/end/", desk.deputy_end, name="deputy_end"),
    path("desk/views/save/", desk.view_save, name="view_save"),
    path("desk/views/<int:pk>/remove/", desk.view_remove, name="view_remove"),
    path("money/", money.money, name="money"),
    path("money.xlsx", money.money_xlsx, name="money_xlsx"),
    *keeping.urlpatterns,
    *chances.urlpatterns,
    # documents asked of client firms
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", requests.request_new, name="request_new"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/send/", requests.request_send, name="request_send"),
    path("requests/<int:pk>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("deadlines/<int:pk>/filed/", deadlines.change_filed, name="change_filed"),
    path("establishments/<int:pk>/outside/", outside.outside, name="outside"),
    path("acts/", acts.acts, name="acts"),
    path("workbooks/", entries.workbooks, name="workbooks"),
    *careerup.urlpatterns,
    *subscriptions.urlpatterns,
    # one case
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/journal/", cases.case_journal, name="case_journal"),
    path("cases/<int:pk>/drop/", cases.case_drop, name="case_drop"),
    path("cases/<int:pk>/close/", cases.case_close, name="case_close"),
    *stated.urlpatterns,
    *filing.urlpatterns,
    # papers
    path("cases/<int:pk>/papers/", papers.papers, name="papers"),
    path("cases/<int:pk>/papers/make/", papers.papers_make, name="papers_make"),
    path("cases/<int:pk>/change-notice.pdf", changes.change_notice, name="change_notice"),
    path("cases/<int:pk>/transcription/<str:kind>/", entries.transcription, name="transcription"),
    path("cases/<int:pk>/workbooks/<int:number>/", entries.workbook_filled, name="workbook_filled"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("cases/<int:pk>/consent.pdf", consents.consent, name="consent"),
]
