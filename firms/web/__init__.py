"""What every request goes through: accounts, the organisation acted for, once, refusals said aloud."""
