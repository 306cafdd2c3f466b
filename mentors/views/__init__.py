"""The views of mentors/."""
