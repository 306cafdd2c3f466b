"""The forms of mentors/."""
