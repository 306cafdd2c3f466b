"""The reads of invoices."""
