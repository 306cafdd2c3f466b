"""One form for each request: clean input, nothing about other rows."""
