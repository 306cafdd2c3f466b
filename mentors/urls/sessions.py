"""Sessions, their logs, and the money paid for them."""

from django.urls import path

from mentors.views import papers, paying, photos, remote, sessions

urlpatterns = [
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/log/", sessions.log, name="log"),
    path("sessions/<int:pk>/messages/", sessions.message_write, name="message_write"),
    # from afar
    path("sessions/<int:pk>/remote/", remote.remote, name="remote"),
    path("sessions/<int:pk>/remote/set/", remote.remote_set, name="remote_set"),
    path("sessions/<int:pk>/remote/check/", remote.remote_check, name="remote_check"),
    path("sessions/<int:pk>/remote/remarks/", remote.remote_remark, name="remote_remark"),
    *(
        path(f"sessions/<int:pk>/remote/{step}/", remote.remote_step, {"step": step}, name=f"remote_{name}")
        for step, name in (("begin", "begin"), ("consent", "consent"), ("no-consent", "refuse"), ("on-site", "on_site"))
    ),
    # photographs and papers
    path("sessions/<int:pk>/photos/", photos.photo_add, name="photo_add"),
    path("photos/<int:pk>.jpg", photos.photo, name="photo"),
    path("photos/people/<int:pk>/withdraw/", photos.consent_withdraw, name="consent_withdraw"),
    path("sessions/<int:pk>/report.pdf", papers.session_report, name="session_report"),
    path("requests/<int:pk>/report.pdf", papers.request_report, name="request_report"),
    # money
    path("statements/", paying.statements, name="statements"),
    path("statements/<int:pk>/", paying.statement, name="statement"),
    path("statements/<int:pk>/invoice.pdf", papers.statement_invoice, name="statement_invoice"),
    path("statements/<int:pk>/statement.pdf", papers.statement_pdf, name="statement_pdf"),
    path("statements/years/<int:year>.pdf", papers.own_year, name="own_year"),
    path("account/", paying.account, name="account"),
    path("payments/", paying.payments, name="payments"),
    path("payments/account/", paying.payer_account, name="payer_account"),
    path("payments/close/", paying.month_close, name="month_close"),
    path("payments/logs/<int:pk>/", paying.log_rule, name="log_rule"),
    path("payments/years/<int:year>.pdf", papers.ward_year, name="ward_year"),
    path("payments/<str:day>/transfer.txt", paying.transfer, name="transfer"),
]
