"""Reads shared by the pages of mentors/."""
