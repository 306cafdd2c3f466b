"""Commands of courses/."""
