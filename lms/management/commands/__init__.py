"""demo and bench."""
