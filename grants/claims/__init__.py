"""A claim reckoned: requirements met, unmet or unknown, and its page."""
