"""The contract of a trial, and its first days."""
