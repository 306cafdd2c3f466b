"""The writes of invoices."""
