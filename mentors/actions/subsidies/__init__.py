"""The ward's small subsidies, from the application to the payment."""
