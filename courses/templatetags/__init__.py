"""Template tags of courses/."""
