"""Invoices."""

from django.urls import path

from courses.views.billing import invoices

urlpatterns = [
    path("runs/<int:pk>/invoices/", invoices.run_invoices, name="run_invoices"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<int:pk>/pdf/", invoices.invoice_pdf, name="invoice_pdf"),
    path("invoices/<int:pk>/paid/", invoices.invoice_paid, name="invoice_paid"),
    path("invoices/<int:pk>/cancel/", invoices.invoice_cancel, name="invoice_cancel"),
]
