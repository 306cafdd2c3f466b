"""The forms of courses/: they clean what was typed, and save nothing."""
