"""Reads of trials/, in rooms."""
