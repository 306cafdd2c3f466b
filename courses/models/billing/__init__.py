"""The rows of invoices."""
