"""How a trial ends."""
