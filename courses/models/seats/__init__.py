"""The rows of who takes part: enrolling, choosing, drawing, waiting, leaving."""
