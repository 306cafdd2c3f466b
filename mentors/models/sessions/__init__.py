"""What was taught, whom it reached, and what was paid for it."""
