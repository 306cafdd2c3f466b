"""Papers of courses/: what a learner, a firm or a college takes home."""
