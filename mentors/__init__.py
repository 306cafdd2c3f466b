"""Certified mentors and their sessions."""
