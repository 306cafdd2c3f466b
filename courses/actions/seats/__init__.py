"""The writes of who takes part: enrolling, choosing, drawing, waiting, leaving."""
