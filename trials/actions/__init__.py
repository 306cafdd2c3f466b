"""What is done in trials/, in rooms: matching, agreement, outcome, conversion."""
