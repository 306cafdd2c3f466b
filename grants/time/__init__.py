"""Time as the grants count it: spans, lessons, days of access, windows."""
