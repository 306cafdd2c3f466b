"""One case as it stands: what is next, what is missing, what it is worth."""
