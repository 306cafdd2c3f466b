"""Sessions, their logs, and the money paid for them."""

from django.urls import path

from mentors.views import paying, sessions

urlpatterns = [
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/log/", sessions.log, name="log"),
    # money
    path("statements/", paying.statements, name="statements"),
    path("statements/<int:pk>/", paying.statement, name="statement"),
    path("account/", paying.account, name="account"),
    path("payments/", paying.payments, name="payments"),
    path("payments/account/", paying.payer_account, name="payer_account"),
    path("payments/close/", paying.month_close, name="month_close"),
    path("payments/<str:day>/transfer.txt", paying.transfer, name="transfer"),
]
