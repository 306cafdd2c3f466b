"""What e-learning reckons without asking the database: plain text, kinds of units."""
