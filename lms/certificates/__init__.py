"""Certificates given elsewhere or before, brought in as a table by the ward."""
