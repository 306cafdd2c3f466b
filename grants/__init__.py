"""Cases, plans, claims, deadlines and papers over pure rules."""
