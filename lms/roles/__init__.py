"""Whoever has several roles: all of them on one page, and what came since the last visit."""
