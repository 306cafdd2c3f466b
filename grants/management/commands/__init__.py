"""Commands of grants/."""
