"""The permanent job, and whether it lasts."""
